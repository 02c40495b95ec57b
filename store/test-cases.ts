import { begin, stamp } from '../domain/intercept/machine.ts';
import { buildRecord, type RecordWrite } from '../domain/intercept/record.ts';
import type { InterceptInput, InterceptState } from '../domain/intercept/state.ts';
import type { Retention } from '../domain/retention.ts';
import { DAY_MS, type DurationMs, HOUR_MS } from '../domain/time.ts';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { InterceptDraft } from './intercept-opening.ts';
import { upsertShop } from './shops.ts';

export const SHOP = '1001';
export const OTHER_SHOP = '1002';

/** The two shops of this folder's tests. */
export async function addShops(db: Db): Promise<void> {
  await upsertShop(db, { shopId: SHOP, platform: 'KUAISHOU', name: '一号店' });
  await upsertShop(db, { shopId: OTHER_SHOP, platform: 'KUAISHOU', name: '二号店' });
}

/** Opens that many connections of the pool, so that a race is one: connecting takes longer than the first racer needs. */
export async function warmUp(db: Db, connections: number): Promise<void> {
  await Promise.all(Array.from({ length: connections }, () => sql`select pg_sleep(0.1)`.execute(db)));
}

let drafts = 0;

/** Facts of a create: a refund and a waybill of its own unless the test names them. */
export function newDraft(over: Partial<InterceptDraft> = {}): InterceptDraft {
  drafts += 1;
  return {
    refundId: String(9_007_199_254_740_993n + BigInt(drafts)),
    orderId: `24${drafts}`,
    shopId: SHOP,
    waybillNo: `7310000${drafts}`,
    carrier: 'ZTO',
    outletCode: 'O1',
    outletName: '杭州一部',
    refundFeeFen: 9_900,
    feeFen: 300,
    initiatedBy: 'staff',
    platformExpireAt: null,
    pickedUpAt: null,
    durations: {
      rejectUnlockAfterMs: 72 * HOUR_MS,
      autoRefundAfterMs: 120 * HOUR_MS,
      returnStalledAfterMs: 7 * DAY_MS,
      returnOverdueAfterMs: 15 * DAY_MS,
      returnGiveUpAfterMs: 60 * DAY_MS,
      correctionAfterMs: 7 * DAY_MS,
    },
    ...over,
  };
}

/** What a create records: the case as the rules begin it. */
export function firstRecord(input: InterceptInput): RecordWrite {
  const { state, effects } = begin(input);
  return buildRecord(null, stamp(state, input.initiatedAt), effects, input.initiatedAt, false);
}

/** A later version of a case, with one log line and one event of its own. */
export function laterRecord(
  state: InterceptState,
  version: number,
  over: Partial<InterceptState> = {},
  write: Partial<RecordWrite> = {},
): RecordWrite {
  const at = state.input.initiatedAt + version;
  const next: InterceptState = { ...state, ...over, version, updatedAt: at };
  const effects = [
    { type: 'LOG', line: { at, actorKind: 'CARRIER', actor: 'ZTO', what: `V${version}`, before: {}, after: { version }, reference: null } },
    { type: 'TELL', event: 'return.returning', at },
  ] as const;
  return { ...buildRecord(state, next, [...effects], at, false), answer: null, ...write };
}

/** Everything that is kept for a time, kept so long. */
export function keptFor(durationMs: DurationMs): Retention {
  return {
    inboxMs: durationMs,
    unknownWaybillsMs: durationMs,
    quarantineMs: durationMs,
    scansMs: durationMs,
    rawMs: durationMs,
    webhooksMs: durationMs,
    noticesMs: durationMs,
    sessionsMs: durationMs,
    waybillsMs: durationMs,
    judgementsMs: durationMs,
  };
}
