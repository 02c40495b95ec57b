import { Type } from 'typebox';
import {
  carrierSchema,
  closed,
  instantSchema,
  interceptIdSchema,
  interceptStatusSchema,
  nullable,
  pageQuery,
  refundIdSchema,
  words,
} from '../schemas.ts';

export const refundSchema = closed(
  {
    refundId: refundIdSchema,
    orderId: Type.String({ examples: ['2260718200000099'] }),
    refundFeeFen: Type.Integer({ minimum: 0, examples: [12_900] }),
    itemTitle: Type.String({ examples: ['加绒卫衣 男款'] }),
    reason: Type.String({ examples: ['不想要了'] }),
    createdAt: instantSchema,
    expireAt: nullable(instantSchema),
    waybillNo: nullable(Type.String()),
    carrier: nullable(carrierSchema),
    interceptId: nullable(interceptIdSchema),
    interceptStatus: nullable(interceptStatusSchema),
  },
  { $id: 'Refund', description: '平台上待处理的仅退款申请' },
);

export const refundsQuery = closed({ ...pageQuery, status: Type.Optional(words({ OPEN: '待处理' }, { default: 'OPEN' })) });
