import type { Facts } from './oracle/facts.ts';

/** How many worlds or cases saw what: a simulation that never comes somewhere proves nothing about it. */
export type Seen = Record<'ends' | 'returns' | 'causes' | 'notices' | 'answers' | 'calls' | 'worlds', Record<string, number>>;

export function newSeen(): Seen {
  return { ends: {}, returns: {}, causes: {}, notices: {}, answers: {}, calls: {}, worlds: {} };
}

export function addUp(into: Seen, other: Seen): void {
  for (const [group, counts] of Object.entries(other) as [keyof Seen, Record<string, number>][]) {
    for (const [name, count] of Object.entries(counts)) into[group][name] = (into[group][name] ?? 0) + count;
  }
}

/** Adds what a world came to. */
export function see(seen: Seen, { cases, books, noticed, inbox }: Facts): void {
  const add = (group: keyof Seen, name: string) => {
    seen[group][name] = (seen[group][name] ?? 0) + 1;
  };
  for (const one of cases) {
    add('ends', `${one.intercept} ${one.refund}`);
    add('causes', one.cause ?? 'none');
    add('returns', one.returned ?? 'none');
    if (one.damaged) add('returns', 'DAMAGED');
    if (one.follows !== null) add('worlds', 'a follower');
    if (one.attempt > 1) add('worlds', 'a second attempt');
    if (one.intercept === 'REQUESTED') add('worlds', 'no answer of the carrier to the end');
  }
  for (const { code } of noticed) add('notices', code);
  for (const { act, answer } of books.merchant) add('answers', `${act} ${answer}`);
  for (const { call, outcome, applied, answeredAt } of books.calls) {
    if (call !== 'READ') add('calls', `${call} ${outcome}${applied && answeredAt === null ? ', answer lost' : ''}`);
  }
  for (const what of new Set(books.troubles.map((trouble) => trouble.what))) add('worlds', `trouble ${what}`);
  for (const reason of new Set(inbox.map(({ status, reason }) => reason ?? status))) add('worlds', `inbox ${reason}`);
  const diedPaying = books.calls.some(
    ({ call, at, answeredAt }) =>
      call === 'APPROVE' &&
      answeredAt === null &&
      books.troubles.some(({ what, from }) => what === 'WORKER' && from >= at - 100 && from <= at + 100),
  );
  if (diedPaying) add('worlds', 'the worker died over a payment call');
}
