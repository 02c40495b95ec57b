import type { InterceptsQuery } from '../../api/types.ts';
import { shanghaiInstant } from '../../ui/format.ts';

/** What a list is narrowed to, as the address holds it: words of the contract, dates `YYYY-MM-DD` of Shanghai. */
export interface CaseFilters {
  interceptStatus?: NonNullable<InterceptsQuery['interceptStatus']>;
  refundStatus?: NonNullable<InterceptsQuery['refundStatus']>;
  returnStatus?: NonNullable<InterceptsQuery['returnStatus']>;
  carrier?: NonNullable<InterceptsQuery['carrier']>;
  outletCode?: string;
  waybillNo?: string;
  refundId?: string;
  orderId?: string;
  /** First and last day, both included. */
  initiatedFrom?: string;
  initiatedTo?: string;
  updatedFrom?: string;
  /** Wall time `YYYY-MM-DD HH:mm:ss`. */
  autoRefundBefore?: string;
}

const WORDS = {
  interceptStatus: ['REQUESTED', 'INTERCEPTING', 'SUCCEEDED', 'FAILED', 'REJECTED_BY_CARRIER'],
  refundStatus: ['OPEN', 'REFUNDING', 'REFUNDED', 'REJECTED', 'UNDER_ARBITRATION', 'CLOSED', 'RELEASED'],
  returnStatus: ['WAITING_RETURN', 'RETURNING', 'RETURN_SIGNED', 'RETURN_FAILED'],
  carrier: ['ZTO', 'YTO', 'STO', 'JT', 'JD'],
} as const satisfies Partial<Record<keyof CaseFilters, readonly string[]>>;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const GRAMMAR = {
  outletCode: /^[A-Za-z0-9_-]{1,40}$/,
  waybillNo: /^[A-Za-z0-9]{6,40}$/,
  refundId: /^\d{1,19}$/,
  orderId: /^\d{1,19}$/,
  initiatedFrom: DATE,
  initiatedTo: DATE,
  updatedFrom: DATE,
  autoRefundBefore: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/,
} as const satisfies Partial<Record<keyof CaseFilters, RegExp>>;

/** Whether a word is a date or wall time that exists. */
function exists(name: string, value: string): boolean {
  const grammar = (GRAMMAR as Record<string, RegExp | undefined>)[name];
  if (grammar !== DATE && name !== 'autoRefundBefore') return true;
  return !Number.isNaN(Date.parse(`${value.slice(0, 10)}T${value.slice(11) || '00:00:00'}+08:00`));
}

/** The filters an address names; what the API would not take is left out. */
export function readFilters(search: string): CaseFilters {
  const params = new URLSearchParams(search);
  const entries: [string, string][] = [];
  for (const [name, words] of Object.entries(WORDS)) {
    const value = params.get(name);
    if (value !== null && (words as readonly string[]).includes(value)) entries.push([name, value]);
  }
  for (const [name, grammar] of Object.entries(GRAMMAR)) {
    const value = params.get(name);
    if (value !== null && grammar.test(value) && exists(name, value)) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

/** The address' query of filters; other parameters of the address are kept. */
export function writeFilters(filters: CaseFilters, search = ''): string {
  const params = new URLSearchParams(search);
  for (const name of [...Object.keys(WORDS), ...Object.keys(GRAMMAR)]) {
    const value = filters[name as keyof CaseFilters];
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, value);
  }
  return params.toString();
}

const DAY_MS = 86_400_000;

/** What the API is asked for these filters: days become instants, the last day counts whole. */
export function toQuery(filters: CaseFilters): InterceptsQuery {
  const { initiatedFrom, initiatedTo, updatedFrom, autoRefundBefore, ...same } = filters;
  const query: InterceptsQuery = { ...same };
  if (initiatedFrom) query.initiatedFrom = shanghaiInstant(initiatedFrom);
  if (initiatedTo) query.initiatedTo = new Date(Date.parse(shanghaiInstant(initiatedTo)) + DAY_MS).toISOString();
  if (updatedFrom) query.updatedFrom = shanghaiInstant(updatedFrom);
  if (autoRefundBefore) query.autoRefundBefore = shanghaiInstant(autoRefundBefore);
  return query;
}
