import { Type } from 'typebox';
import { AGREEMENT_VERSION } from '../../../domain/agreement.ts';
import { closed, instantSchema, nullable, text, words } from '../schemas.ts';

export const serviceSchema = closed(
  {
    status: words({ NOT_OPENED: '未开通', OPEN: '已开通', CLOSED: '已关闭' }),
    agreementVersion: Type.String({ description: '现行协议版本', examples: [AGREEMENT_VERSION] }),
    signedVersion: nullable(Type.String({ description: '最近签署的协议版本' })),
    signedAt: nullable(instantSchema),
    closeReason: nullable(Type.String()),
    sandbox: Type.Boolean({ description: '沙箱店铺：只与模拟的快递和平台往来，不发生真实拦截和退款' }),
  },
  { $id: 'Service', description: '拦截服务' },
);

export const openServiceBody = closed(
  {
    agreementVersion: text(40, { description: '所签协议的版本', examples: [AGREEMENT_VERSION] }),
    agree: Type.Literal(true, { description: '同意拦截物流服务协议' }),
    signedBy: text(64, { description: '签署人', examples: ['张三'] }),
  },
  { examples: [{ agreementVersion: AGREEMENT_VERSION, agree: true, signedBy: '张三' }] },
);

export const closeServiceBody = closed(
  { reason: text(500, { description: '关闭原因', examples: ['暂不需要拦截服务'] }) },
  { examples: [{ reason: '暂不需要拦截服务' }] },
);
