import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CarrierCode } from '../../domain/carrier.ts';
import { codeOf } from '../../domain/world.ts';
import { takeResult } from '../../evidence/intake.ts';
import { readStrictJson } from '../http/strict-json.ts';
import { preferredLanguage, problem, problemBody } from '../problems/problem.ts';
import type { WebhookDeps } from './deps.ts';
import { headerValues, rawBody, WEBHOOK_BODY_LIMIT } from './raw-body.ts';
import { type ResultPush, readResultPush } from './result-push.ts';
import { isSigned, keyOf } from './standard-webhooks.ts';
import { whileStoring } from './storing.ts';

/**
 * `POST /carriers/{code}/results`: the neutral result push, signed by Standard Webhooks. Open only for carriers with a
 * secret; without one the route does not exist. 204 means stored; the same event again is stored once.
 */
export function carrierResultRoutes(scope: FastifyInstance, deps: WebhookDeps): void {
  for (const { carrier } of deps.carriers) {
    const { code } = carrier;
    const secret = deps.config.resultSecrets[code];
    if (!secret) continue;
    keyOf(secret);
    scope.post(
      `/carriers/${codeOf(code).toLowerCase()}/results`,
      { bodyLimit: WEBHOOK_BODY_LIMIT, schema: { hide: true }, config: { operation: `pushResult${code}` } },
      async (request, reply) => {
        const body = rawBody(request);
        if (!isSigned(secret, signatureHeaders(request), body, Date.now())) return refuse(code, request, reply);
        const push = readBody(body);
        await whileStoring(deps.db.transaction().execute((trx) => takeResult(trx, code, push, 'PUSH')));
        deps.wakePump?.();
        return reply.code(204).send();
      },
    );
  }
}

function signatureHeaders(request: FastifyRequest) {
  return {
    id: headerValues(request, 'webhook-id'),
    timestamp: headerValues(request, 'webhook-timestamp'),
    signature: headerValues(request, 'webhook-signature'),
  };
}

function readBody(body: Buffer): ResultPush {
  const json = readStrictJson(body);
  if (!json.ok) throw problem('MALFORMED_JSON', { errors: json.errors });
  const reading = readResultPush(json.value, Date.now());
  if (reading.kind === 'FAULTY') throw problem('VALIDATION_FAILED', { errors: reading.errors });
  return reading.push;
}

const BAD_SIGNATURE = {
  zh: 'Standard Webhooks 签名无效，或时间戳超出 ±300 秒',
  en: 'No valid Standard Webhooks signature, or the timestamp is more than 300 s off',
};
const MILLISECONDS = {
  zh: 'webhook-timestamp 须为秒（10 位数字），收到的是毫秒；签名也须按秒计算',
  en: 'webhook-timestamp must be seconds (ten digits), not milliseconds; the signature covers it as it is sent',
};

/**
 * One answer for every kind of wrong signature: it tells a forger nothing. A timestamp in milliseconds, which anybody can see,
 * is named: senders wonder for long why their signature should be wrong.
 */
function refuse(carrier: CarrierCode, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const inMilliseconds = headerValues(request, 'webhook-timestamp').some((value) => /^[0-9]{13}$/.test(value));
  request.log.warn({ carrier, inMilliseconds }, 'result push refused: bad signature');
  const language = preferredLanguage(request.headers['accept-language']);
  const detail = (inMilliseconds ? MILLISECONDS : BAD_SIGNATURE)[language];
  return reply
    .code(401)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(
      JSON.stringify({
        ...problemBody('UNAUTHENTICATED', {}, request.id, language),
        title: language === 'zh' ? '签名无效' : 'Bad signature',
        detail,
      }),
    );
}
