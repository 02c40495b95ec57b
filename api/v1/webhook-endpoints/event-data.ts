import { type TProperties, type TSchema, Type } from 'typebox';
import { API_VERSION } from '../../../delivery/event-body.ts';
import { claimSchema } from '../claims/schemas.ts';
import { interceptSchema } from '../intercepts/schemas.ts';
import { subscriptionSchema } from '../outlet-subscriptions/schemas.ts';

/** The `data` of events, as receivers read it: of the same fields as the answers of the API. */

const partial = Type.Literal(true, {
  description: '正文过长，只保留了简短的字段，其余请按编号查询；完整时没有这个字段',
});
const sequence = Type.Integer({ minimum: 0, description: '同一拦截单的事件按它排序，忽略比已有更小的' });
const noSequence = Type.Null({ description: '不属于某个拦截单的时间线，恒为 null' });
const apiVersion = Type.Literal(API_VERSION, { description: 'data 的版本' });

/**
 * What is told of a thing. `long`: lists, objects and free text, left out of a body that would be too big. Without
 * `additionalProperties`, because more fields may come: who holds a body to its schema must not refuse it then.
 */
function dataOf(fields: TProperties, long: readonly string[], order: TSchema, options: { $id: string; description: string }): TSchema {
  const told = Object.entries(fields).map(([name, schema]) => [name, long.includes(name) ? Type.Optional(schema) : schema]);
  const schema = Type.Object({ ...Object.fromEntries(told), partial: Type.Optional(partial), sequence: order, apiVersion }, options);
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (key === 'additionalProperties' ? undefined : value))) as TSchema;
}

const { source: _source, proposal: _proposal, escalation: _escalation, ...caseFields } = interceptSchema.properties;
const claimFields = Type.Pick(claimSchema, [
  'claimId',
  'interceptId',
  'shopId',
  'carrier',
  'outletCode',
  'outletName',
  'waybillNo',
  'kind',
  'status',
  'claimedFen',
  'awardedFen',
  'carrierReference',
  'version',
  'updatedAt',
]).properties;

export const interceptSnapshotSchema = dataOf(
  caseFields,
  ['outletName', 'initiatedBy', 'carrierReference', 'carrierRefusal', 'failure', 'platformRefusal', 'allowedActions', 'notices'],
  sequence,
  { $id: 'InterceptSnapshot', description: '事件发生时的拦截、退款与退回' },
);
export const outletReviewSchema = dataOf(subscriptionSchema.properties, ['outletName', 'reason'], noSequence, {
  $id: 'OutletReview',
  description: '网点审核后的订购',
});
export const claimSnapshotSchema = dataOf(
  { ...claimFields, version: Type.Integer({ ...claimFields.version, description: '同一索赔单的事件按它排序' }) },
  ['outletName', 'carrierReference'],
  noSequence,
  { $id: 'ClaimSnapshot', description: '索赔的进展' },
);
export const webhookTestSchema = dataOf({ endpointId: Type.String({ examples: ['whe_3f2a9c'] }) }, [], noSequence, {
  $id: 'WebhookTest',
  description: '测试消息',
});
/** Every schema that events name. */
export const eventDataSchemas = [interceptSnapshotSchema, outletReviewSchema, claimSnapshotSchema, webhookTestSchema];
