import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client, WithStartWorkflowOperation } from '@temporalio/client';
import { defaultPayloadConverter, type Workflow } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { sql } from 'kysely';
import type { TrackReading } from '../../carriers/port.ts';
import type { CarrierEvidence } from '../../domain/intercept/event.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import type { TrackEvent, TrackScan, TrackSource } from '../../domain/track.ts';
import { driveInboxOnce } from '../../evidence/drive-inbox.ts';
import { takeResult, takeScans } from '../../evidence/intake.ts';
import { freeCrossedEvidence } from '../../evidence/known-waybills.ts';
import { openCase, recordCase } from '../../evidence/test-records.ts';
import type { Platform } from '../../platforms/port.ts';
import { openService } from '../../store/service-agreements.ts';
import { createDevServerEnv } from '../../test/support/dev-server.ts';
import { interceptWorkflowId } from '../../workflows/messages.ts';
import type { ConnectedCarrier } from '../deps.ts';
import { type Answer, openTestApi, type TestApi, untilTaken } from '../test-api.ts';
import { timeOut } from '../test-temporal.ts';
import { createIntercept } from './create-intercept.ts';
import { gatherFacts } from './gather-facts.ts';

/**
 * Every interleaving of a scan with a create, step by step on a real PostgreSQL and a real Temporal: whenever the scan
 * comes and whoever brings it, the create judges it or the case is told of it; never both, never neither.
 */

let env: TestWorkflowEnvironment;
let api: TestApi;
/** What the carrier's query answers, and what happens while it is asked. */
let onTrack: (waybillNo: string) => Promise<TrackReading>;
/** What happens between the facts of the parcel and the transaction of the create. */
let afterFacts: () => Promise<void>;
let sequence = 0;

beforeAll(async () => {
  env = await createDevServerEnv();
  api = await openTestApi({ temporal: { client: unattended(env.client), address: env.address } });
  const { deps, shopId } = api;
  await openService(deps.db, { shopId, agreementVersion: '2026-01', signedBy: '张三' });
  const carriers = deps.carriers.map(
    ({ carrier, client }): ConnectedCarrier => ({ carrier, client: { ...client, readTrack: (waybillNo) => onTrack(waybillNo) } }),
  );
  const isReachable: Platform['isReachable'] = async () => {
    await afterFacts();
    return true;
  };
  Object.assign(deps, { carriers, platform: { ...deps.platform, isReachable } });
}, 60_000);
afterAll(async () => {
  await api.close();
  await env.teardown();
}, 60_000);

/** The client as it is with nobody working on the runs: a start takes effect, the answer that never comes is not waited for. */
function unattended(client: Client): Client {
  const startAlone = async (
    _update: unknown,
    { startWorkflowOperation: start }: { startWorkflowOperation: StartOperation },
  ): Promise<never> => {
    await client.workflow.start(start.workflowTypeOrFunc, start.options);
    throw timeOut();
  };
  const workflow = Object.create(client.workflow, { executeUpdateWithStart: { value: startAlone } });
  return Object.create(client, { workflow: { value: workflow } });
}
type StartOperation = WithStartWorkflowOperation<Workflow>;

const nothing = async () => undefined;

interface Parcel {
  waybillNo: string;
  refundId: string;
  /** Another refund in the same parcel, whose preview reads the same track. */
  otherRefundId: string;
}

async function newParcel(): Promise<Parcel> {
  const { refundId, waybillNo } = await api.seedRefund({ carrier: 'YTO' });
  const other = await api.seedRefund({ carrier: 'YTO', parcel: { waybillNo } });
  return { waybillNo, refundId, otherRefundId: other.refundId };
}

function scanOf(waybillNo: string, event: TrackEvent, agoMs: number): TrackScan {
  const occurredAt = Date.now() - agoMs;
  return { carrier: 'YTO', waybillNo, event, occurredAt, outletCode: null, outletName: null, text: event, raw: {} };
}

/** The track as the carrier's query shows it, with or without the scan in question. */
function trackOf(waybillNo: string, scan: TrackScan | null): TrackReading {
  const usual = [scanOf(waybillNo, 'PICKED_UP', 20 * HOUR_MS), scanOf(waybillNo, 'ARRIVED', 5 * HOUR_MS)];
  return { kind: 'SCANS', scans: scan === null ? usual : [...usual, scan] };
}

const create = (refundId: string): Promise<Answer> =>
  api.call('POST', '/v1/intercepts', { refundId, confirm: true, acknowledge: ['EARLIER_DISPATCH'] });

/** How a scan may come, whole: by the carrier's push, or with the answer to somebody else's preview. */
async function arrive(by: By, parcel: Parcel, scan: TrackScan): Promise<void> {
  if (by === 'push') return store(scan, 'PUSH');
  const [before, hook] = [onTrack, afterFacts];
  onTrack = async (waybillNo) => trackOf(waybillNo, scan);
  afterFacts = nothing;
  expect((await api.call('POST', '/v1/intercepts/preview', { refundId: parcel.otherRefundId })).status).toBe(200);
  [onTrack, afterFacts] = [before, hook];
}

async function store(scan: TrackScan, source: TrackSource): Promise<void> {
  await api.deps.db.transaction().execute((trx) => takeScans(trx, 'YTO', [scan], source));
}

/** The same with its transaction left open: resolves once the scan is written, answers with the commit. */
async function begin(by: By, scan: TrackScan): Promise<() => Promise<void>> {
  const commit = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  const transaction = api.deps.db.transaction().execute(async (trx) => {
    await takeScans(trx, 'YTO', [scan], by === 'push' ? 'PUSH' : 'QUERY');
    written.resolve();
    await commit.promise;
  });
  await Promise.race([written.promise, transaction]);
  return async () => {
    commit.resolve();
    await transaction;
  };
}

/** Until a create waits for somebody's transaction, or is done without having waited. */
async function untilItWaits(creating: Promise<unknown>): Promise<void> {
  const progress = { done: false };
  const noted = creating.then(() => (progress.done = true));
  for (;;) {
    const { rows } = await sql<{ waiting: boolean }>`
      select exists(select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`.execute(
      api.deps.db,
    );
    if (progress.done || rows[0]?.waiting) break;
  }
  void noted;
}

/** All rounds of the pump until nothing waits any more. */
async function deliverAll(waybillNo: string): Promise<void> {
  const { db, temporal, platform, log } = api.deps;
  for (;;) {
    await freeCrossedEvidence(db, 10 * MINUTE_MS);
    await driveInboxOnce({ db, client: temporal.client, platform, log });
    const waiting = await db
      .selectFrom('inbox')
      .select('inbox_id')
      .where('waybill_no', '=', waybillNo)
      .where('status', '=', 'PENDING')
      .execute();
    if (waiting.length === 0) return;
  }
}

/** What the run was told, as its history holds it; nobody works on it. */
async function evidenceTold(refundId: string): Promise<CarrierEvidence[]> {
  const { events } = await env.client.workflow.getHandle(interceptWorkflowId(`${refundId}-1`)).fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: told }) =>
    told?.signalName === 'carrierEvidence'
      ? defaultPayloadConverter.fromPayload<{ evidence: CarrierEvidence[] }>(told.input?.payloads?.[0] ?? {}).evidence
      : [],
  );
}

const BYS = ['push', 'preview'] as const;
type By = (typeof BYS)[number];

/** Scans that decide, and the reason a create is refused with when it sees them; loss bars no create. */
const REASONS = { SIGNED: 'SIGNED', RETURNING: 'ALREADY_RETURNING', OUT_FOR_DELIVERY: 'OUT_FOR_DELIVERY', LOST: null } as const;
const EVENTS = ['SIGNED', 'RETURNING', 'OUT_FOR_DELIVERY', 'LOST'] as const;

/** When the scan comes, and whether the create has read the track by then. */
const MOMENTS = {
  'before the gathering': true,
  'while the carrier is asked': true,
  'begun before the gathering, committed after the create': true,
  'between the facts and the create': false,
  'begun between the facts and the create, committed after it': false,
} as const;
type Moment = keyof typeof MOMENTS;

async function play(moment: Moment, by: By, parcel: Parcel, scan: TrackScan, shown: boolean): Promise<Answer> {
  const answerOfQuery = async () => trackOf(parcel.waybillNo, shown ? scan : null);
  onTrack = answerOfQuery;
  afterFacts = nothing;
  switch (moment) {
    case 'before the gathering':
      await arrive(by, parcel, scan);
      return create(parcel.refundId);
    case 'while the carrier is asked':
      onTrack = async () => {
        onTrack = answerOfQuery;
        await arrive(by, parcel, scan);
        return answerOfQuery();
      };
      return create(parcel.refundId);
    case 'between the facts and the create':
      afterFacts = async () => {
        await arrive(by, parcel, scan);
        // As far as earlier cases are concerned it is settled before the new one is there.
        await deliverAll(parcel.waybillNo);
      };
      return create(parcel.refundId);
    case 'begun before the gathering, committed after the create': {
      const commit = await begin(by, scan);
      const creating = create(parcel.refundId);
      await untilItWaits(creating);
      await commit();
      return creating;
    }
    case 'begun between the facts and the create, committed after it': {
      const begun = Promise.withResolvers<() => Promise<void>>();
      afterFacts = async () => begun.resolve(await begin(by, scan));
      const creating = create(parcel.refundId);
      const commit = await begun.promise;
      await untilItWaits(creating);
      await commit();
      return creating;
    }
  }
}

/** A refusal some time ago, so that the waybill is known and its scans are told to somebody. */
async function addRefusedCase({ waybillNo }: Parcel): Promise<void> {
  sequence += 1;
  const state = await openCase(api.deps.db, { shopId: api.shopId, refundId: String(810_000 + sequence), waybillNo, carrier: 'YTO' });
  await recordCase(api.deps.db, state, { interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' }, true);
}

const interleavings = Object.entries(MOMENTS).flatMap(([moment, isJudged]) =>
  BYS.flatMap((by) =>
    [false, true].flatMap((shown) =>
      // What comes after the query is not in its answer.
      shown && !isJudged ? [] : [false, true].map((known) => ({ moment: moment as Moment, by, shown, known, isJudged })),
    ),
  ),
);

describe('no scan is lost between a create and its case', () => {
  describe.each(interleavings)(
    '$moment, by $by, shown by the query: $shown, waybill known before: $known',
    ({ moment, by, shown, known, isJudged }) => {
      test.each(EVENTS)('%s', async (event) => {
        const parcel = await newParcel();
        if (known) await addRefusedCase(parcel);
        const answer = await play(moment, by, parcel, scanOf(parcel.waybillNo, event, MINUTE_MS), shown);
        await deliverAll(parcel.waybillNo);
        const reason = REASONS[event];
        if (isJudged && reason !== null) {
          expect([answer.status, answer.body.reasons?.map(({ code }: { code: string }) => code)]).toEqual([422, [reason]]);
        } else {
          expect(answer.status).toBe(202);
          const told = await evidenceTold(parcel.refundId);
          expect(told.map(({ kind }) => kind)).toEqual([event]);
          expect(told[0]?.receivedAt).toBeGreaterThanOrEqual(Date.parse(answer.body.initiatedAt));
        }
      });
    },
  );
});

test.each(['before the gathering', 'while the carrier is asked'] as const)(
  'a result pushed %s: counts from when gathering began',
  async (moment) => {
    const { waybillNo, refundId } = await newParcel();
    const result = { eventId: refundId, waybillNo, result: 'SUCCEEDED', occurredAt: Date.now(), code: null, message: '' } as const;
    const push = () => api.deps.db.transaction().execute((trx) => takeResult(trx, 'YTO', result, 'PUSH'));
    afterFacts = nothing;
    onTrack = async () => {
      if (moment === 'while the carrier is asked') await push();
      return trackOf(waybillNo, null);
    };
    if (moment === 'before the gathering') await push();
    expect((await create(refundId)).status).toBe(202);
    await deliverAll(waybillNo);
    const told = await evidenceTold(refundId);
    expect(told.map(({ kind }) => kind)).toEqual(moment === 'before the gathering' ? [] : ['RESULT_SUCCEEDED']);
  },
);

/** The parcel turns round once the first gathering has all its facts. */
function turnRoundAfterFacts(waybillNo: string): void {
  let gathered = 0;
  afterFacts = async () => {
    gathered += 1;
    if (gathered === 1) await store(scanOf(waybillNo, 'RETURNING', MINUTE_MS), 'PUSH');
  };
}

test('20 gatherings at once ask the carrier once', async () => {
  const { waybillNo, refundId } = await newParcel();
  let asked = 0;
  onTrack = async () => ((asked += 1), trackOf(waybillNo, null));
  afterFacts = nothing;
  await Promise.all(Array.from({ length: 20 }, () => gatherFacts(api.deps, api.shopId, refundId)));
  expect(asked).toBe(1);
});

test('20 clicks begin one case: a scan that comes meanwhile is told once, and nobody is refused for it once there is the case', async () => {
  const { waybillNo, refundId } = await newParcel();
  onTrack = async () => trackOf(waybillNo, null);
  turnRoundAfterFacts(waybillNo);
  const answers = await Promise.all(Array.from({ length: 20 }, () => untilTaken(() => create(refundId))));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
  // A click that gathers anew between scan and case is rightly refused for the scan.
  const others = answers.filter(({ status }) => status !== 202);
  const outcomes = others.map(({ status, body }) =>
    status === 200 ? 'the case' : body.reasons?.map(({ code }: { code: string }) => code),
  );
  for (const outcome of outcomes) expect(['the case', ['ALREADY_RETURNING']]).toContainEqual(outcome);
  await deliverAll(waybillNo);
  expect((await evidenceTold(refundId)).map(({ kind }) => kind)).toEqual(['RETURNING']);
});

test('a click judged by what came after another click began the case is answered with that case', async () => {
  const { waybillNo, refundId } = await newParcel();
  afterFacts = nothing;
  const first = Promise.withResolvers<Answer>();
  // Another process gathers from before there is a case until after it; what it finds then bars a create.
  onTrack = async () => {
    onTrack = async () => trackOf(waybillNo, null);
    first.resolve(await create(refundId));
    return trackOf(waybillNo, scanOf(waybillNo, 'RETURNING', MINUTE_MS));
  };
  const request = { refundId, confirm: true, acknowledge: [], language: 'zh' } as const;
  const second = await createIntercept({ ...api.deps }, { shopId: api.shopId, actor: '李四' }, request);
  const begun = await first.promise;
  expect([begun.status, second.status]).toEqual([202, 200]);
  expect(second.intercept.interceptId).toBe(begun.body.interceptId);
});

test('a loss that a later scan took back is not told; damage is', async () => {
  const { waybillNo, refundId } = await newParcel();
  afterFacts = nothing;
  onTrack = async () => trackOf(waybillNo, null);
  for (const [event, agoMs] of [
    ['LOST', 3],
    ['DAMAGED', 2],
    ['ARRIVED', 1],
  ] as const)
    await store(scanOf(waybillNo, event, agoMs * MINUTE_MS), 'PUSH');
  expect((await create(refundId)).status).toBe(202);
  await deliverAll(waybillNo);
  expect((await evidenceTold(refundId)).map(({ kind }) => kind)).toEqual(['DAMAGED']);
});

test('stored scans stand for no missing answer of the carrier', async () => {
  const { waybillNo, refundId } = await newParcel();
  await store(scanOf(waybillNo, 'ARRIVED', MINUTE_MS), 'PUSH');
  afterFacts = nothing;
  onTrack = async () => ({ kind: 'UNAVAILABLE', reason: 'no answer within 8000 ms' });
  const answer = await create(refundId);
  expect([answer.status, answer.body.reasons]).toEqual([422, [expect.objectContaining({ code: 'TRACK_UNAVAILABLE' })]]);
  const preview = await api.call('POST', '/v1/intercepts/preview', { refundId });
  expect(preview.body.lastTrackEvent).toMatchObject({ event: 'ARRIVED' });
});

test('stored scans stand beside an answer that knows of none', async () => {
  const { waybillNo, refundId } = await newParcel();
  await store(scanOf(waybillNo, 'ARRIVED', MINUTE_MS), 'PUSH');
  afterFacts = nothing;
  onTrack = async () => ({ kind: 'NO_TRACK' });
  expect((await create(refundId)).status).toBe(202);
});

test('another refund’s intercept of the parcel, begun since the facts, has to be acknowledged first', async () => {
  const { waybillNo, refundId, otherRefundId } = await newParcel();
  onTrack = async () => trackOf(waybillNo, null);
  afterFacts = async () => {
    afterFacts = nothing;
    expect((await create(otherRefundId)).status).toBe(202);
  };
  const answer = await create(refundId);
  expect([answer.status, answer.body.code, answer.body.warnings]).toEqual([
    409,
    'WARNINGS_NOT_ACKNOWLEDGED',
    [expect.objectContaining({ code: 'SHARED_PARCEL' })],
  ]);
});

test('a parcel no longer led by the intercept it was judged with is judged anew', async () => {
  const { waybillNo, refundId, otherRefundId } = await newParcel();
  onTrack = async () => trackOf(waybillNo, null);
  afterFacts = nothing;
  expect((await create(otherRefundId)).status).toBe(202);
  const leading = await api.deps.db
    .selectFrom('intercepts')
    .select('state')
    .where('refund_id', '=', otherRefundId)
    .executeTakeFirstOrThrow();
  // On its way back by the other intercept: this refund would share its result, but is nothing to intercept for itself.
  await store(scanOf(waybillNo, 'RETURNING', MINUTE_MS), 'PUSH');
  afterFacts = async () => {
    afterFacts = nothing;
    await recordCase(api.deps.db, leading.state, { interceptStatus: 'SUCCEEDED' }, true);
  };
  const answer = await api.call('POST', '/v1/intercepts', { refundId, confirm: true, acknowledge: ['SHARED_PARCEL'] });
  expect([answer.status, answer.body.reasons]).toEqual([422, [expect.objectContaining({ code: 'ALREADY_RETURNING' })]]);
});
