import { eventBody, testBody } from '../../../delivery/event-body.ts';
import { beginClaim } from '../../../domain/claim/progress.ts';
import { OPENED_AT, SAMPLE_DURATIONS, sampleClaim } from '../../../domain/claim/sample-claim.ts';
import { tellClaim } from '../../../domain/claim/view.ts';
import type { InterceptEvent, MoneyOutcome, ToldEvent } from '../../../domain/intercept/event.ts';
import { apply, stamp } from '../../../domain/intercept/machine.ts';
import { buildRecord, firstRecord, type RecordWrite, toldSequence } from '../../../domain/intercept/record.ts';
import { INITIATED_AT, REFUND_AT, sampleEvidence, sampleInput, sampleRefund, UNLOCK_AT } from '../../../domain/intercept/sample-case.ts';
import { type EpochMs, HOUR_MS } from '../../../domain/time.ts';
import { viewSubscription } from '../../outlets/subscription-view.ts';

/** The examples of events: what the rules themselves tell of a sample case, so they cannot say what never happens. */

const RESULT_AT = INITIATED_AT + 6 * HOUR_MS;
const evidence = (kind: Parameters<typeof sampleEvidence>[0], at: EpochMs, message = ''): InterceptEvent => ({
  type: 'EVIDENCE',
  at,
  evidence: sampleEvidence(kind, at, { message }),
});
const read = (at: EpochMs, status: number): InterceptEvent => ({ type: 'REFUND_READ', at, refund: sampleRefund({ status }) });
const money = (at: EpochMs, status: number): InterceptEvent => ({
  type: 'MONEY_ANSWERED',
  at,
  sequence: 1,
  outcome: { kind: 'DONE', sent: status === 60, refund: sampleRefund({ status }), refusal: null } satisfies MoneyOutcome,
});

const ACCEPTED: InterceptEvent = {
  type: 'CARRIER_ANSWERED',
  at: INITIATED_AT + 800,
  answer: { kind: 'ACCEPTED', reference: 'ZTO-20261101-0001' },
};
const REFUSED: InterceptEvent = {
  type: 'CARRIER_ANSWERED',
  at: INITIATED_AT + 800,
  answer: { kind: 'REFUSED', code: 'E23120', message: '运单已有派件扫描，不能拦截' },
};
const REJECT: InterceptEvent = {
  type: 'COMMAND',
  at: RESULT_AT + HOUR_MS,
  command: { kind: 'REJECT', actor: 'key:sample', reason: '1002', description: '包裹已派送给买家', images: [] },
};

/** What happens to the case until the event is told. */
const STORIES: Record<Exclude<ToldEvent, 'refund.deadline_near' | 'subscription.reviewed' | 'claim.updated'>, InterceptEvent[]> = {
  'intercept.requested': [],
  'intercept.accepted': [ACCEPTED],
  'intercept.refused': [REFUSED],
  'intercept.succeeded': [ACCEPTED, evidence('RETURNING', RESULT_AT)],
  'intercept.failed': [ACCEPTED, evidence('SIGNED', RESULT_AT, '快件已由本人签收')],
  'refund.reject_unlocked': [ACCEPTED, { type: 'TIME_PASSED', at: UNLOCK_AT }],
  'refund.refunded': [ACCEPTED, evidence('RESULT_SUCCEEDED', RESULT_AT), money(RESULT_AT + 900, 60)],
  'refund.rejected': [ACCEPTED, evidence('SIGNED', RESULT_AT), REJECT, money(RESULT_AT + HOUR_MS + 900, 12)],
  'refund.arbitration_requested': [ACCEPTED, read(RESULT_AT, 20)],
  'refund.closed': [ACCEPTED, read(RESULT_AT, 70)],
  'return.returning': [ACCEPTED, evidence('RESULT_SUCCEEDED', RESULT_AT), evidence('RETURNING', RESULT_AT + HOUR_MS)],
  'return.signed': [ACCEPTED, evidence('RETURNING', RESULT_AT), evidence('RETURN_SIGNED', RESULT_AT + 40 * HOUR_MS)],
  'return.failed': [ACCEPTED, evidence('RETURNING', RESULT_AT), evidence('LOST', RESULT_AT + 40 * HOUR_MS, '快件遗失')],
};

/** The record of the sample case after what happened to it. */
function recordAfter(events: readonly InterceptEvent[]): RecordWrite {
  let write = firstRecord(sampleInput());
  for (const event of events) {
    const { state, effects } = apply(write.state, event);
    write = buildRecord(write.state, stamp(state, event.at), effects, event.at, false);
  }
  return write;
}

function caseExample(type: keyof typeof STORIES): string {
  const { state, view, told } = recordAfter(STORIES[type]);
  const place = told.findIndex(({ event }) => event === type);
  const [at] = told.filter(({ event }) => event === type).map((one) => one.at);
  if (at === undefined) throw new Error(`the story of ${type} does not come to it`);
  return eventBody({ type, payload: view, sequence: toldSequence(state.version, place), occurredAt: at });
}

function deadlineExample(): string {
  const at = REFUND_AT - 24 * HOUR_MS;
  const { state, view } = recordAfter([ACCEPTED, { type: 'TIME_PASSED', at }]);
  return eventBody({ type: 'refund.deadline_near', payload: view, sequence: toldSequence(state.version, 990), occurredAt: at });
}

function reviewExample(): string {
  const subscription = {
    subscriptionId: 'sub_3f2a9c',
    shopId: '2788410001',
    carrier: 'ZTO',
    outletCode: '02100',
    outletName: '上海示例',
    status: 'REJECTED',
    source: 'MERCHANT',
    reason: '网点暂不提供拦截服务',
    createdAt: INITIATED_AT - HOUR_MS,
    remindedAt: null,
    reviewedAt: INITIATED_AT,
    reviewedBy: '网点',
    closedAt: null,
  } as const;
  return eventBody({
    type: 'subscription.reviewed',
    payload: viewSubscription(subscription),
    sequence: null,
    occurredAt: INITIATED_AT,
  });
}

function claimExample(): string {
  const details = sampleClaim({ claimId: 'claim_0f8fad5bd9cb469fa16570867728950e' });
  const { state } = beginClaim(details, true, SAMPLE_DURATIONS);
  return eventBody({ type: 'claim.updated', payload: tellClaim(details, state), sequence: null, occurredAt: OPENED_AT });
}

/** The body of a delivery of every type, as it is sent. */
export const EVENT_EXAMPLES: Record<ToldEvent | 'webhook.test', string> = {
  ...(Object.fromEntries((Object.keys(STORIES) as (keyof typeof STORIES)[]).map((type) => [type, caseExample(type)])) as Record<
    keyof typeof STORIES,
    string
  >),
  'refund.deadline_near': deadlineExample(),
  'subscription.reviewed': reviewExample(),
  'claim.updated': claimExample(),
  'webhook.test': testBody('whe_3f2a9c', INITIATED_AT),
};
