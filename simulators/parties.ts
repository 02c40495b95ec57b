/** The carriers (快递公司) played here, and the shop platform. */
export const CARRIERS = ['ZTO', 'YTO', 'STO', 'JT', 'JD'] as const;
export type Carrier = (typeof CARRIERS)[number];
/** The product connects these only where it is told to: the demo has none of their parcels. */
export const OFF_BY_DEFAULT: readonly Carrier[] = ['JD'];
export type Party = Carrier | 'KUAISHOU';
export const PARTIES = [...CARRIERS, 'KUAISHOU'] as const;
export const PLATFORM_NAME_ZH = '平台';

/** Where something happens to a parcel: an outlet (网点) or a hub (转运中心). */
export interface Station {
  code: string;
  name: string;
  province: string;
  city: string;
  kind: 'OUTLET' | 'HUB';
}

interface CarrierFacts {
  nameZh: string;
  /** The platform's number of this company (`expressCode`). */
  expressCode: number;
  /** The platform's letters for its e-waybill (`expressCompanyCode`). */
  companyCode: string;
  /** A waybill number of this company's shape from a running number. */
  waybillNo(running: number): string;
  /** Below the simulators' own address: what the product is told as `…_URL`. */
  gatewayPath: string;
  /** Outlets around 义乌 every shop gets unless it names its own. */
  usualOutlets: { outletCode: string; outletName: string }[];
  /** Hub where the parcel is when nothing else is said, hub near the sender, outlet near the buyer. */
  hubNearBuyer: Station;
  hubNearSender: Station;
  outletNearBuyer: Station;
}

const hub = (code: string, name: string, province: string, city: string): Station => ({ code, name, province, city, kind: 'HUB' });
const outlet = (code: string, name: string, province: string, city: string): Station => ({ code, name, province, city, kind: 'OUTLET' });

export const CARRIER_FACTS: Record<Carrier, CarrierFacts> = {
  ZTO: {
    nameZh: '中通快递',
    expressCode: 9,
    companyCode: 'ZTO',
    waybillNo: (running) => `73${String(running).padStart(12, '0')}`,
    gatewayPath: '/zto',
    usualOutlets: [
      { outletCode: '57913', outletName: '义乌国际商贸城网点' },
      { outletCode: '57926', outletName: '义乌稠江网点' },
    ],
    hubNearBuyer: hub('02800', '成都转运中心', '四川省', '成都市'),
    hubNearSender: hub('57900', '金华转运中心', '浙江省', '金华市'),
    outletNearBuyer: outlet('02817', '成都高新天府网点', '四川省', '成都市'),
  },
  YTO: {
    nameZh: '圆通速递',
    expressCode: 6,
    companyCode: 'YTO',
    waybillNo: (running) => `YT${String(running).padStart(13, '0')}`,
    gatewayPath: '/yto',
    usualOutlets: [{ outletCode: '579057', outletName: '浙江省金华市义乌市北苑公司' }],
    hubNearBuyer: hub('027901', '武汉转运中心', '湖北省', '武汉市'),
    hubNearSender: hub('571901', '杭州转运中心', '浙江省', '杭州市'),
    outletNearBuyer: outlet('027123', '湖北省武汉市洪山区公司', '湖北省', '武汉市'),
  },
  STO: {
    nameZh: '申通快递',
    expressCode: 3,
    companyCode: 'STO',
    waybillNo: (running) => `77${String(running).padStart(13, '0')}`,
    gatewayPath: '/sto/gateway/link.do',
    usualOutlets: [
      { outletCode: '322013', outletName: '浙江义乌江东公司' },
      { outletCode: '322021', outletName: '浙江义乌后宅公司' },
    ],
    hubNearBuyer: hub('510900', '广东广州转运中心', '广东省', '广州市'),
    hubNearSender: hub('322900', '浙江义乌转运中心', '浙江省', '金华市'),
    outletNearBuyer: outlet('510105', '广东广州海珠公司', '广东省', '广州市'),
  },
  JT: {
    nameZh: '极兔速递',
    expressCode: 109,
    companyCode: 'JTSD',
    waybillNo: (running) => `JT${String(running).padStart(13, '0')}`,
    gatewayPath: '/jt',
    usualOutlets: [{ outletCode: '579018', outletName: '义乌福田网点' }],
    hubNearBuyer: hub('290900', '西安转运中心', '陕西省', '西安市'),
    hubNearSender: hub('579900', '义乌转运中心', '浙江省', '金华市'),
    outletNearBuyer: outlet('290117', '西安雁塔小寨网点', '陕西省', '西安市'),
  },
  JD: {
    nameZh: '京东物流',
    expressCode: 14,
    companyCode: 'JD',
    waybillNo: (running) => `JDVA${String(running).padStart(11, '0')}`,
    gatewayPath: '/jd',
    usualOutlets: [{ outletCode: '579601', outletName: '义乌商贸营业部' }],
    hubNearBuyer: hub('755900', '深圳福田分拣中心', '广东省', '深圳市'),
    hubNearSender: hub('579960', '金华分拣中心', '浙江省', '金华市'),
    outletNearBuyer: outlet('755601', '深圳南山营业部', '广东省', '深圳市'),
  },
};
