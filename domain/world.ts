import type { CarrierCode } from './carrier.ts';

/** Which carriers and platform a shop deals with: the real ones, or simulators of them. */
export type World = 'REAL' | 'SANDBOX';
export const WORLDS: readonly World[] = ['REAL', 'SANDBOX'];

const SANDBOX_PREFIX = 'SANDBOX_';
/** The sandbox's refunds are numbered from here on; ids are int64, and the real platform's numbers are far below. */
const SANDBOX_REFUND = /^9\d{18}$/;

/**
 * A carrier of a world as the service names it everywhere inside. A sandbox's 中通 is a carrier of its own (`SANDBOX_ZTO`): whatever
 * goes by carrier, or by carrier and waybill (queues, scans, evidence, parcels, locks), keeps the worlds apart by that alone.
 */
export function carrierOf(world: World, code: CarrierCode): CarrierCode {
  return world === 'SANDBOX' ? `${SANDBOX_PREFIX}${code}` : code;
}

/** The world of a carrier named so. */
export function worldOfCarrier(carrier: CarrierCode): World {
  return carrier.startsWith(SANDBOX_PREFIX) ? 'SANDBOX' : 'REAL';
}

/** The carrier's code as shops know it, the same in every world. */
export function codeOf(carrier: CarrierCode): CarrierCode {
  return worldOfCarrier(carrier) === 'SANDBOX' ? carrier.slice(SANDBOX_PREFIX.length) : carrier;
}

/** The world that a refund of this number is of: numbers tell the worlds apart where nothing else names the shop. */
export function worldOfRefund(refundId: string): World {
  return SANDBOX_REFUND.test(refundId) ? 'SANDBOX' : 'REAL';
}

/** What a shop of that world sent, its carriers named as the service names them. */
export function asMeant<T>(world: World, sent: T): T {
  const named = (key: string | null, text: string): string => (key === 'carrier' || key === 'carriers' ? carrierOf(world, text) : text);
  return world === 'REAL' ? sent : mapTexts(sent, named);
}

/** What a shop is told, its carriers named as shops know them. */
export function asTold<T>(told: T): T {
  return mapTexts(told, (_key, text) => (/^SANDBOX_[A-Z0-9]+$/.test(text) ? codeOf(text) : text));
}

/** The same value with every text in it replaced; `key` is that of the member it is, or of the list it is in. */
function mapTexts<T>(value: T, replace: (key: string | null, text: string) => string, key: string | null = null): T {
  if (typeof value === 'string') return replace(key, value) as T;
  if (Array.isArray(value)) return value.map((part: unknown) => mapTexts(part, replace, key)) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, mapTexts(part as unknown, replace, name)])) as T;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
