import { Type } from 'typebox';
import { closed, instantSchema, interceptIdSchema, nullable, pageQuery, words } from '../schemas.ts';

const noticeIdSchema = Type.String({ pattern: '^[1-9]\\d{0,17}$', description: '消息编号，越新越大', examples: ['1042'] });

export const noticeSchema = closed(
  {
    noticeId: noticeIdSchema,
    kind: words({ NOTICE: '需要处理', EVENT: '进展' }),
    code: Type.String({ description: '提醒代码，或与推送相同的事件名；以后会增加', examples: ['return.signed', 'REFUND_PAYMENT_FAILED'] }),
    title: Type.String({ examples: ['退回包裹已签收'] }),
    interceptId: nullable(Type.String({ examples: ['2260718200000012-1'] })),
    reference: nullable(Type.String({ description: '所涉索赔、网点订购或推送地址的编号' })),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]), {
      description: '所涉的几项事实，如运单号、金额',
    }),
    at: instantSchema,
    read: Type.Boolean(),
  },
  {
    $id: 'Notice',
    description: '店铺消息',
    examples: [
      {
        noticeId: '1042',
        kind: 'EVENT',
        code: 'return.signed',
        title: '退回包裹已签收',
        interceptId: '2260718200000012-1',
        reference: null,
        detail: { waybillNo: '75312345678901', carrier: 'ZTO' },
        at: '2026-11-20T08:30:00.000Z',
        read: false,
      },
    ],
  },
);

export const noticesQuery = closed({
  ...pageQuery,
  unread: Type.Optional(words({ true: '只看未读', false: '只看已读' })),
  interceptId: Type.Optional(interceptIdSchema),
});
export const noticeParams = closed({ noticeId: noticeIdSchema });
export const readAllBody = closed({ upTo: Type.Optional(noticeIdSchema) }, { examples: [{ upTo: '1042' }] });
export const readAllAnswer = closed({ count: Type.Integer({ minimum: 0, description: '由未读变为已读的条数' }) });
