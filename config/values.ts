import { isIP } from 'node:net';
import { readBlockedCategories } from '../domain/eligibility/category.ts';
import { DAY_MS, parseDuration } from '../domain/time.ts';
import { readPayloadKeys } from '../sealing/payload-keys.ts';
import type { VariableKind, VariableNotes } from './notes.ts';
import { LOG_LEVELS } from './variables.ts';

/** What the text of a variable becomes. */
export type VariableValue = string | number | string[];

/** Longer than any watch; a timer of centuries is a slip of the pen. */
const LONGEST_DURATION_MS = 365 * DAY_MS;

type Reader = (text: string, notes: VariableNotes, mode: { embedded: boolean }) => VariableValue;

const READERS: Record<VariableKind, Reader> = {
  text: readText,
  number: readNumber,
  duration: readDuration,
  level: readLevel,
  list: readList,
  networks: readNetworks,
  url: readGatewayUrl,
  link: readLink,
  smtp: readSmtpUrl,
  postgres: readPostgresUrl,
  keys32: readKeys,
  payloadKeys: readRing,
  webhookSecret: readWebhookSecret,
  bearer: readBearer,
};

/** The value of a variable's text, or an error that says what is wrong and what to write; a secret's text is never in it. */
export function readVariable(text: string, notes: VariableNotes, mode: { embedded: boolean }): VariableValue {
  return READERS[notes.kind](text, notes, mode);
}

function readText(text: string, notes: VariableNotes): string {
  // None belongs into a header or a signed text, and a line end comes along easily.
  if (/\p{Cc}/u.test(text) || text !== text.trim())
    throw new Error('has blanks around it or a control character in it: write it on one line without them');
  if (notes.pattern !== undefined && !new RegExp(notes.pattern).test(text))
    throw new Error(`does not have the form it should: ${notes.description}`);
  return text;
}

function readNumber(text: string, notes: VariableNotes): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = notes;
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < minimum || value > maximum) {
    throw new Error(`"${text}" is not a whole number from ${minimum} to ${maximum}`);
  }
  return value;
}

function readDuration(text: string, notes: VariableNotes): number {
  const value = parseDuration(text);
  const longest = notes.maximum ?? LONGEST_DURATION_MS;
  if (value <= 0) throw new Error(`"${text}" is no time at all: write a duration above zero, such as ${notes.default ?? '72h'}`);
  if (value < (notes.minimum ?? 0))
    throw new Error(`"${text}" is shorter than ${(notes.minimum ?? 0) / 1_000} s, the least that is safe here`);
  if (value > longest) throw new Error(`"${text}" is longer than ${longest / 1_000} s, the most that makes sense here`);
  return value;
}

function readLevel(text: string): string {
  if (!(LOG_LEVELS as readonly string[]).includes(text)) throw new Error(`"${text}" is not a level: write one of ${LOG_LEVELS.join(', ')}`);
  return text;
}

function readList(text: string): string[] {
  const entries = readBlockedCategories(text);
  if (entries.length === 0) throw new Error(`"${text}" names nothing: write entries separated by commas, or leave it unset`);
  return entries;
}

/** Addresses and networks; one that is everybody would believe everybody. */
function readNetworks(text: string): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    const [, address = '', prefix] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(entry) ?? [];
    const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    const width = prefix === undefined ? bits : Number(prefix);
    if (bits === 0 || width < 1 || width > bits)
      throw new Error(`"${entry}" is no address or network of proxies: write such as 10.0.0.5 or 10.1.0.0/16, separated by commas`);
  }
  return entries;
}

function readGatewayUrl(text: string, _notes: VariableNotes, mode: { embedded: boolean }): string {
  const url = parseUrl(text, mode.embedded ? ['http:', 'https:'] : ['https:']);
  if (url.username || url.password) throw new Error('has a user or password in it: the gateways take none, leave them out');
  if (!mode.embedded && isLoopbackUrl(text)) throw new Error(`${url.hostname} is this machine: write the gateway's public address`);
  return text;
}

function readLink(text: string): string {
  parseUrl(text, ['http:', 'https:']);
  return text;
}

function readSmtpUrl(text: string): string {
  // As of PostgreSQL's: a password is not repeated.
  const url = URL.parse(text);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || !['', '/'].includes(url.pathname) || url.search)
    throw new Error('not an SMTP URL: write smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS');
  return text;
}

function readPostgresUrl(text: string): string {
  // Its text may hold a password, so it is not repeated.
  const url = URL.parse(text);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    throw new Error('not a PostgreSQL URL: write postgres://user:password@host:port/database');
  }
  return text;
}

function readKeys(text: string): string {
  for (const key of text.split(',')) {
    const bytes = Buffer.from(key, 'base64');
    if (bytes.length !== 32 || bytes.toString('base64') !== key)
      throw new Error('not 32 bytes in Base64: make one with "openssl rand -base64 32", and write former ones after a comma');
  }
  return text;
}

function readRing(text: string): string {
  readPayloadKeys(text);
  return text;
}

/** The secrets in a variable's text: the keys of a ring one by one. */
export function secretsIn(text: string, { kind }: VariableNotes): string[] {
  if (kind === 'payloadKeys') return text.split(',').map((entry) => entry.slice(entry.indexOf(':') + 1));
  return kind === 'keys32' ? text.split(',') : [text];
}

/** As strict as the signature's check, and more talkative: what is taken here works there. */
function readWebhookSecret(text: string): string {
  const fault = secretFault(text);
  if (fault === null) return text;
  throw new Error(
    `not a Standard Webhooks secret: ${fault}; write whsec_ and 24 to 64 bytes in Base64, such as whsec_$(openssl rand -base64 32)`,
  );
}

function secretFault(text: string): string | null {
  if (!text.startsWith('whsec_')) return 'it does not begin with whsec_';
  const body = text.slice('whsec_'.length);
  const bytes = Buffer.from(body, 'base64');
  const canonical = bytes.toString('base64');
  if (canonical !== body && canonical.replace(/=+$/, '') === body.replace(/=+$/, '')) {
    return `its Base64 must end in ${canonical.length - canonical.replace(/=+$/, '').length || 'no'} "="`;
  }
  if (canonical !== body) return 'what follows whsec_ is not Base64';
  return bytes.length < 24 || bytes.length > 64 ? `its Base64 holds ${bytes.length} bytes` : null;
}

function readBearer(text: string): string {
  if (!/^[A-Za-z0-9._~+/-]{8,255}$/.test(text))
    throw new Error('not usable as a key: write 8 to 255 letters, digits or any of . _ ~ + / -');
  return text;
}

function parseUrl(text: string, protocols: string[]): URL {
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol) || text !== text.trim()) {
    throw new Error(`"${text}" is not a URL that may be used here: write ${protocols.map((protocol) => `${protocol}//…`).join(' or ')}`);
  }
  return url;
}

/** Whether a URL points at this very machine. */
export function isLoopbackUrl(text: string): boolean {
  const host = (URL.parse(text)?.hostname ?? '').replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return isIP(host) === 4 ? host.startsWith('127.') || host === '0.0.0.0' : host === '::1' || host === '::';
}
