import type { PlatformCall, Word } from '../outside/books.ts';
import {
  callsOf,
  type CaseFacts,
  caseAt,
  type Facts,
  isFailure,
  isSuccess,
  momentsIn,
  isOpen,
  UNLOCK_MS,
  type Violation,
  WATCHED_MS,
  wordsOf,
} from './facts.ts';

const MINUTE_MS = 60_000;

/** When the create that made this case was asked for: what was received from then on counts. */
function askedAt({ books }: Facts, one: CaseFacts): number {
  const asked = books.merchant.filter(({ refundId, act, at }) => refundId === one.refundId && act === 'CREATE' && at <= one.initiatedAt);
  return asked.at(-1)?.at ?? one.initiatedAt;
}

/** Words of the carrier that this case must have heard: acknowledged, while it lived or until an instant, with time to be delivered. */
function heard(facts: Facts, one: CaseFacts, until = (one.endedAt ?? Number.POSITIVE_INFINITY) - MINUTE_MS): Word[] {
  const from = askedAt(facts, one);
  return wordsOf(facts, one).filter((word) => {
    const { arrivedAt, ackedAt } = word;
    return (
      ackedAt !== null && arrivedAt > from && ackedAt < until && !wasWeighed(facts, one, word) && !isOfEarlierAttempt(facts, one, word)
    );
  });
}

/** A signature that was known when the case was made, and that the parcel had been seen elsewhere since: the create weighed both. */
function wasWeighed(facts: Facts, one: CaseFacts, { word, occurredAt, arrivedAt }: Word): boolean {
  const isKnown = (at: number) => at <= one.initiatedAt;
  const wasSeen = (other: Word) => other.word !== 'SIGNED' && other.occurredAt >= occurredAt && isKnown(other.arrivedAt);
  return word === 'SIGNED' && isKnown(arrivedAt) && wordsOf(facts, one).some(wasSeen);
}

/** What the carrier said of a request before this one says nothing of this one; a follower has its leader's. */
function isOfEarlierAttempt(facts: Facts, one: CaseFacts, { word, occurredAt }: Word): boolean {
  const { attempt, initiatedAt } = leaderOf(facts, one);
  return word === 'RESULT_FAILED' && attempt > 1 && occurredAt < initiatedAt;
}

function acceptedAt({ books }: Facts, interceptId: string): number | null {
  return books.carrier.find((call) => call.requestId === interceptId && call.answer !== 'REFUSED')?.at ?? null;
}

/** The case whose carrier call serves this one too. */
function leaderOf({ cases }: Facts, one: CaseFacts): CaseFacts {
  return cases.find(({ interceptId }) => interceptId === one.follows) ?? one;
}

/** Q4, Q5: a case ends as its parcel did, by what the carriers said, in whatever order and however often. */
export function endsAsTheParcel(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const words = heard(facts, one);
    const all = wordsOf(facts, one).filter(({ arrivedAt }) => arrivedAt <= (one.endedAt ?? Number.POSITIVE_INFINITY));
    const wrong = (what: string): Violation[] => [{ rule: 'I5 evidence counts', about: one.interceptId, what }];
    if (one.intercept === 'REJECTED_BY_CARRIER') return [];
    if (words.some(isSuccess) && one.intercept !== 'SUCCEEDED') return wrong(`the parcel came back, the case is ${one.intercept}`);
    if (!all.some(isSuccess) && one.intercept === 'SUCCEEDED') return wrong('SUCCEEDED though nobody said that the parcel came back');
    if (words.some(isFailure) && !['FAILED', 'SUCCEEDED'].includes(one.intercept))
      return wrong(`the parcel was signed or lost, the case is ${one.intercept}`);
    if (!all.some(isFailure) && one.intercept === 'FAILED') return wrong('FAILED though nobody said so');
    return [];
  });
}

/** Q5: a parcel seen coming back and signed for is at home. */
export function homeIsHome(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const words = heard(facts, one);
    const isHome = words.some(({ word }) => word === 'RETURN_SIGNED');
    if (one.intercept !== 'SUCCEEDED' || !isHome || one.returned === 'RETURN_SIGNED') return [];
    return [{ rule: 'I5 evidence counts', about: one.interceptId, what: `signed back at the sender, the case says ${one.returned}` }];
  });
}

/** A parcel that is home and was damaged on its way is a damaged one, also when its carrier told that last. */
export function damageIsKnown(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const said = heard(facts, one, one.initiatedAt + WATCHED_MS).some(({ word }) => word === 'DAMAGED');
    if (one.returned !== 'RETURN_SIGNED' || !said || one.damaged) return [];
    return [{ rule: 'I5 evidence counts', about: one.interceptId, what: 'its carrier told of damage, the case does not' }];
  });
}

/** Q3: what the carrier accepted runs; what it refused, without the parcel coming back all the same, is released and not paid by the clock. */
export function carriersWordStands(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const leader = leaderOf(facts, one);
    const accepted = acceptedAt(facts, leader.interceptId);
    const refusals = facts.books.carrier.filter((call) => call.requestId === leader.interceptId && call.answer === 'REFUSED');
    const pushed = wordsOf(facts, one).filter(({ word }) => word === 'RESULT_REFUSED');
    const wrong = (what: string): Violation[] => [{ rule: 'Q3 the carrier’s word', about: one.interceptId, what }];
    if (one.intercept === 'REJECTED_BY_CARRIER') {
      const pushedFirst = pushed.some(({ arrivedAt }) => accepted === null || arrivedAt <= accepted + MINUTE_MS);
      if (refusals.length === 0 && !pushedFirst) return wrong('refused, though the carrier had accepted');
      return [];
    }
    const told = [
      ...refusals.map(({ at }) => at),
      ...pushed.flatMap(({ ackedAt, arrivedAt }) => (ackedAt !== null && arrivedAt > one.initiatedAt ? [ackedAt] : [])),
    ];
    const other = wordsOf(facts, one).some((word) => isSuccess(word) || isFailure(word));
    if (accepted !== null || told.length === 0 || other || one.endedAt === null) return [];
    const decided = !momentsIn(facts, one.refundId, one.initiatedAt, Math.max(...told)).every(isOpen);
    const said = facts.books.merchant.some(({ refundId, act }) => refundId === one.refundId && act !== 'CREATE');
    return decided || said ? [] : wrong(`the carrier refused, the case is ${one.intercept}`);
  });
}

/** Q3: the refund of a refused intercept is handled as any other: this service pays it no more. */
export function refusedIsReleased(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    if (one.intercept !== 'REJECTED_BY_CARRIER') return [];
    const refusedAt = one.steps.find(({ intercept }) => intercept === 'REJECTED_BY_CARRIER')?.at ?? 0;
    const wrong = (what: string): Violation[] => [{ rule: 'Q3 released', about: one.interceptId, what }];
    const ours = facts.cases.filter(({ refundId }) => refundId === one.refundId);
    const next = ours.find(({ attempt }) => attempt > one.attempt)?.initiatedAt ?? Number.POSITIVE_INFINITY;
    const paid = callsOf(facts, one.refundId, 'APPROVE').some(({ sentAt }) => sentAt > refusedAt + MINUTE_MS && sentAt < next);
    const said = facts.books.merchant.some(({ refundId, act, at }) => refundId === one.refundId && act === 'APPROVE' && at <= refusedAt);
    if (paid && !said && one.refund === 'RELEASED') return wrong('paid after it was released');
    if (one.refund === 'OPEN' || one.refund === 'UNDER_ARBITRATION') return wrong(`the refund stays ${one.refund}`);
    return [];
  });
}

/** I3, R31: rejecting is for a failure, or from the 72nd hour on without a result; never against a return that is known. */
export function rejectsInTime(facts: Facts): Violation[] {
  return [...facts.books.refunds.keys()].flatMap((refundId) =>
    callsOf(facts, refundId, 'REJECT').flatMap((call) => {
      const one = caseAt(facts, refundId, call.sentAt);
      const wrong = (what: string): Violation[] => [{ rule: 'R31 reject in time', about: refundId, what }];
      if (one === null) return wrong('rejected without a case');
      const asked = facts.books.merchant.some((act) => act.refundId === refundId && act.act === 'REJECT' && act.at <= call.sentAt);
      if (!asked) return wrong('rejected though nobody asked for it');
      const words = wordsOf(facts, one);
      const failed = words.some((word) => isFailure(word) && word.arrivedAt <= call.sentAt);
      const sinceMs = call.sentAt - one.initiatedAt;
      if (!failed && sinceMs < UNLOCK_MS) return wrong(`rejected ${(sinceMs / 3_600_000).toFixed(4)} h after initiation without a failure`);
      const lookedAt = lookBefore(facts, call);
      const known = words.find(
        (word) => isSuccess(word) && word.ackedAt !== null && word.arrivedAt > one.initiatedAt && word.ackedAt < lookedAt,
      );
      return known === undefined ? [] : wrong(`rejected although ${known.word} had been acknowledged before`);
    }),
  );
}

/** The look takes a few statements. */
const LOOK_MS = 10;

/** The last look into the inbox is before the refund is read for the last time; what comes later nobody can know of. */
function lookBefore(facts: Facts, call: PlatformCall): number {
  const reads = callsOf(facts, call.refundId, 'READ').filter(
    ({ sentAt, answeredAt }) => answeredAt !== null && answeredAt <= call.sentAt && sentAt > call.sentAt - 3_500,
  );
  return Math.min(call.sentAt, ...reads.map(({ sentAt }) => sentAt)) - LOOK_MS;
}

/** R31: from the 72nd hour on without a result the merchant may reject: the service does not say that it is locked. */
export function unlocksInTime(facts: Facts): Violation[] {
  return facts.books.merchant.flatMap(({ act, refundId, interceptId, at, answer }) => {
    const one = facts.cases.find((other) => other.interceptId === interceptId);
    if (act !== 'REJECT' || answer !== 'ACTION_NOT_ALLOWED' || one === undefined || one.attempt !== caseAt(facts, refundId, at)?.attempt)
      return [];
    const sinceMs = at - one.initiatedAt;
    if (sinceMs < UNLOCK_MS || sinceMs > 119 * 3_600_000 || one.intercept === 'REJECTED_BY_CARRIER') return [];
    const words = wordsOf(facts, one).some((word) => isSuccess(word) && word.arrivedAt <= at + MINUTE_MS);
    const untouched = momentsIn(facts, refundId, one.initiatedAt, at + MINUTE_MS).every(isOpen);
    const alone = facts.books.merchant.every((other) => other.refundId !== refundId || other.act === 'CREATE' || other.at >= at);
    if (words || !untouched || !alone || !facts.books.troubles.every(({ from }) => from > at)) return [];
    return [{ rule: 'R31 unlocks in time', about: one.interceptId, what: `locked ${(sinceMs / 3_600_000).toFixed(4)} h after initiation` }];
  });
}

/** One request id is one attempt, in every repeat the same; who follows asks nothing. */
export function asksOnce(facts: Facts): Violation[] {
  const wrong = (about: string, what: string): Violation => ({ rule: 'Q27 one request id an attempt', about, what });
  const strays = facts.books.carrier.filter(({ requestId }) => !facts.cases.some(({ interceptId }) => interceptId === requestId));
  const followers = facts.books.carrier.filter(({ requestId }) =>
    facts.cases.some((one) => one.interceptId === requestId && one.follows !== null),
  );
  const late = facts.books.carrier.filter(({ requestId, at }) =>
    facts.cases.some(({ interceptId, endedAt }) => interceptId === requestId && endedAt !== null && at > endedAt + 10 * MINUTE_MS),
  );
  return [
    ...late.map(({ requestId }) => wrong(requestId, 'the carrier was asked with the id of an attempt that is over')),
    ...strays.map(({ requestId }) => wrong(requestId, 'the carrier was asked with an id that is no attempt’s')),
    ...followers.map(({ requestId }) => wrong(requestId, 'a follower asked the carrier')),
    ...facts.cases
      .filter(
        (one) =>
          one.follows === null && one.endedAt !== null && !facts.books.carrier.some(({ requestId }) => requestId === one.interceptId),
      )
      .filter((one) => one.intercept === 'REQUESTED')
      .map((one) => wrong(one.interceptId, 'the carrier was never asked')),
  ];
}
