import type { EpochMs } from '../../domain/time.ts';
import { SECOND_MS } from '../../domain/time.ts';
import type { ShopTokens } from '../port.ts';
import { parseExactJson } from './exact-json.ts';
import { exchange } from './exchange.ts';
import { integerOf, objectOf, textOf } from './fields.ts';
import type { KuaishouSettings } from './settings.ts';

/** `REFUSED`: this refresh token will never work. `UNKNOWN`: no readable answer; asking again may help. */
export type Renewal =
  | { kind: 'RENEWED'; tokens: ShopTokens }
  | { kind: 'REFUSED'; code: string; message: string }
  | { kind: 'UNKNOWN'; reason: string };

/** The refresh token itself is wrong: used before, revoked, expired, or the merchant took the authorisation back. */
const LOST_CODES = new Set(['100200102', '100200105', '100200106', '100200109', '100200110', '100200111', '100200113']);

/**
 * Exchanges a refresh token for a new pair at `/oauth2/refresh_token` (《APP授权说明》): the old refresh token is void from
 * then on, and the new one ends when the old one would have (180 days after the merchant's authorisation). Never throws.
 */
export async function askNewTokens(
  settings: KuaishouSettings,
  present: ShopTokens & { refreshToken: string },
  now: EpochMs,
  timeoutMs: number,
): Promise<Renewal> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: present.refreshToken,
    app_id: settings.KUAISHOU_APP_KEY,
    app_secret: settings.KUAISHOU_APP_SECRET,
  });
  const url = `${settings.KUAISHOU_URL.replace(/\/+$/, '')}/oauth2/refresh_token`;
  const answer = await exchange({ method: 'POST', url, form, timeoutMs });
  if (answer.kind === 'FAILURE') return { kind: 'UNKNOWN', reason: answer.reason };
  return readRenewal(answer.text, present, now) ?? { kind: 'UNKNOWN', reason: `the answer could not be read (HTTP ${answer.status})` };
}

function readRenewal(text: string, present: ShopTokens, now: EpochMs): Renewal | null {
  let body: Record<string, unknown>;
  try {
    body = objectOf(parseExactJson(text));
  } catch {
    return null;
  }
  const result = textOf(body.result);
  if (result === null) return null;
  if (result !== '1') {
    const message = [textOf(body.error), textOf(body.error_msg)].filter((part) => part !== null).join(' ');
    return LOST_CODES.has(result) ? { kind: 'REFUSED', code: result, message } : { kind: 'UNKNOWN', reason: `${result} ${message}` };
  }
  const accessToken = textOf(body.access_token);
  const refreshToken = textOf(body.refresh_token);
  if (accessToken === null || refreshToken === null) return null;
  const endsAt = (seconds: number | null): EpochMs | null => (seconds !== null && seconds > 0 ? now + seconds * SECOND_MS : null);
  const ends = [endsAt(integerOf(body.refresh_token_expires_in)), present.refreshExpiresAt].filter((at) => at !== null);
  const tokens: ShopTokens = {
    accessToken,
    refreshToken,
    accessIssuedAt: now,
    accessExpiresAt: endsAt(integerOf(body.expires_in)),
    refreshExpiresAt: ends.length === 0 ? null : Math.min(...ends),
  };
  return { kind: 'RENEWED', tokens };
}
