import {
  type CaseFacts,
  DUE_MS,
  type Facts,
  isSuccess,
  limitOf,
  momentAt,
  momentsIn,
  type Violation,
  WATCHED_MS,
  wordsOf,
} from './facts.ts';

const MINUTE_MS = 60_000;

function isNoticed({ noticed }: Facts, { interceptId }: CaseFacts, codes: readonly string[], until = Number.POSITIVE_INFINITY): boolean {
  return noticed.some((notice) => notice.interceptId === interceptId && codes.includes(notice.code) && notice.at <= until);
}

/** The amount the merchant named when it last approved, before an instant: of any other it approved nothing. */
function agreedBefore({ books }: Facts, { refundId }: CaseFacts, at: number): number | null {
  return books.merchant.findLast((one) => one.refundId === refundId && one.act === 'APPROVE' && one.at <= at)?.agreedFen ?? null;
}

/** Never silent: a payment that is due and not confirmed ten minutes later is brought to a person's notice. */
export function neverSilent(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const wished = facts.books.calls.find(
      ({ refundId, call, at }) => refundId === one.refundId && call === 'APPROVE' && at >= one.initiatedAt,
    );
    const dueAt = one.initiatedAt + DUE_MS;
    const wishedAt = wished?.at ?? dueAt;
    const from = momentAt(facts, one.refundId, wishedAt);
    if (
      one.intercept === 'REJECTED_BY_CARRIER' ||
      from === null ||
      from.status !== 10 ||
      (one.endedAt ?? Number.POSITIVE_INFINITY) < wishedAt
    )
      return [];
    const until = limitOf(facts, wishedAt + 10 * MINUTE_MS, 20 * MINUTE_MS);
    const said = facts.books.merchant.some(
      ({ refundId, act, at }) => refundId === one.refundId && (act === 'REJECT' || act === 'ARBITRATE') && at <= until,
    );
    const moments = momentsIn(facts, one.refundId, one.initiatedAt, until);
    const agreedFen = agreedBefore(facts, one, wishedAt);
    const settled = moments.some(
      ({ status, way, negotiate, feeFen, waybillNo }) =>
        ![10, 50].includes(status) ||
        way !== 10 ||
        negotiate === 3 ||
        feeFen > one.askedFen ||
        (agreedFen !== null && feeFen !== agreedFen) ||
        waybillNo !== one.waybillNo,
    );
    if (said || settled) return [];
    const codes = ['REFUND_UNCONFIRMED', 'ACTION_REFUSED_BY_PLATFORM', 'REFUND_PAYMENT_FAILED'];
    if (isNoticed(facts, one, codes, until)) return [];
    return [{ rule: 'I2 never silent', about: one.interceptId, what: 'a payment stayed unconfirmed and nobody was told' }];
  });
}

/** Q9, Q11: who acted before the parcel came back is told that it does. */
export function returnsAreTold(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const settledAt = one.steps.find(({ refund }) => refund === one.refund)?.at ?? Number.POSITIVE_INFINITY;
    const newest = facts.cases.every((other) => other.refundId !== one.refundId || other.attempt <= one.attempt);
    const word = wordsOf(facts, one).find(
      (one_) => isSuccess(one_) && one_.ackedAt !== null && one_.arrivedAt > one.initiatedAt && one_.arrivedAt > settledAt + MINUTE_MS,
    );
    const limit = one.initiatedAt + WATCHED_MS;
    if (word === undefined || word.arrivedAt > limit || !newest) return [];
    const wanted =
      one.intercept === 'REJECTED_BY_CARRIER'
        ? 'PARCEL_RETURNS_AFTER_REFUSAL'
        : one.refund === 'REJECTED'
          ? 'LATE_SUCCESS_AFTER_REJECTION'
          : one.refund === 'CLOSED' && one.cause === 'BUYER_WITHDREW'
            ? 'PARCEL_RETURNS_AFTER_WITHDRAWAL'
            : null;
    if (wanted === null || isNoticed(facts, one, [wanted])) return [];
    return [
      {
        rule: 'Q9 returns are told',
        about: one.interceptId,
        what: `${word.word} came after the refund was ${one.refund}, and ${wanted} was not said`,
      },
    ];
  });
}
