import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { sql } from 'kysely';
import { createClaimActivities } from '../../activities/claims.ts';
import type { ClaimKind, ClaimState } from '../../domain/claim/claim.ts';
import { beginClaim } from '../../domain/claim/progress.ts';
import { firstClaimWrite } from '../../domain/claim/record.ts';
import { SAMPLE_DURATIONS, sampleClaimOf } from '../../domain/claim/sample-claim.ts';
import { findAnyClaim, insertClaim, markClaimStarted } from '../../store/claims.ts';
import { inTransaction } from '../../store/db.ts';
import { findAnyIntercept } from '../../store/intercept-reading.ts';
import { newId } from '../../store/values.ts';
import { BACKGROUND_QUEUE, CLAIM_WORKFLOW, claimProgressSignal, claimStart } from '../../workflows/messages.ts';
import { waitFor } from '../waiting.ts';
import { backUp, type FreshDatabase, freshDatabase } from '../../test/support/database.ts';
import { type BegunCase, CaseWorld } from '../../test/support/case-world.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { workflowBundle } from '../../test/support/workflow-bundle.ts';
import { checkInvariants } from '../../store/invariants.ts';
import { reconcile } from './reconcile.ts';
import { restartIntercept } from './restart-intercept.ts';

let fresh: FreshDatabase;
let world: CaseWorld;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await CaseWorld.open(await createDevServerEnv(), { databaseUrl: fresh.url });
});
afterAll(async () => {
  await world.close();
  await fresh.drop();
});

/** With the input that is on record, as in production. */
async function seed(refund: Record<string, unknown> = {}): Promise<BegunCase['seeded']> {
  const { input, refundId } = await world.seed(refund);
  return { input: (await world.record(input.interceptId)).state.input, refundId };
}

async function begin(refund: Record<string, unknown> = {}): Promise<BegunCase> {
  const seeded = await seed(refund);
  return { seeded, ...(await world.start(seeded)) };
}

const recorded = ({ seeded }: BegunCase, wished: Parameters<CaseWorld['untilRecorded']>[1]) =>
  world.untilRecorded(seeded.input.interceptId, wished);

async function paid(one: BegunCase): Promise<void> {
  await world.signal(one.handle, 'RETURNING');
  await recorded(one, ({ refundStatus }) => refundStatus === 'REFUNDED');
}

const isAccepted: Parameters<typeof recorded>[1] = ({ interceptStatus }) => interceptStatus === 'INTERCEPTING';

async function goOver(restoredTo: number): Promise<string[]> {
  const lines: string[] = [];
  const halves = { client: world.env.client, db: world.database.kysely, workflowBundle: await workflowBundle(), dataConverter: {} };
  expect(await reconcile(halves, restoredTo, (line) => lines.push(line))).toBe(0);
  return lines.toSorted();
}

/** Columns that say when something was written, by which number, or in which call: after a restore others than before. */
const OF_THE_WRITE = [
  'recorded_at',
  'created_at',
  'evidence_from',
  'scans_judged_at',
  'log_id',
  'outbox_id',
  'notice_id',
  'call_id',
  'call_key',
  'claim_event_id',
  'run_started_at',
  'sent_at',
  'answered_at',
  'next_attempt_at',
];
const BOOKS = [
  'claims',
  'claim_events',
  'intercepts',
  'intercept_log',
  'outbox',
  'notices',
  'ledger_lines',
  'parcels',
  'payment_calls',
  'track_subscriptions',
];

/** All that the database says of cases, each book in an order of its own. */
async function books(): Promise<Record<string, string[]>> {
  const said: Record<string, string[]> = {};
  for (const name of BOOKS) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(world.database.kysely);
    const kept = rows.map((row) => Object.entries(row).filter(([column]) => !OF_THE_WRITE.includes(column)));
    said[name] = kept.map((row) => JSON.stringify(row)).toSorted();
  }
  return said;
}

test('PostgreSQL restored to before cases moved, ended and began: all that the runs recorded is recorded again, and nothing is paid twice', async () => {
  const [quiet, caught, returned] = [await begin(), await begin(), await begin()];
  for (const one of [quiet, caught, returned]) await recorded(one, isAccepted);
  const restore = await backUp(fresh.url);
  const restoredTo = Date.now();

  await paid(caught);
  await paid(returned);
  await world.signal(returned.handle, 'RETURN_SIGNED');
  await returned.handle.result();
  const late = await begin();
  const refused = await begin({ parcel: { onIntercept: 'REFUSES' } });
  await refused.handle.result();
  await recorded(late, isAccepted);
  const remade = await begin();
  await recorded(remade, isAccepted);
  await world.terminate(remade.handle);
  await restartIntercept(world.database.kysely, world.env.client, remade.seeded.input.interceptId);
  await paid(remade);
  await world.withoutWorkers(async () => {
    // What no worker took up yet, the runs come to by themselves.
    const seeded = await seed();
    const untaken = { seeded, handle: await world.startOnly(seeded) };
    await world.signal(quiet.handle, 'RETURNING');
    const before = await books();

    await restore();
    expect((await books())['intercepts']).toHaveLength(3);
    const of = ({ handle: { workflowId } }: BegunCase, what: string) => expect.stringMatching(new RegExp(`^${workflowId}: ${what}$`));
    const lines = await goOver(restoredTo);
    expect(lines).toHaveLength(6);
    expect(lines).toEqual(
      expect.arrayContaining([
        of(caught, 'version 2 became version \\d+, SUCCEEDED, REFUNDED, as its run says'),
        of(returned, 'version 2 became version \\d+, SUCCEEDED, REFUNDED, ended, as its run says'),
        of(late, 'made again from its run: version 2, INTERCEPTING, OPEN'),
        of(refused, 'made again from its run: version \\d+, REJECTED_BY_CARRIER, RELEASED, ended'),
        of(remade, 'made again from its run: version \\d+, SUCCEEDED, REFUNDED'),
        of(untaken, 'made again from its run: version 1, REQUESTED, OPEN'),
      ]),
    );
    expect(await books()).toEqual(before);
    expect(await goOver(restoredTo)).toEqual([]);
    expect(await books()).toEqual(before);
  });
  await paid(late);
  await recorded(quiet, ({ refundStatus }) => refundStatus === 'REFUNDED');
  expect((await checkInvariants(world.database.kysely, 0)).offences).toEqual([]);
  for (const { seeded } of [caught, returned, late, quiet, remade]) expect(await world.paidCount(seeded.refundId)).toBe(1);
});

test('a run that does not replay with this code is named and left alone, and the others are brought together', async () => {
  const restore = await backUp(fresh.url);
  const restoredTo = Date.now();
  const one = await begin();
  await recorded(one, isAccepted);
  await restore();
  const { codePath } = await workflowBundle();
  const code = (await readFile(codePath, 'utf8')).replaceAll('next !== null', 'next === null');
  const lines: string[] = [];
  const halves = { client: world.env.client, db: world.database.kysely, workflowBundle: { code }, dataConverter: {} };
  expect(await reconcile(halves, restoredTo, (line) => lines.push(line))).toBeGreaterThan(0);
  expect(lines).toContainEqual(expect.stringMatching(`^${one.handle.workflowId}: its run .+ does not replay with this code: .*TMPRL1100`));
  expect(await findAnyIntercept(world.database.kysely, one.seeded.input.interceptId)).toBeNull();
  expect(await goOver(restoredTo)).toEqual([`${one.handle.workflowId}: made again from its run: version 2, INTERCEPTING, OPEN`]);
});

test('a claim that moved is recorded again with its ledger line; of one opened since, what the merchant stated is lost, and said to be', async () => {
  const db = world.database.kysely;
  const { seeded } = await caughtCase();
  const claims = await Worker.create({
    connection: world.env.nativeConnection,
    namespace: world.env.client.options.namespace,
    taskQueue: BACKGROUND_QUEUE,
    workflowBundle: await workflowBundle(),
    activities: createClaimActivities({ db, carriers: new Map() }),
  });
  await claims.runUntil(async () => {
    const upheld = await openClaim(seeded, 'DAMAGE');
    const restore = await backUp(fresh.url);
    const restoredTo = Date.now();
    await uphold(upheld, 5_000);
    const before = await books();
    const since = await openClaim(seeded, 'LOSS');
    await since.handle.signal(claimProgressSignal, { actor: 'm', status: 'ACCEPTED', upheldFen: null, note: null });
    await untilClaim(since, ({ status }) => status === 'ACCEPTED');

    await restore();
    expect(await goOver(restoredTo)).toEqual(
      [
        `${upheld.handle.workflowId}: version 1 became version 2, UPHELD, as its run says`,
        `${since.handle.workflowId}: made again from its run: version 2, ACCEPTED; what the merchant stated is lost`,
      ].toSorted(),
    );
    const after = await books();
    expect(after['ledger_lines']).toEqual(before['ledger_lines']);
    expect(after['claim_events']).toEqual(expect.arrayContaining(before['claim_events'] ?? []));
    const remade = await findAnyClaim(db, since.details.claimId);
    expect(remade?.details).toMatchObject({
      contactPhone: '',
      goods: [],
      evidence: [],
      description: expect.stringContaining('丢失'),
      claimedFen: 18_000,
    });
    expect(await goOver(restoredTo)).toEqual([]);
    await uphold(since, 7_000);
    expect((await checkInvariants(db, 0)).offences).toEqual([]);
  });
});

async function caughtCase(): Promise<BegunCase> {
  const one = await begin();
  await paid(one);
  return one;
}

async function openClaim({ input }: BegunCase['seeded'], kind: ClaimKind) {
  const details = sampleClaimOf(input, { claimId: newId('claim'), kind, createdAt: Date.now() });
  const begun = beginClaim(details, false, SAMPLE_DURATIONS);
  await inTransaction(world.database.kysely, (trx) => insertClaim(trx, details, firstClaimWrite(begun)));
  const handle = await world.env.client.workflow.start(CLAIM_WORKFLOW, claimStart(begun.state));
  await markClaimStarted(world.database.kysely, details.claimId);
  return { details, handle };
}

type OpenClaim = Awaited<ReturnType<typeof openClaim>>;

async function untilClaim({ details }: OpenClaim, wished: (state: ClaimState) => boolean): Promise<void> {
  const isThere = async () => {
    const record = await findAnyClaim(world.database.kysely, details.claimId);
    return record !== null && wished(record.state);
  };
  expect(await waitFor(isThere, 20_000)).toBe(true);
}

async function uphold(one: OpenClaim, upheldFen: number): Promise<void> {
  await one.handle.signal(claimProgressSignal, { actor: 'm', status: 'UPHELD', upheldFen, note: null });
  await untilClaim(one, ({ status }) => status === 'UPHELD');
  await one.handle.result();
}
