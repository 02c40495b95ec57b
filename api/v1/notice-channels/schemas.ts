import { Type } from 'typebox';
import { CHANNEL_CODES } from '../../../domain/channel/channel.ts';
import type { NoticeCode } from '../../../domain/notice.ts';
import { closed, instantSchema, nullable, pageQuery, text, words } from '../schemas.ts';

const kindSchema = words({ WECOM: '企业微信群机器人', DINGTALK: '钉钉群机器人', FEISHU: '飞书群机器人', EMAIL: '电子邮件' });
const codesSchema = Type.Array(Type.Unsafe<NoticeCode>({ type: 'string', enum: CHANNEL_CODES, description: '消息的 code' }), {
  minItems: 1,
  maxItems: CHANNEL_CODES.length,
  uniqueItems: true,
  description: '要通知的消息；新建时不填则为所有需要人处理的',
});
const nameSchema = text(40, { description: '渠道名称', examples: ['售后群'] });
const timeSchema = (description: string) =>
  Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', maxLength: 5, description, examples: ['22:00'] });
const languageSchema = words({ 'zh-CN': '中文', 'en-US': '英文' });
const quietHoursSchema = nullable(
  closed(
    { from: timeSchema('开始，北京时间'), to: timeSchema('结束；早于开始则为次日') },
    { description: '免打扰时段：只通知紧急的（临近退款、退款未确认），其余到结束时一并通知；null 为不设' },
  ),
);
const digestSchema = words({ NONE: '随时', HOURLY: '每小时汇总（05 分）', DAILY: '每日汇总（digestAt）' });
const digestAtSchema = timeSchema('每日汇总的时间，北京时间');
const ERROR_WORDS = '最近一次失败的原因，如 ERRCODE_310000（机器人答复的错误码）、SMTP_550、HTTP_500、TIMEOUT、TARGET_NOT_PUBLIC';

const EXAMPLE = {
  channelId: 'chn_3f2a9c',
  kind: 'DINGTALK',
  name: '售后群',
  target: 'oapi.dingtalk.com/robot/send?access_token=…9f3c',
  codes: ['refund.deadline_near', 'REFUND_UNCONFIRMED'],
  language: 'zh-CN',
  quietHours: { from: '22:00', to: '08:00' },
  digest: 'HOURLY',
  digestAt: '09:05',
  enabled: true,
  disabledReason: null,
  failingSince: null,
  lastError: null,
  lastErrorAt: null,
  lastSentAt: '2026-11-20T08:30:00.000Z',
  createdAt: '2026-11-18T08:30:00.000Z',
};

export const noticeChannelSchema = closed(
  {
    channelId: Type.String({ examples: ['chn_3f2a9c'] }),
    kind: kindSchema,
    name: Type.String(),
    target: Type.String({ description: '地址，不完整显示' }),
    codes: codesSchema,
    language: languageSchema,
    quietHours: quietHoursSchema,
    digest: digestSchema,
    digestAt: digestAtSchema,
    enabled: Type.Boolean(),
    disabledReason: nullable(words({ FAILING: '连续三天发送失败' })),
    failingSince: nullable(instantSchema),
    lastError: nullable(Type.String({ description: ERROR_WORDS })),
    lastErrorAt: nullable(instantSchema),
    lastSentAt: nullable(instantSchema),
    createdAt: instantSchema,
  },
  { $id: 'NoticeChannel', description: '店铺消息的通知渠道', examples: [EXAMPLE] },
);

const URL_EXAMPLE = 'https://oapi.dingtalk.com/robot/send?access_token=5d41402abc4b2a76b9719d911017c592';
const SECRET_EXAMPLE = 'SEC7d793037a0763331';
const urlSchema = Type.String({
  minLength: 1,
  maxLength: 2_000,
  description: '机器人的 Webhook 地址，原样填写；不再完整显示',
  examples: [URL_EXAMPLE],
});
const secretSchema = Type.String({
  pattern: '^[\\x21-\\x7e]{1,200}$',
  description: '签名密钥：钉钉“加签”、飞书“签名校验”，必填；企业微信没有',
  examples: [SECRET_EXAMPLE],
});

const timesFields = {
  language: Type.Optional(languageSchema),
  quietHours: Type.Optional(quietHoursSchema),
  digest: Type.Optional(digestSchema),
  digestAt: Type.Optional(digestAtSchema),
};

const addressSchema = Type.String({
  pattern: '^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}$',
  maxLength: 254,
  description: '收件地址；不再完整显示',
  examples: ['aftersales@shop.example'],
});
const targetFields = { url: Type.Optional(urlSchema), secret: Type.Optional(secretSchema), address: Type.Optional(addressSchema) };

export const openChannelBody = closed(
  {
    kind: kindSchema,
    name: nameSchema,
    ...targetFields,
    codes: Type.Optional(codesSchema),
    ...timesFields,
  },
  { examples: [{ kind: 'DINGTALK', name: '售后群', url: URL_EXAMPLE, secret: SECRET_EXAMPLE }] },
);
export const alterChannelBody = closed(
  {
    name: nameSchema,
    codes: codesSchema,
    ...timesFields,
    enabled: Type.Boolean({ description: '停用时，尚未发出的不再发送' }),
    ...targetFields,
  },
  { examples: [{ name: '售后群', codes: EXAMPLE.codes, enabled: true }] },
);
export const channelParams = closed({ channelId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });
export const channelsQuery = closed(pageQuery);
export const testAnswer = closed({
  delivered: Type.Boolean(),
  error: nullable(Type.String({ description: ERROR_WORDS })),
});
