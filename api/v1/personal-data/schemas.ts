import { Type } from 'typebox';
import { closed, instantSchema, words } from '../schemas.ts';

export const personalDataEntrySchema = closed(
  {
    entryId: Type.String({ pattern: '^[1-9]\\d{0,17}$', description: '记录编号，越新越大', examples: ['42'] }),
    at: instantSchema,
    actor: Type.String({ description: '查看者：员工姓名或访问密钥；清除与导出为服务方的命令', examples: ['店主', 'npm run erase'] }),
    what: words({
      PHONE_SHOWN: '在索赔单上显示了完整电话',
      FILE_SHOWN: '下载了证据文件',
      ORDER_ERASED: '清除了一个订单的个人信息',
      SHOP_ERASED: '清除了店铺的个人信息',
      SHOP_EXPORTED: '导出了店铺的全部数据',
    }),
    about: Type.String({ description: '索赔单号、文件编号、订单号或店铺编号', examples: ['claim_0f8fad5bd9cb469fa16570867728950e'] }),
    detail: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), { description: '所涉拦截，或清除、导出的条数' }),
  },
  {
    $id: 'PersonalDataEntry',
    description: '谁看了、清除了或导出了个人信息',
    examples: [
      {
        entryId: '42',
        at: '2026-11-20T08:30:00.000Z',
        actor: '店主',
        what: 'PHONE_SHOWN',
        about: 'claim_0f8fad5bd9cb469fa16570867728950e',
        detail: { interceptId: '2260718200000012-1' },
      },
    ],
  },
);
