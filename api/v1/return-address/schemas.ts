import { Type } from 'typebox';
import { LONGEST_PHONE } from '../../../domain/return-address.ts';
import { closed, instantSchema, nullable, text } from '../schemas.ts';

/** Nothing that is blank, begins or ends so, or is more than a line. */
const line = (longest: number, options: Record<string, unknown>) => text(longest, { pattern: '^\\S(?:.*\\S)?$', ...options });
const name = { description: '收件人', examples: ['禾木家居售后'] };
const phone = { description: '手机或固话，分机号前加“-”；虚拟号需带分机号', examples: ['0579-85000000'] };
const place = {
  province: line(32, { description: '省', examples: ['浙江省'] }),
  city: line(32, { description: '市', examples: ['金华市'] }),
  district: line(32, { description: '区县', examples: ['义乌市'] }),
  address: line(120, { description: '街道与门牌', examples: ['福田街道诚信大道1号仓'] }),
};

export const returnAddressSchema = closed(
  {
    version: Type.Integer({ minimum: 0, description: '0：从未保存；每次保存或删除加一' }),
    address: nullable(
      closed({
        name: Type.String({ description: '收件人，只显示第一个字' }),
        phone: Type.String({ description: '只显示前三位和后四位' }),
        ...place,
      }),
    ),
    savedBy: nullable(Type.String()),
    savedAt: nullable(instantSchema),
  },
  { $id: 'ReturnAddress', description: '店铺的退货地址：退回指定地址时，拦截下的包裹寄到这里' },
);
export const putReturnAddressBody = closed(
  { name: line(32, name), phone: text(LONGEST_PHONE, phone), ...place },
  {
    examples: [
      {
        name: '禾木家居售后',
        phone: '0579-85000000',
        province: '浙江省',
        city: '金华市',
        district: '义乌市',
        address: '福田街道诚信大道1号仓',
      },
    ],
  },
);
