import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import ipaddr from 'ipaddr.js';

/** Why an address may not be told anything. */
export type TargetRefusal =
  | 'NOT_A_URL'
  | 'NOT_HTTPS'
  | 'USER_INFO'
  | 'FRAGMENT'
  | 'PORT'
  | 'HOST_FORM'
  | 'NOT_PUBLIC'
  | 'NAME_NOT_FOUND'
  | 'NOT_A_ROBOT';

/** This address is never called (S17, S18). `reason` says which rule. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  readonly reason: TargetRefusal;
  constructor(reason: TargetRefusal, what: string) {
    super(`${what} is not called: ${reason}`);
    this.reason = reason;
  }
}

/** Where names lead: every address of a name. */
export type NameLookup = (hostname: string) => Promise<LookupAddress[]>;

export interface TargetRules {
  /** The embedded mode: plain HTTP and any port, on this machine's own loopback alone. */
  allowLoopback: boolean;
}

const MAX_URL = 2_000;
const HTTPS_PORT = '443';
/** Names of a network's inside: no certificate is issued for them, so nobody outside answers to them. */
const INSIDE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|onion)$/;
const NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * The URL of a target, if its form may be called: https on 443, no user info, no fragment, a public name or a public address
 * in its plain notation (not decimal, octal, hexadecimal or IPv4 in disguise). Throws `TargetRefused`. What a name leads to
 * is checked when it is looked up: `guardLookup`.
 */
export function readTarget(text: string, rules: TargetRules): URL {
  const url = text.length <= MAX_URL && /^[\x21-\x7e]+$/.test(text) && !text.includes('\\') ? URL.parse(text) : null;
  if (url === null) throw new TargetRefused('NOT_A_URL', 'the address');
  const what = url.host;
  if (url.username !== '' || url.password !== '') throw new TargetRefused('USER_INFO', what);
  if (text.includes('#')) throw new TargetRefused('FRAGMENT', what);
  const local = rules.allowLoopback && isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) throw new TargetRefused('NOT_HTTPS', what);
  // An address in another notation is read as the same address: whoever writes one hides something.
  const written = /^[a-z]+:\/\/([^/?#]*?)(:\d+)?([/?#]|$)/i.exec(text)?.[1]?.toLowerCase();
  if (isAddress(url.hostname) && written !== url.hostname) throw new TargetRefused('HOST_FORM', what);
  if (local) return url;
  if (url.port !== '' && url.port !== HTTPS_PORT) throw new TargetRefused('PORT', what);
  if (isAddress(url.hostname)) {
    if (!isPublicAddress(bare(url.hostname))) throw new TargetRefused('NOT_PUBLIC', what);
  } else if (INSIDE_NAME.test(url.hostname)) {
    throw new TargetRefused('NOT_PUBLIC', what);
  } else if (!NAME.test(url.hostname)) {
    throw new TargetRefused('HOST_FORM', what);
  }
  return url;
}

/** Whether an address is one of the public internet: neither this machine, nor a private, shared, special or translated one. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only what is assigned to the internet: the rest holds translations of IPv4 and things not yet thought of.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.parse('2000::'), 3);
}

function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'loopback';
}

/** A host that is this machine by its very form. */
function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || isLoopbackAddress(bare(hostname));
}

const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

function isAddress(hostname: string): boolean {
  return ipaddr.isValid(bare(hostname));
}

/** Every address of a name as the machine resolves it. */
export const lookupName: NameLookup = (hostname) => systemLookup(hostname, { all: true, order: 'verbatim' });

/**
 * The addresses of a name, if it may be called: all of them public (loopback, where the name is the machine's own). One that
 * is not makes the whole name suspect. Throws `TargetRefused`.
 */
export async function resolveTarget(hostname: string, rules: TargetRules, lookup: NameLookup): Promise<LookupAddress[]> {
  if (isAddress(hostname)) return [{ address: bare(hostname), family: hostname.includes(':') ? 6 : 4 }];
  let addresses: LookupAddress[];
  try {
    addresses = await lookup(hostname);
  } catch (error) {
    throw Object.assign(new TargetRefused('NAME_NOT_FOUND', hostname), { cause: error });
  }
  if (addresses.length === 0) throw new TargetRefused('NAME_NOT_FOUND', hostname);
  const local = rules.allowLoopback && isLoopbackHost(hostname);
  const mayBeCalled = ({ address }: LookupAddress) => (local ? isLoopbackAddress(address) : isPublicAddress(address));
  if (!addresses.every(mayBeCalled)) throw new TargetRefused('NOT_PUBLIC', hostname);
  return addresses;
}

/**
 * A lookup for the connection itself: it connects to the very addresses that were checked, so a name that leads elsewhere the
 * second time gains nothing (DNS rebinding, S18).
 */
export function guardLookup(rules: TargetRules, lookup: NameLookup): LookupFunction {
  const resolve = callbackify((hostname: string) => resolveTarget(hostname, rules, lookup));
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const family = options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : options.family;
      const usable = family === 4 || family === 6 ? addresses.filter((one) => one.family === family) : addresses;
      const [first] = usable;
      if (first === undefined) return callback(new TargetRefused('NAME_NOT_FOUND', hostname), '', 0);
      return options.all ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };
}
