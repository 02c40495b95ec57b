import { Type } from 'typebox';
import { MOST_HOURS_BEFORE, type ProposedAction } from '../../../domain/decisions/settings.ts';
import type { Situation } from '../../../domain/decisions/situation.ts';
import { conditionsSchema, conditionVerdictSchema } from '../rules/schemas.ts';
import { closed, instantSchema, nullable, text, words } from '../schemas.ts';

const MOST_PROPOSALS = 50;
const MOST_REMINDERS = 6;
const MOST_VERSIONS = 1_000_000;

const actionSchema = words<ProposedAction>({ APPROVE: '同意退款', REJECT: '拒绝退款' });
const situationSchema = words<Situation>({
  SIGNED: '拦截失败，买家已签收',
  LOST: '拦截失败，包裹遗失',
  CARRIER_FAILED: '快递告知拦截失败',
  NO_RESULT: '满 72 小时没有结果',
});
const rejectionSchema = nullable(
  closed(
    {
      reason: Type.String({ pattern: '^\\d{1,10}$', maxLength: 10, description: '平台的拒绝原因代码', examples: ['1002'] }),
      description: Type.String({ maxLength: 500, description: '随拒绝提交的说明' }),
    },
    { description: '建议拒绝时填写' },
  ),
);
const { carriers, outletCodes, refundFeeFen, expectedFeeFen } = conditionsSchema.properties;

const proposalIdSchema = Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', maxLength: 40, examples: ['signed'] });
const proposalRuleSchema = closed({
  proposalId: proposalIdSchema,
  name: text(60, { examples: ['已签收拒绝'] }),
  action: actionSchema,
  situations: Type.Array(situationSchema, { minItems: 1, maxItems: 4, uniqueItems: true, description: '其中任一' }),
  conditions: closed(
    { carriers, outletCodes, refundFeeFen, expectedFeeFen },
    { description: '须全部符合；未写的不作要求；expectedFeeFen 为拦截发起时约定的费用' },
  ),
  rejection: rejectionSchema,
});
const hoursBefore = Type.Integer({ minimum: 1, maximum: MOST_HOURS_BEFORE, description: '自动退款前的小时数' });
const proposalsSchema = Type.Array(proposalRuleSchema, { maxItems: MOST_PROPOSALS, description: '从上到下，第一条符合的成为建议' });
const remindersSchema = Type.Array(hoursBefore, { maxItems: MOST_REMINDERS, uniqueItems: true, description: '自动退款前何时提醒' });
const staffIdSchema = Type.String({ pattern: '^[a-z0-9_]{1,64}$', maxLength: 64, description: '员工编号' });

/** What is proposed for an intercept, as every answer with one shows it. */
export const proposalSchema = closed({
  proposalId: proposalIdSchema,
  name: Type.String(),
  action: actionSchema,
  situation: situationSchema,
  conditions: Type.Array(conditionVerdictSchema),
  rejection: rejectionSchema,
});

export const decisionSettingsSchema = closed(
  {
    version: Type.Integer({ minimum: 0, description: '0：从未保存' }),
    proposals: proposalsSchema,
    remindHoursBefore: remindersSchema,
    escalation: nullable(closed({ staffId: staffIdSchema, staffName: Type.String(), hoursBefore })),
    savedBy: nullable(Type.String()),
    savedAt: nullable(instantSchema),
  },
  { $id: 'DecisionSettings', description: '拦截失败或没有结果时：建议、提醒与上报。都只供人参考，不会自动执行' },
);
export const putSettingsBody = closed(
  {
    baseVersion: Type.Integer({ minimum: 0, maximum: MOST_VERSIONS, description: '据以修改的版本；其间有人保存过则为 409' }),
    proposals: proposalsSchema,
    remindHoursBefore: remindersSchema,
    escalation: nullable(closed({ staffId: staffIdSchema, hoursBefore }, { description: '此时仍无人处理则上报此人' })),
  },
  {
    examples: [
      {
        baseVersion: 0,
        proposals: [
          {
            proposalId: 'signed',
            name: '已签收拒绝',
            action: 'REJECT',
            situations: ['SIGNED'],
            conditions: {},
            rejection: { reason: '1002', description: '包裹已派送给买家' },
          },
          {
            proposalId: 'small',
            name: '小额同意',
            action: 'APPROVE',
            situations: ['LOST', 'CARRIER_FAILED', 'NO_RESULT'],
            conditions: { refundFeeFen: { atMost: 3_000 } },
            rejection: null,
          },
        ],
        remindHoursBefore: [24, 4, 1],
        escalation: { staffId: 'staff_5f0c9a529a0e4a539d1c2f6f9a1f3c11', hoursBefore: 4 },
      },
    ],
  },
);
