import type { EpochMs } from '../../domain/time.ts';
import { type PlatformAnswer, PlatformUnavailable } from '../port.ts';
import { type Answer, readAnswer } from './answer.ts';
import { exchange } from './exchange.ts';
import type { KuaishouSettings } from './settings.ts';
import { signParameters } from './signature.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** What a read came back with: data, or a refusal that is about the thing asked for. */
export type Reading = { kind: 'OK'; data: unknown } | { kind: 'REFUSED'; code: string; message: string };

/** Signed calls in a shop's name. */
export interface Gateway {
  /** GET with everything in the query. Throws `PlatformUnavailable` when there is no answer. */
  read(shopId: string, method: string, param: object): Promise<Reading>;
  /** POST with everything in a form. Never throws for the platform's faults. */
  write(shopId: string, method: string, param: object): Promise<PlatformAnswer>;
}

export interface GatewayParts {
  settings: KuaishouSettings;
  tokens: TokenKeeper;
  clock: () => EpochMs;
  timeoutMs: number;
}

/** The refund changed since it was read (300014), or its negotiation did (300016, 300017): read it again. */
const STALE_CODES = new Set(['300014', '300016', '300017']);
/** The buyer took the request back. */
const WITHDRAWN_CODE = '300013';

export function openGateway(parts: GatewayParts): Gateway {
  return {
    async read(shopId, method, param) {
      const answer = await callWithRenewal(parts, 'GET', shopId, method, param);
      if (answer.kind === 'OK' || answer.kind === 'REFUSED') return answer;
      const unauthorised = answer.kind === 'TOKEN' || (answer.kind === 'UNKNOWN' && answer.unauthorised === true);
      throw new PlatformUnavailable(`Kuaishou ${method} for shop ${shopId}: ${whyNot(answer)}`, {
        why: unauthorised ? 'UNAUTHORISED' : 'SILENT',
      });
    },
    async write(shopId, method, param) {
      let answer: Answer;
      try {
        answer = await callWithRenewal(parts, 'POST', shopId, method, param);
      } catch (error) {
        if (error instanceof PlatformUnavailable) return { kind: 'UNKNOWN', sent: false, reason: error.message };
        throw error;
      }
      return judgeWrite(answer);
    },
  };
}

/** One call; after a token error the token is renewed once and the call repeated once. Throws only when there is no token. */
async function callWithRenewal(parts: GatewayParts, verb: 'GET' | 'POST', shopId: string, method: string, param: object): Promise<Answer> {
  const tokens = await parts.tokens.current(shopId);
  const answer = await callOnce(parts, verb, tokens.accessToken, method, param);
  if (answer.kind !== 'TOKEN') return answer;
  const renewed = await parts.tokens.afterRefusal(shopId, tokens.accessToken);
  return callOnce(parts, verb, renewed.accessToken, method, param);
}

async function callOnce(
  { settings, clock, timeoutMs }: GatewayParts,
  verb: 'GET' | 'POST',
  accessToken: string,
  method: string,
  param: object,
): Promise<Answer> {
  const signed: Record<string, string> = {
    access_token: accessToken,
    appkey: settings.KUAISHOU_APP_KEY,
    method,
    param: JSON.stringify(param),
    signMethod: 'HMAC_SHA256',
    timestamp: String(clock()),
    version: '1',
  };
  const form = new URLSearchParams({ ...signed, sign: signParameters(signed, settings.KUAISHOU_SIGN_SECRET, 'HMAC_SHA256') });
  const url = `${settings.KUAISHOU_URL.replace(/\/+$/, '')}/${method.replaceAll('.', '/')}`;
  const target = verb === 'GET' ? { url: `${url}?${form.toString()}`, form: null } : { url, form };
  return readAnswer(await exchange({ method: verb, ...target, timeoutMs }));
}

/** 《返回码说明》: what a write's answer means for the refund. */
function judgeWrite(answer: Answer): PlatformAnswer {
  switch (answer.kind) {
    case 'OK':
      return { kind: 'DONE' };
    case 'REFUSED': {
      const { code, message } = answer;
      if (code === WITHDRAWN_CODE) return { kind: 'WITHDRAWN', code, message };
      return { kind: STALE_CODES.has(code) ? 'STALE' : 'REFUSED', code, message };
    }
    case 'UNKNOWN':
      return { kind: 'UNKNOWN', sent: answer.sent, reason: answer.reason };
    default:
      return { kind: 'UNKNOWN', sent: false, reason: whyNot(answer) };
  }
}

function whyNot(answer: Exclude<Answer, { kind: 'OK' | 'REFUSED' }>): string {
  switch (answer.kind) {
    case 'TOKEN':
      return `the access token is refused even after a renewal (${answer.code} ${answer.message})`;
    case 'QUOTA':
      return `the platform's call limit is reached (${answer.code} ${answer.message})`;
    case 'UNKNOWN':
      return answer.reason;
  }
}
