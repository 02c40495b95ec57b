import type { RefundBody } from './control/schemas.ts';
import { CARRIERS, OFF_BY_DEFAULT } from './parties.ts';
import type { Carrier } from './parties.ts';
import { registerShop, seedRefund } from './seeding.ts';
import type { Stage } from './stage.ts';
import type { Script } from './state.ts';

/** The shop of the demo, as the platform knows it. */
export const DEMO_SHOP = {
  shopId: '2788410001',
  name: '禾木家居旗舰店',
  accessToken: 'at-demo-2788410001',
  refreshToken: 'rt-demo-2788410001',
} as const;

const GOODS = [
  { itemTitle: '北欧风珊瑚绒四件套 1.8m 床', skuDesc: '雾霾蓝', paidFen: 19_900 },
  { itemTitle: '304 不锈钢保温饭盒三层', skuDesc: '奶白色', paidFen: 6_990 },
  { itemTitle: '加厚防滑家居棉拖鞋', skuDesc: '卡其色 40-41', paidFen: 2_980 },
  { itemTitle: '可折叠收纳箱大号 3 只装', skuDesc: '透明 66L', paidFen: 8_900 },
  { itemTitle: '法兰绒毛毯午睡盖毯', skuDesc: '燕麦色 150x200cm', paidFen: 5_990 },
  { itemTitle: '日式陶瓷餐具套装 16 件', skuDesc: '釉下彩', paidFen: 15_800 },
] as const;

const OUTCOMES: { script: Script; demo: string; reasonText: string }[] = [
  { script: 'SUCCEEDS', demo: '拦截成功，包裹退回签收', reasonText: '不想要了' },
  { script: 'FAILS', demo: '拦截失败，买家签收', reasonText: '拍错/多拍' },
  { script: 'SILENT', demo: '网点一直没有结果', reasonText: '与商家协商一致退款' },
];

/** The success, failure and silence of each carrier that is on. */
function outcomeRefunds(): RefundBody[] {
  return CARRIERS.filter((carrier) => !OFF_BY_DEFAULT.includes(carrier)).flatMap((carrier, row) =>
    OUTCOMES.map(({ script, demo, reasonText }, column) => {
      const goods = GOODS[(row * OUTCOMES.length + column) % GOODS.length] ?? GOODS[0];
      return {
        carrier,
        reasonText,
        demo,
        refundFeeFen: goods.paidFen,
        order: { ...goods },
        parcel: { onIntercept: script, manners: 'REALISTIC' as const, forward: 'CRAWLS' as const },
      };
    }),
  );
}

const underWay = (carrier: Carrier) => ({ carrier, parcel: { forward: 'CRAWLS' as const } });

/** Refunds that cannot be intercepted, each for one reason. */
function ineligibleRefunds(): RefundBody[] {
  const [bedding, lunchBox, slippers, boxes, blanket, dishes] = GOODS;
  return [
    { ...underWay('ZTO'), demo: '不可拦截：跨境订单', refundFeeFen: 15_800, order: { ...dishes, coType: 8 } },
    {
      ...underWay('YTO'),
      demo: '不可拦截：一单多包裹',
      refundFeeFen: 19_900,
      order: { ...bedding, totalPackageNum: 2, extraParcels: [{ waybillNo: 'YT0000000088002', expressCode: 6 }] },
    },
    {
      ...underWay('STO'),
      demo: '不可拦截：退款金额正好 500.00 元',
      refundFeeFen: 50_000,
      order: { itemTitle: '实木床头柜一对', skuDesc: '原木色', paidFen: 50_000 },
    },
    { carrier: 'JT', demo: '不可拦截：无任何轨迹', refundFeeFen: 6_990, order: { ...lunchBox }, parcel: { scans: [] } },
    {
      carrier: 'ZTO',
      demo: '不可拦截：已派件',
      refundFeeFen: 2_980,
      order: { ...slippers },
      parcel: {
        scans: [
          { event: 'PICKED_UP', hoursAgo: 40 },
          { event: 'DEPARTED', hoursAgo: 36 },
          { event: 'ARRIVED', hoursAgo: 9 },
          { event: 'OUT_FOR_DELIVERY', hoursAgo: 1 },
        ],
      },
    },
    {
      carrier: 'STO',
      demo: '不可拦截：已签收',
      refundFeeFen: 8_900,
      order: { ...boxes },
      parcel: {
        scans: [
          { event: 'PICKED_UP', hoursAgo: 50 },
          { event: 'ARRIVED', hoursAgo: 20 },
          { event: 'OUT_FOR_DELIVERY', hoursAgo: 5 },
          { event: 'SIGNED', hoursAgo: 3 },
        ],
      },
    },
    {
      carrier: 'YTO',
      demo: '不可拦截：包裹停滞超过 3 天',
      refundFeeFen: 5_990,
      order: { ...blanket },
      parcel: {
        scans: [
          { event: 'PICKED_UP', hoursAgo: 110 },
          { event: 'DEPARTED', hoursAgo: 106 },
          { event: 'ARRIVED', hoursAgo: 96 },
        ],
      },
    },
    {
      ...underWay('JT'),
      demo: '不可拦截：生鲜类目',
      refundFeeFen: 6_900,
      order: {
        itemTitle: '洛川红富士苹果 5 斤装',
        skuDesc: '75-80mm',
        paidFen: 6_900,
        categories: [{ itemCid: 1204, categoryName: '水果生鲜' }],
      },
    },
    { carrier: 'OTHER', demo: '不可拦截：快递公司不支持', refundFeeFen: 15_800, order: { ...dishes } },
    { ...underWay('ZTO'), demo: '不可拦截：退货退款', refundFeeFen: 8_900, handlingWay: 1, status: 11, order: { ...boxes } },
  ];
}

/** Fills a new world with the demo shop and its refunds. Instants are counted back from now. */
export function seedDemo(stage: Stage): void {
  registerShop(stage, { ...DEMO_SHOP });
  const refunds = [...outcomeRefunds(), ...ineligibleRefunds()];
  refunds.forEach((body, index) => {
    seedRefund(stage, { ...body, shopId: DEMO_SHOP.shopId, createdAt: stage.now() - (index + 1) * 7 * 60_000, notify: false });
  });
}
