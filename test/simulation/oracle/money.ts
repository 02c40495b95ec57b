import type { PlatformCall } from '../outside/books.ts';
import {
  callsOf,
  type CaseFacts,
  caseAt,
  DUE_MS,
  type Facts,
  isOpen,
  isSuccess,
  limitOf,
  momentsIn,
  stepAt,
  type Violation,
  wordsOf,
} from './facts.ts';

/** Wide enough for a payment call that left in time: a reading, the call and the ways there. */
const CALL_MS = 1_000;

const refundIds = ({ books }: Facts): string[] => [...books.refunds.keys()];
const hours = (ms: number): string => `${(ms / 3_600_000).toFixed(4)} h`;

/** I1: a refund is paid by this service at most once, and not after anybody else paid it. */
export function paidOnce(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) => {
    const paid = facts.books.payments.filter((payment) => payment.refundId === refundId && payment.failedAt === null);
    const ours = paid.filter(({ by }) => by === 'SERVICE');
    return ours.length > 1 ? [{ rule: 'I1 at most once', about: refundId, what: `the service paid it ${ours.length} times` }] : [];
  });
}

/** I1: after a call of unknown outcome, and before every first one, the refund is read; what it shows is what is named. */
export function readFirst(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) => {
    const approvals = callsOf(facts, refundId, 'APPROVE').sort((a, b) => a.sentAt - b.sentAt);
    const reads = callsOf(facts, refundId, 'READ');
    return approvals.flatMap((call, n) => {
      const previous = approvals[n - 1];
      const read = reads.find(
        (one) =>
          one.answeredAt !== null &&
          one.answeredAt <= call.sentAt &&
          (previous === undefined || one.sentAt >= previous.sentAt) &&
          isOpen(one.seen) &&
          one.seen.feeFen === call.named?.feeFen &&
          one.seen.status === call.named.status &&
          one.seen.negotiate === call.named.negotiate,
      );
      if (read !== undefined) return [];
      return [
        { rule: 'I1 read first', about: refundId, what: `payment call ${n + 1} names what no reading since the one before showed open` },
      ];
    });
  });
}

/** Q12: never more than asked at initiation, unless the merchant named that very amount. */
export function neverMore(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) =>
    callsOf(facts, refundId, 'APPROVE').flatMap((call) => {
      const feeFen = call.named?.feeFen ?? 0;
      const asked = caseAt(facts, refundId, call.sentAt)?.askedFen ?? 0;
      const agreed = facts.books.merchant.some((one) => one.refundId === refundId && one.agreedFen === feeFen && one.at <= call.sentAt);
      return feeFen <= asked || agreed
        ? []
        : [{ rule: 'Q12 never more', about: refundId, what: `${feeFen} fen paid, ${asked} asked at initiation` }];
    }),
  );
}

/** A refund that is about another parcel by now is not paid for the return of this one, unless the merchant approves it as it is. */
export function rightParcel(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) =>
    callsOf(facts, refundId, 'APPROVE').flatMap((call) => {
      const one = caseAt(facts, refundId, call.sentAt);
      if (one === null || call.seen.waybillNo === one.waybillNo) return [];
      const changedAt = facts.books.refunds.get(refundId)?.find(({ waybillNo }) => waybillNo !== one.waybillNo)?.at ?? 0;
      const known = facts.books.merchant.some((act) => act.refundId === refundId && act.act === 'APPROVE' && act.at >= changedAt);
      // What changed while the call was on its way nobody could know.
      if (known || call.sentAt <= changedAt + CALL_MS) return [];
      return [
        { rule: 'Q12 never more', about: refundId, what: `paid for parcel ${one.waybillNo}, the refund is about ${call.seen.waybillNo}` },
      ];
    }),
  );
}

/** I3, R28–R30: a payment has a reason before it leaves: the merchant's word, the parcel's return, or the 120th hour. */
export function neverEarly(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) => callsOf(facts, refundId, 'APPROVE').flatMap((call) => judgeReason(facts, refundId, call)));
}

function judgeReason(facts: Facts, refundId: string, { sentAt }: PlatformCall): Violation[] {
  const inCharge = caseAt(facts, refundId, sentAt);
  if (inCharge === null) return [{ rule: 'I6 caused', about: refundId, what: 'paid without a case' }];
  const handedOver = handedOverAt(facts, inCharge, sentAt);
  const approved = facts.books.merchant.some(
    (one) => one.refundId === refundId && one.act === 'APPROVE' && one.at <= sentAt && one.at >= handedOver,
  );
  if (handedOver > 0 && !approved)
    return [{ rule: 'I3 never early', about: refundId, what: 'it came back from arbitration after the 120th hour and paid itself' }];
  const caught = wordsOf(facts, inCharge).some((word) => isSuccess(word) && word.arrivedAt <= sentAt);
  const isDue = sentAt >= inCharge.initiatedAt + DUE_MS && stepAt(inCharge, sentAt)?.intercept !== 'REJECTED_BY_CARRIER';
  if (approved || caught || isDue) return [];
  return [
    {
      rule: 'I3 never early',
      about: refundId,
      what: `a payment left ${hours(sentAt - inCharge.initiatedAt)} after initiation without a reason`,
    },
  ];
}

function isPaidBy(facts: Facts, refundId: string, limit: number): boolean {
  return facts.books.payments.some((payment) => payment.refundId === refundId && payment.at <= limit);
}

const DUE_SLACK_MS = 5_000 + CALL_MS;
const SUCCESS_SLACK_MS = 60_000 + CALL_MS;

/** When a refund came back from arbitration too late to pay itself, as far as the service saw it; 0 when it did not. */
function handedOverAt(facts: Facts, one: CaseFacts, until: number): number {
  const dueAt = one.initiatedAt + DUE_MS;
  const moments = momentsIn(facts, one.refundId, one.initiatedAt, until);
  const back = moments.findLast((moment, n) => isOpen(moment) && moments[n - 1]?.status === 20 && moment.at >= dueAt + CALL_MS);
  if (back === undefined) return 0;
  return stepAt(one, back.at)?.refund === 'UNDER_ARBITRATION' ? back.at : 0;
}

/** Whether the refund was left alone from one instant to another, but for being paid. */
function isLeftAlone(facts: Facts, one: CaseFacts, from: number, to: number): boolean {
  const said = facts.books.merchant.some(({ refundId, act, at }) => refundId === one.refundId && act !== 'CREATE' && at <= to);
  const changed = momentsIn(facts, one.refundId, from, to).find(
    (moment) => !isOpen(moment) || moment.feeFen > one.askedFen || moment.waybillNo !== one.waybillNo,
  );
  return !said && (changed === undefined || changed.status === 50);
}

/** I2, R30: a case nobody touched is paid at the 120th hour, 5 s late at most while all is well. */
export function paidWhenDue(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const dueAt = one.initiatedAt + DUE_MS;
    const limit = limitOf(facts, dueAt, DUE_SLACK_MS);
    if (one.intercept === 'REJECTED_BY_CARRIER' || !isLeftAlone(facts, one, one.initiatedAt, limit)) return [];
    if (isPaidBy(facts, one.refundId, limit)) return [];
    const paidAt = facts.books.payments.find(({ refundId }) => refundId === one.refundId)?.at;
    const late = paidAt === undefined ? 'never' : `${(paidAt - dueAt) / 1_000} s late`;
    return [{ rule: 'I2 never lost', about: one.interceptId, what: `due at the 120th hour, paid ${late}` }];
  });
}

/** I5, R29: the parcel's return pays an open refund at once, within a minute while all is well. */
export function successPays(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const words = wordsOf(facts, one).filter((word) => isSuccess(word) && word.ackedAt !== null && word.arrivedAt > one.initiatedAt);
    const first = words.sort((a, b) => (a.ackedAt ?? 0) - (b.ackedAt ?? 0))[0];
    if (first?.ackedAt === undefined || first.ackedAt === null || one.intercept === 'REJECTED_BY_CARRIER') return [];
    if (one.endedAt !== null && first.ackedAt > one.endedAt) return [];
    const limit = limitOf(facts, first.ackedAt, SUCCESS_SLACK_MS);
    if (!isLeftAlone(facts, one, one.initiatedAt, limit) || isPaidBy(facts, one.refundId, limit)) return [];
    return [{ rule: 'I5 success pays', about: one.interceptId, what: `${first.word} was acknowledged, the refund not paid by the limit` }];
  });
}

/** I4: once this service has rejected a refund, and knows it, it does not pay it, unless the platform took the refund up itself. */
export function rejectedStays(facts: Facts): Violation[] {
  return refundIds(facts).flatMap((refundId) => {
    const rejection = callsOf(facts, refundId, 'REJECT').find(({ applied, answeredAt }) => applied && answeredAt !== null);
    if (rejection === undefined) return [];
    const later = callsOf(facts, refundId, 'APPROVE').find(({ sentAt }) => sentAt > rejection.at);
    if (later === undefined) return [];
    const arbitrated = momentsIn(facts, refundId, rejection.at, later.sentAt).some(({ status }) => status === 20);
    return arbitrated ? [] : [{ rule: 'I4 exclusive', about: refundId, what: 'rejected by the service, then paid by it' }];
  });
}
