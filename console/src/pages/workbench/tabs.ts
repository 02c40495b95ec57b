import type { Counters } from '../../api/console-api.ts';
import type { InterceptsQuery } from '../../api/types.ts';

/** The lists of the work bench: the platform's open requests, and what intercepts need. */
export const TABS = ['open', 'toHandle', 'due', 'intercepting', 'failed', 'rejectable', 'returnTrouble', 'all'] as const;
export type Tab = (typeof TABS)[number];

/** The service's list of work behind a tab. */
export const WORK_LIST: Partial<Record<Tab, InterceptsQuery['workList']>> = {
  toHandle: 'TO_HANDLE',
  due: 'DUE_WITHIN_24H',
  intercepting: 'INTERCEPTING',
  failed: 'FAILED_TO_HANDLE',
  rejectable: 'REJECTABLE',
  returnTrouble: 'RETURN_TROUBLE',
};

/** The tab an address names; anything else is the list of open requests. */
export function readTab(search: string): Tab {
  const named = new URLSearchParams(search).get('tab');
  return TABS.find((tab) => tab === named) ?? 'open';
}

/** The counter of a tab, null where nothing is counted. */
export function counterOf(tab: Tab): keyof Counters | null {
  switch (tab) {
    case 'toHandle':
      return 'toHandle';
    case 'due':
      return 'dueWithin24h';
    case 'intercepting':
      return 'intercepting';
    case 'failed':
      return 'failedToHandle';
    case 'rejectable':
      return 'rejectable';
    case 'returnTrouble':
      return 'returnTrouble';
    case 'open':
    case 'all':
      return null;
  }
}
