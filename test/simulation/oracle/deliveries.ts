import type { Facts, Violation } from './facts.ts';

/** At least once: whoever wants to be told has taken every event in the end. */
export function toldAtLeastOnce(facts: Facts): Violation[] {
  if (!facts.isTold) return [];
  return facts.told.flatMap(({ messageId, type }) =>
    facts.books.posts.some((post) => post.messageId === messageId && post.answer === 'TAKEN')
      ? []
      : [{ rule: 'told at least once', about: messageId, what: `${type} was never taken` }],
  );
}

/** However often an event is sent, it is the same message: one id and one content, and no other message has them. */
export function toldUnderOneId(facts: Facts): Violation[] {
  const wrong = (about: string, what: string): Violation => ({ rule: 'told under one id', about, what });
  const bodies = new Map<string, string>();
  const ids = new Map<string, string>();
  return facts.books.posts.flatMap(({ messageId, body }) => {
    const [known, other] = [bodies.get(messageId), ids.get(body)];
    bodies.set(messageId, body);
    ids.set(body, messageId);
    if (!facts.told.some((event) => event.messageId === messageId)) return [wrong(messageId, 'is the id of no event')];
    if (known !== undefined && known !== body) return [wrong(messageId, 'came with another content')];
    return other !== undefined && other !== messageId ? [wrong(messageId, `tells what ${other} told`)] : [];
  });
}

/** What the service has for delivered was taken, what was taken it has for delivered, and its runs are over. */
export function deliveriesEnd(facts: Facts): Violation[] {
  return facts.deliveries.flatMap(({ messageId, status, run }) => {
    const taken = facts.books.posts.some((post) => post.messageId === messageId && post.answer === 'TAKEN');
    if ((status === 'DELIVERED') !== taken)
      return [{ rule: 'I7 books agree', about: messageId, what: `${status}, ${taken ? '' : 'not '}taken` }];
    return run === null || run === 'COMPLETED' ? [] : [{ rule: 'I14 heals', about: messageId, what: `its run is ${run}` }];
  });
}
