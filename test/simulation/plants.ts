import type { Edit } from './stand-ins.ts';

/** A fault put into the product's source while it is loaded, and the promise it breaks. */
export interface Plant {
  name: string;
  what: string;
  /** Beginning of the rule's name that must catch it. */
  breaks: string;
  /** A seed that finds it, found by `npm run simulate -- --plants --seeds 3000`. */
  seed: number;
  edits: Edit[];
}

const MONEY = 'activities/money.ts';
const CARRIER = 'activities/carrier.ts';

export const PLANTS: readonly Plant[] = [
  {
    name: 'pay-twice',
    what: 'a payment call of unknown outcome is sent again at once',
    breaks: 'I1',
    seed: 14,
    edits: [
      {
        file: MONEY,
        find: "if (answer.kind === 'STALE') continue;",
        put: "if (answer.kind === 'STALE') continue;\n    if (answer.kind === 'UNKNOWN') await deps.platform.approveRefund(request.shopId, request.refundId, refund);",
      },
    ],
  },
  {
    name: 'a-minute-early',
    what: 'day 5 begins at 119 h 59 m',
    breaks: 'I3 never early',
    seed: 1,
    edits: [
      {
        file: 'domain/intercept/action.ts',
        find: 'state.input.durations.autoRefundAfterMs',
        put: 'state.input.durations.autoRefundAfterMs - 60_000',
      },
    ],
  },
  {
    name: 'unlock-early',
    what: 'rejecting unlocks after 71 h',
    breaks: 'R31 reject in time',
    seed: 27,
    edits: [
      {
        file: 'domain/intercept/action.ts',
        find: 'state.input.durations.rejectUnlockAfterMs',
        put: 'state.input.durations.rejectUnlockAfterMs - 3_600_000',
      },
    ],
  },
  {
    name: 'unlock-late',
    what: 'rejecting unlocks after 73 h',
    breaks: 'R31 unlocks in time',
    seed: 81,
    edits: [
      {
        file: 'domain/intercept/action.ts',
        find: 'state.input.durations.rejectUnlockAfterMs',
        put: 'state.input.durations.rejectUnlockAfterMs + 3_600_000',
      },
    ],
  },
  {
    name: 'forget-the-refusal',
    what: 'the carrier’s refusal is taken for an acceptance',
    breaks: 'Q3',
    seed: 104,
    edits: [
      {
        file: 'activities/carrier-answer.ts',
        find: "return { kind: 'REFUSED', code: answer.code, message: answer.message };",
        put: "return { kind: 'ACCEPTED', reference: null };",
      },
    ],
  },
  {
    name: 'swallow-a-409',
    what: 'a payment call refused because the refund changed (STALE) counts as done',
    breaks: 'I2',
    seed: 37,
    edits: [
      {
        file: MONEY,
        find: "if (answer.kind === 'STALE') continue;",
        put: "if (answer.kind === 'STALE') return outcome('DONE', null, { sent: true });",
      },
    ],
  },
  {
    name: 'skip-the-fee',
    what: 'success writes no ledger line',
    breaks: 'I13',
    seed: 4,
    edits: [{ file: 'domain/intercept/record.ts', find: "else if (effect.type === 'FEE_DUE') write.feeDueAt = effect.at;", put: '' }],
  },
  {
    name: 'another-parcels-scan',
    what: 'what happened to an earlier parcel of the same number counts',
    breaks: 'I',
    seed: 20,
    edits: [
      { file: 'domain/intercept/parcel.ts', find: 'evidence.occurredAt < input.pickedUpAt', put: 'false' },
      {
        file: 'evidence/classify.ts',
        find: 'return state.input.pickedUpAt !== null && occurredAt < state.input.pickedUpAt;',
        put: 'return state.version < 0 && occurredAt < 0;',
      },
    ],
  },
  {
    name: 'drop-the-push',
    what: 'evidence that Temporal did not take is settled as delivered',
    breaks: 'I5',
    seed: 3,
    edits: [
      {
        file: 'evidence/deliver-carrier-events.ts',
        find: "if ('unreachable' in outcome) return postponed(event, backOff(attempts, UNREACHABLE_AT_MOST_MS), outcome.unreachable);",
        put: "if ('unreachable' in outcome) return delivered(event);",
      },
    ],
  },
  {
    name: 'damage-told-last',
    what: 'a damage that is told after the return was signed reaches nobody',
    breaks: 'I5',
    seed: 329,
    edits: [{ file: 'evidence/delivery-plan.ts', find: 'isLateDamage(evidence, record)', put: 'false' }],
  },
  {
    name: 'lose-the-follower',
    what: 'what the carrier answered the leader is not told to its followers',
    breaks: 'Q3',
    seed: 1032,
    edits: [
      { file: 'domain/intercept/record.ts', find: 'answer: before === null ? null : readAnswer(before, state),', put: 'answer: null,' },
    ],
  },
  {
    name: 'reuse-a-request-id',
    what: 'every attempt asks the carrier with the same id',
    breaks: 'Q27',
    seed: 5,
    edits: [{ file: CARRIER, find: 'requestId: request.interceptId', put: "requestId: request.interceptId.replace(/-[0-9]+$/, '-1')" }],
  },
  {
    name: 'pay-more',
    what: 'what the buyer asks now is paid, however much',
    breaks: 'Q12',
    seed: 1053,
    edits: [{ file: 'domain/intercept/payment.ts', find: 'refund.refundFeeFen <= terms.maxFen', put: 'true' }],
  },
  {
    name: 'pay-for-another-parcel',
    what: 'a refund that is about another waybill by now is paid by the return of this one',
    breaks: 'Q12',
    seed: 55,
    edits: [
      { file: 'domain/intercept/payment.ts', find: 'namesAnotherParcel(refund, terms.waybillNo) &&', put: 'false &&' },
      {
        file: 'domain/refund.ts',
        find: "return named !== '' && named !== plain(waybillNo);",
        put: "return named === '' && waybillNo === '';",
      },
    ],
  },
  {
    name: 'keep-it-quiet',
    what: 'nobody is told of a payment that is not confirmed',
    breaks: 'I2 never silent',
    seed: 156,
    edits: [{ file: 'evidence/tell-unconfirmed.ts', find: 'await inLanes(late,', put: 'await inLanes(late.slice(0, 0),' }],
  },
  {
    name: 'reject-blindly',
    what: 'a rejection leaves without a look into the inbox',
    breaks: 'R31 reject in time',
    seed: 7354,
    edits: [{ file: MONEY, find: 'if (await deps.hasPendingEvidence(request))', put: 'if (false as boolean)' }],
  },
  {
    name: 'clock-from-acceptance',
    what: 'the five days begin when the carrier accepts',
    breaks: 'I2 never lost',
    seed: 73,
    edits: [
      {
        file: 'domain/intercept/action.ts',
        find: 'return state.input.initiatedAt + state.input.durations.autoRefundAfterMs;',
        put: 'return (state.acceptedAt ?? state.input.initiatedAt) + state.input.durations.autoRefundAfterMs;',
      },
    ],
  },
  {
    name: 'pay-after-the-verdict',
    what: 'a refund that comes back from arbitration after day 5 pays itself',
    breaks: 'I',
    seed: 2740,
    edits: [
      {
        file: 'domain/intercept/refund-axis.ts',
        find: "if (draft.at >= autoRefundAt(state)) disarm(state, 'ARBITRATION');\n      else if",
        put: 'if',
      },
    ],
  },
  {
    name: 'forget-our-payment',
    what: 'after a crash nobody remembers that a payment call left',
    breaks: 'I6',
    seed: 14,
    edits: [
      {
        file: MONEY,
        find: 'earlier?.sent === true || (await briefly(deps.book.mayHavePaid(request.refundId)))',
        put: 'earlier === null',
      },
    ],
  },
  {
    name: 'forget-across-runs',
    what: 'a run that continues as new begins afresh',
    breaks: 'I',
    seed: 8,
    edits: [{ file: 'workflows/intercept.ts', find: 'resume: run.state }', put: 'resume: null }' }],
  },
  {
    name: 'memory-outside-the-run',
    what: 'the workflow’s code keeps a count that a replay does not have',
    breaks: 'I16',
    seed: 1,
    edits: [
      {
        file: 'workflows/intercept-case.ts',
        find: 'if (changed.length > 0) upsertSearchAttributes(changed);',
        put: 'if (changed.length > 0 && ++upserts % 3 !== 0) upsertSearchAttributes(changed);',
      },
      { file: 'workflows/intercept-case.ts', find: 'const quickRecords =', put: 'let upserts = 0;\nconst quickRecords =' },
    ],
  },
  {
    name: 'signed-is-delivered',
    what: 'a signature after the return scan is the buyer’s',
    breaks: 'I5 evidence counts',
    seed: 4,
    edits: [
      { file: 'domain/intercept/parcel.ts', find: 'const signedBack = parcel.returnSigned ||', put: 'const signedBack = parcel.caught ||' },
    ],
  },
  {
    name: 'lost-task',
    what: 'what a version tells is named by its place, as if no workflow task could be lost after it was written',
    breaks: 'told truly',
    seed: 128,
    edits: [
      {
        file: 'domain/intercept/record.ts',
        find: 'const event = told[n]?.event;',
        put: 'if (n >= 0) return `${versionKey(state)}:${n}`;\n  const event = told[n]?.event;',
      },
    ],
  },
  {
    name: 'delivered-is-read',
    what: 'a return that Temporal has and the run has not read stops no rejection',
    breaks: 'R31 reject in time',
    seed: 2879,
    edits: [{ file: 'evidence/pending.ts', find: 'RETURNS.includes(evidence.kind) && counts', put: 'RETURNS.length === 0 && counts' }],
  },
];
