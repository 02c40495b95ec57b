import type { Counters } from '../../api/console-api.ts';
import type { InterceptsQuery } from '../../api/types.ts';

/** The lists of the work bench: the platform's open requests, and what intercepts need. */
export const TABS = ['open', 'toHandle', 'due', 'intercepting', 'failed', 'rejectable', 'returnTrouble', 'all'] as const;
export type Tab = (typeof TABS)[number];

interface Work {
  list: NonNullable<InterceptsQuery['workList']>;
  /** How many there are in it. */
  counter: keyof Counters;
}

/** What the service lists and counts behind a tab; the others are not counted. */
export const WORK: Partial<Record<Tab, Work>> = {
  toHandle: { list: 'TO_HANDLE', counter: 'toHandle' },
  due: { list: 'DUE_WITHIN_24H', counter: 'dueWithin24h' },
  intercepting: { list: 'INTERCEPTING', counter: 'intercepting' },
  failed: { list: 'FAILED_TO_HANDLE', counter: 'failedToHandle' },
  rejectable: { list: 'REJECTABLE', counter: 'rejectable' },
  returnTrouble: { list: 'RETURN_TROUBLE', counter: 'returnTrouble' },
};

/** The tab an address names; anything else is the list of open requests. */
export function readTab(search: string): Tab {
  const named = new URLSearchParams(search).get('tab');
  return TABS.find((tab) => tab === named) ?? 'open';
}
