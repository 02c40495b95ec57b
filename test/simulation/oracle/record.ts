import { callsOf, type CaseFacts, DUE_MS, type Facts, isSuccess, momentAt, UNLOCK_MS, type Violation, wordsOf } from './facts.ts';

const HOUR_MS = 3_600_000;

/** I14: when everything is over every case has ended, and its run with it. */
export function everyCaseEnds(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const wrong = (what: string): Violation[] => [{ rule: 'I14 heals', about: one.interceptId, what }];
    if (one.phase !== 'ENDED') return wrong(`never ends: ${one.phase} ${one.intercept} ${one.refund}`);
    return one.run === 'COMPLETED' ? [] : wrong(`ended, but its run is ${one.run}`);
  });
}

/** The record at the end says what the platform's does. */
export function recordTellsTheTruth(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    if (one.endedAt === null) return [];
    const wrong = (what: string): Violation[] => [{ rule: 'I7 books agree', about: one.interceptId, what }];
    const atEnd = momentAt(facts, one.refundId, one.endedAt);
    if (one.refund === 'REFUNDED' && atEnd?.status !== 60) return wrong(`REFUNDED, the platform says ${atEnd?.status}`);
    const before = momentAt(facts, one.refundId, one.endedAt - 26 * HOUR_MS);
    if (before === null || one.refund === 'RELEASED') return [];
    if (before.status === 60 && one.refund !== 'REFUNDED') return wrong(`the platform has paid, the record says ${one.refund}`);
    if (before.status === 70 && !['CLOSED', 'REJECTED'].includes(one.refund))
      return wrong(`the platform has closed it, the record says ${one.refund}`);
    return [];
  });
}

/** I6: why a refund was paid is said truly. */
export function causeIsTrue(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    if (one.refund !== 'REFUNDED' || one.endedAt === null) return [];
    const wrong = (what: string): Violation[] => [{ rule: 'I6 caused', about: one.interceptId, what: `${one.cause}: ${what}` }];
    const payment = facts.books.payments.findLast(({ refundId, failedAt }) => refundId === one.refundId && failedAt === null);
    if (payment === undefined) return wrong('nothing was paid');
    switch (one.cause) {
      case 'MANUAL_APPROVAL':
        return said(facts, one, 'APPROVE', payment.at) ? [] : wrong('no merchant approved it');
      case 'INTERCEPT_SUCCEEDED':
        return wordsOf(facts, one).some((word) => isSuccess(word) && word.arrivedAt <= payment.at)
          ? []
          : wrong('the parcel had not come back');
      case 'DEADLINE_PASSED':
        return payment.at >= one.initiatedAt + DUE_MS ? [] : wrong('it was not due');
      case 'ARBITRATION':
        return payment.by === 'VERDICT' || wasArbitrated(facts, one, payment.at) ? [] : wrong(`paid by ${payment.by}`);
      case 'SETTLED_ELSEWHERE':
        return payment.by === 'SERVICE' && !isForgotten(facts, one) ? wrong('this service paid it') : [];
      default:
        return wrong('no cause');
    }
  });
}

/** What came after a verdict in one breath looks like the verdict: the service saw arbitration, then money. */
function wasArbitrated({ books }: Facts, { refundId }: CaseFacts, at: number): boolean {
  return (books.refunds.get(refundId) ?? []).some(
    (moment, n, all) => moment.status === 20 && (all[n + 1]?.at ?? at) > at - 13 * HOUR_MS && moment.at <= at,
  );
}

function said({ books }: Facts, { refundId }: CaseFacts, act: string, until: number): boolean {
  return books.merchant.some((one) => one.refundId === refundId && one.act === act && one.at <= until);
}

/** The call could not be noted in the database, and what the worker told Temporal of it is gone: nobody remembers it. */
function isForgotten(facts: Facts, one: CaseFacts): boolean {
  const out = (part: string, at: number) =>
    facts.books.troubles.some(({ what, from, to }) => what === part && from <= at + 30_000 && to >= at - 1_000);
  return callsOf(facts, one.refundId, 'APPROVE').some(
    ({ sentAt }) => out('DATABASE', sentAt) && (out('WORKER', sentAt) || out('TEMPORAL', sentAt)),
  );
}

const INTERCEPT_EDGES = [
  'REQUESTED>INTERCEPTING',
  'REQUESTED>REJECTED_BY_CARRIER',
  'REQUESTED>SUCCEEDED',
  'REQUESTED>FAILED',
  'INTERCEPTING>SUCCEEDED',
  'INTERCEPTING>FAILED',
  'FAILED>SUCCEEDED',
  // Seen failing before any answer; then the carrier said no, and no window was ever opened.
  'FAILED>REJECTED_BY_CARRIER',
];
const REFUND_EDGES = [
  'OPEN>REFUNDING',
  'OPEN>REFUNDED',
  'OPEN>REJECTED',
  'OPEN>UNDER_ARBITRATION',
  'OPEN>CLOSED',
  'OPEN>RELEASED',
  'REFUNDING>REFUNDED',
  'REFUNDING>OPEN',
  'REFUNDING>REJECTED',
  'REFUNDING>CLOSED',
  'REFUNDING>UNDER_ARBITRATION',
  'REFUNDING>RELEASED',
  'UNDER_ARBITRATION>REFUNDED',
  'UNDER_ARBITRATION>REFUNDING',
  'UNDER_ARBITRATION>CLOSED',
  'UNDER_ARBITRATION>OPEN',
  'UNDER_ARBITRATION>REJECTED',
  'UNDER_ARBITRATION>RELEASED',
  'REJECTED>REFUNDING',
  'REJECTED>REFUNDED',
  'REJECTED>UNDER_ARBITRATION',
  'REJECTED>OPEN',
];

/** I9: a case moves along the edges there are, and late news never turns it back. */
export function onlyForward(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) =>
    one.steps.flatMap((step, n) => {
      const before = one.steps[n - 1];
      if (before === undefined) return [];
      const wrong: Violation[] = [];
      const edge = (from: string, to: string, known: readonly string[]) => {
        if (from !== to && !known.includes(`${from}>${to}`))
          wrong.push({ rule: 'I9 monotone', about: one.interceptId, what: `${from} became ${to}` });
      };
      edge(before.intercept, step.intercept, INTERCEPT_EDGES);
      edge(before.refund, step.refund, REFUND_EDGES);
      return wrong;
    }),
  );
}

/** I11: every version of a case was written, none twice with other content. */
export function nothingUnwritten(facts: Facts): Violation[] {
  return facts.cases.flatMap(({ interceptId, steps }) => {
    const missing = steps.map(({ version }) => version).filter((version, n) => version !== n + 1);
    return missing.length > 0 ? [{ rule: 'I11 audit complete', about: interceptId, what: `versions ${missing.join()} out of place` }] : [];
  });
}

const TAKEN = ['200', '202'];

/** I11: what a merchant ordered, and was told is taken, stands in the case's log. */
export function ordersAreLogged(facts: Facts): Violation[] {
  return facts.books.merchant.flatMap(({ act, interceptId, answer }) => {
    if (act === 'CREATE' || !TAKEN.includes(answer) || interceptId === null) return [];
    const taken = facts.books.merchant.filter(
      (one) => one.interceptId === interceptId && one.act === act && TAKEN.includes(one.answer),
    ).length;
    const lines = facts.log.filter((line) => line.interceptId === interceptId && line.what === `${act}_ASKED`).length;
    // Parallel orders of one version are one order.
    return lines > 0 || taken === 0 ? [] : [{ rule: 'I11 audit complete', about: interceptId, what: `the log knows of no ${act}` }];
  });
}

/** I11: each turn of the record has its line. */
export function turnsAreLogged(facts: Facts): Violation[] {
  return facts.cases.flatMap(({ interceptId, steps }) => {
    const count = (what: string) => facts.log.filter((line) => line.interceptId === interceptId && line.what === what).length;
    const reached = (refund: string) => steps.filter((step, n) => step.refund === refund && steps[n - 1]?.refund !== refund).length;
    const states = ['REFUNDING', 'REFUNDED', 'REJECTED', 'CLOSED', 'UNDER_ARBITRATION', 'RELEASED'];
    return states
      .filter((state) => count(`REFUND_${state}`) < reached(state))
      .map((state) => ({
        rule: 'I11 audit complete',
        about: interceptId,
        what: `became ${state} ${reached(state)} times, logged ${count(`REFUND_${state}`)} times`,
      }));
  });
}

/** Q31: one parcel, one fee: the leader's, on success, as agreed. */
export function feesAreRight(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const lines = facts.fees.filter(({ interceptId }) => interceptId === one.interceptId);
    const wanted = one.intercept === 'SUCCEEDED' && one.follows === null ? 1 : 0;
    const wrong = (what: string): Violation[] => [{ rule: 'I13 settlement', about: one.interceptId, what }];
    if (lines.length !== wanted) return wrong(`${lines.length} fee lines, ${wanted} due`);
    return lines.some(({ amountFen }) => amountFen !== facts.feeFen) ? wrong('another fee than agreed') : [];
  });
}

const ONCE = [
  'intercept.requested',
  'intercept.accepted',
  'intercept.refused',
  'intercept.succeeded',
  'intercept.failed',
  'refund.reject_unlocked',
  'refund.refunded',
];

/** The shop's systems are told of each turn once, and of none that was not. */
export function toldTruly(facts: Facts): Violation[] {
  return facts.cases.flatMap((one) => {
    const told = facts.told.filter(({ interceptId }) => interceptId === one.interceptId);
    const count = (type: string) => told.filter((event) => event.type === type).length;
    const wrong: Violation[] = [];
    const say = (what: string) => wrong.push({ rule: 'told truly', about: one.interceptId, what });
    for (const type of ONCE) if (count(type) > 1) say(`${type} told ${count(type)} times`);
    if ((one.intercept === 'SUCCEEDED') !== (count('intercept.succeeded') === 1))
      say(`${one.intercept}, intercept.succeeded told ${count('intercept.succeeded')} times`);
    if ((one.refund === 'REFUNDED') !== (count('refund.refunded') === 1))
      say(`${one.refund}, refund.refunded told ${count('refund.refunded')} times`);
    const unlocked = told.find(({ type }) => type === 'refund.reject_unlocked');
    if (unlocked !== undefined && unlocked.at < one.initiatedAt + UNLOCK_MS) say('unlock told before the 72nd hour');
    return wrong;
  });
}

/** I8: what was acknowledged is stored, and everything stored came to an end that says why. */
export function ackedIsKept(facts: Facts): Violation[] {
  const lost = facts.books.words.filter(
    ({ ackedAt, waybillNo, word, occurredAt }) => ackedAt !== null && !facts.stored.has(`${waybillNo} ${word} ${occurredAt}`),
  );
  const open = facts.inbox.filter(
    ({ status, reason }) => status === 'PENDING' || (status === 'QUARANTINED' && reason !== 'UNKNOWN_WAYBILL'),
  );
  return [
    ...lost.map(({ waybillNo, word }) => ({ rule: 'I8 acked is kept', about: waybillNo, what: `${word} was acknowledged and is nowhere` })),
    ...open.map(({ eventKey, status, reason }) => ({ rule: 'I8 acked is kept', about: eventKey, what: `stays ${status} ${reason ?? ''}` })),
  ];
}

/** What no rule has to name: replays that diverge, tasks that fail, promises nobody waited for. */
export function noDefects({ defects }: Facts): Violation[] {
  return defects.map((what) => ({ rule: 'I16 replays', about: 'the code', what }));
}
