import type { Counters } from '../../api/console-api.ts';
import type { ActionName, Intercept, InterceptsQuery } from '../../api/types.ts';

/** The lists of the work bench: the platform's open requests, and what intercepts need. */
export const TABS = ['open', 'toHandle', 'due', 'intercepting', 'failed', 'rejectable', 'returnTrouble', 'all'] as const;
export type Tab = (typeof TABS)[number];

const DAY_MS = 86_400_000;

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

/** What the API is asked for a tab; `serverMs` is the server's time, full minutes are enough. */
export function questionOf(tab: Tab, serverMs: number): InterceptsQuery {
  switch (tab) {
    case 'due':
      return { refundStatus: 'OPEN', autoRefundBefore: new Date(Math.ceil((serverMs + DAY_MS) / 60_000) * 60_000).toISOString() };
    case 'intercepting':
      return { interceptStatus: 'INTERCEPTING' };
    case 'failed':
      return { interceptStatus: 'FAILED', refundStatus: 'OPEN' };
    case 'toHandle':
    case 'rejectable':
      return { refundStatus: 'OPEN' };
    case 'returnTrouble':
      return { returnStatus: 'RETURN_FAILED' };
    case 'open':
    case 'all':
      return {};
  }
}

const may = (intercept: Pick<Intercept, 'allowedActions'>, wanted: ActionName): boolean =>
  intercept.allowedActions.some(({ action, allowed }) => action === wanted && allowed);

/** What of a list of the API belongs to a tab: only the API's own word says what may be done. */
export function belongsTo(tab: Tab, intercept: Pick<Intercept, 'allowedActions' | 'automaticRefund'>): boolean {
  switch (tab) {
    case 'toHandle':
      return may(intercept, 'REJECT_REFUND') || (may(intercept, 'APPROVE_REFUND') && intercept.automaticRefund === 'DISARMED');
    case 'rejectable':
      return may(intercept, 'REJECT_REFUND');
    case 'due':
      return intercept.automaticRefund === 'ARMED';
    case 'open':
    case 'intercepting':
    case 'failed':
    case 'returnTrouble':
    case 'all':
      return true;
  }
}
