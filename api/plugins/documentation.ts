import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { webhooksOfDocument } from '../v1/webhook-endpoints/event-catalogue.ts';

const DESCRIPTION = `拦截物流：买家申请仅退款而包裹仍在途中时，通知快递拦截并退回，再按结果处理退款。

- 鉴权：\`Authorization: Bearer <密钥>\`。密钥属于一个店铺；他人的或不存在的资源都是同样的 404。
- 金额以分为单位，字段以 \`Fen\` 结尾；时间为 RFC 3339 UTC（毫秒）；平台的订单号、退款单号一律是数字字符串。
- 错误：\`application/problem+json\`（RFC 9457），\`code\` 不变；默认中文，\`Accept-Language: en\` 为英文。
- 幂等：有动作的 POST 可带 \`Idempotency-Key\`，相同请求得到相同结果并带 \`Idempotent-Replayed: true\`；只保留成功的结果，被拒绝的请求没有留下任何东西，可以改正后重发。
- 限流：每个密钥每秒 50 次，突发 100 次；超过时 429 与 \`Retry-After\`。
- 列表：\`?limit=50&after=<游标>\` → \`{items, nextCursor}\`。
- 请忽略不认识的字段和枚举值：以后只会增加。`;

async function openApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '拦截物流 API', version: '1.0.0', description: DESCRIPTION },
      servers: [{ url: '/' }],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: '店铺的访问密钥' } } },
      tags: [
        { name: 'intercepts', description: '拦截' },
        { name: 'refunds', description: '退款单' },
        { name: 'service', description: '服务开通' },
        { name: 'outlets', description: '网点与订购' },
        { name: 'prices', description: '网点价格' },
        { name: 'claims', description: '索赔与证据' },
        { name: 'settlement', description: '台账、对账单与统计' },
        { name: 'webhooks', description: '事件推送' },
        { name: 'notices', description: '店铺消息' },
        { name: 'personal-data', description: '个人信息' },
      ],
      webhooks: webhooksOfDocument(),
    },
    hideUntagged: true,
    transformObject: (document) => {
      const { paths = {} } = 'openapiObject' in document ? document.openapiObject : {};
      for (const item of Object.values(paths)) for (const operation of Object.values(item ?? {})) letBodyBeAbsent(operation);
      return 'openapiObject' in document ? document.openapiObject : document.swaggerObject;
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => (typeof json.$id === 'string' ? json.$id : `schema${index}`) },
  });
}

/** A body without a field that has to be there may be left out: an absent one counts as `{}`. */
function letBodyBeAbsent(operation: unknown): void {
  const { requestBody } = operation as { requestBody?: { required: boolean; content: Record<string, { schema?: object }> } };
  const [media] = Object.values(requestBody?.content ?? {});
  const { required = [] } = (media?.schema ?? {}) as { required?: string[] };
  if (requestBody && required.length === 0 && media?.schema !== undefined && !('$ref' in media.schema)) requestBody.required = false;
}

/** Collects the routes registered after it for `GET /v1/openapi.json` and the page `/docs`. */
export const documentation = fp(openApi, { name: 'documentation' });
