import { type TProperties, type TSchema, Type } from 'typebox';
import { CARRIERS } from '../../carriers/index.ts';
import { INTERCEPT_TEXT } from '../../domain/intercept/narrative.ts';

/** An object that takes no other fields. */
export const closed = <T extends TProperties>(properties: T, options: Record<string, unknown> = {}) =>
  Type.Object(properties, { additionalProperties: false, ...options });

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A closed list of words, with the Chinese word for each. */
export const words = <const T extends string>(labels: Record<T, string>, options: Record<string, unknown> = {}) =>
  Type.Unsafe<T>({
    type: 'string',
    enum: Object.keys(labels),
    description: Object.entries(labels)
      .map(([word, zh]) => `${word} ${zh as string}`)
      .join('；'),
    ...options,
  });

/** A schema of `sharedSchemas`, by its name. */
export const ref = <T = unknown>(name: string) => Type.Unsafe<T>({ $ref: `${name}#` });

/** `maxLength` counts code points; nothing that a page or a carrier would not show. */
export const text = (maxLength: number, options: Record<string, unknown> = {}) => Type.String({ minLength: 1, maxLength, ...options });

export const refundIdSchema = Type.String({ pattern: '^\\d{1,19}$', description: '平台退款单号', examples: ['2260718200000012'] });
export const interceptStatusSchema = words(INTERCEPT_TEXT);
export const waybillNoSchema = Type.String({ pattern: '^[A-Za-z0-9]{6,40}$', description: '运单号', examples: ['75312345678901'] });
export const outletCodeSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', description: '网点代码', examples: ['75500'] });
export const interceptIdSchema = Type.String({
  pattern: '^\\d{1,19}-\\d{1,3}$',
  description: '拦截单号：退款单号-次数',
  examples: ['2260718200000012-1'],
});
export const instantSchema = Type.String({ format: 'date-time', maxLength: 40, examples: ['2026-11-20T08:30:00.000Z'] });
export const feeFenSchema = Type.Integer({ minimum: 0, maximum: 1_000_000, description: '拦截费（分）', examples: [350] });
export const amountFenSchema = Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991, description: '金额（分）', examples: [12_900] });
export const carrierSchema = Type.Unsafe<string>({
  type: 'string',
  enum: CARRIERS.map(({ code }) => code),
  description: CARRIERS.map(({ code, nameZh, offByDefault }) => `${code} ${nameZh}${offByDefault ? '（默认不接入）' : ''}`).join('；'),
});

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: '每页条数' })),
  after: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: '上一页的 nextCursor' })),
};
export const DEFAULT_LIMIT = 50;
/** The page a list query asks for. */
export function pageOf({ limit, after }: { limit?: number; after?: string }): { limit: number; after: string | null } {
  return { limit: limit ?? DEFAULT_LIMIT, after: after ?? null };
}

/** An answer `{items, nextCursor}`. */
export const listOf = (items: TSchema) =>
  closed({ items: Type.Array(items), nextCursor: nullable(Type.String({ description: '下一页的游标；没有更多时为 null' })) });

/** An answer that is a file or a page, for the OpenAPI document. */
export const fileAnswer = (contentType: string, description: string) => ({
  description,
  content: { [contentType]: { schema: { type: 'string' } } },
});
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const problemSchema = Type.Object(
  {
    type: Type.String({ examples: ['urn:problem:intercept-not-eligible'] }),
    title: Type.String({ examples: ['不符合拦截条件'] }),
    status: Type.Integer({ examples: [422] }),
    detail: Type.String({ examples: ['全部原因见 reasons'] }),
    instance: Type.String({ examples: ['urn:request:5f0c9a52-9a0e-4a53-9d1c-2f6f9a1f3c11'] }),
    code: Type.String({ examples: ['INTERCEPT_NOT_ELIGIBLE'] }),
    retryable: Type.Boolean(),
    errors: Type.Optional(Type.Array(closed({ pointer: Type.String(), message: Type.String() }))),
  },
  { $id: 'Problem', description: 'RFC 9457；其余字段见各错误说明' },
);
