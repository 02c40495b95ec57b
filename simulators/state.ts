import type { Carrier, Party, Station } from './parties.ts';

/** What can be scanned, in the simulators' own words; each carrier folder translates it into its wire words. */
export const SCAN_EVENTS = [
  'PICKED_UP',
  'DEPARTED',
  'ARRIVED',
  'OUT_FOR_DELIVERY',
  'AWAITING_PICKUP',
  'SIGNED',
  'DELIVERY_FAILED',
  'PROBLEM',
  'RETURNING',
  'REDIRECTED',
  'RETURN_SIGNED',
  'LOST',
  'DAMAGED',
  'OTHER',
] as const;
export type ScanEvent = (typeof SCAN_EVENTS)[number];

/** What the carrier does once it was asked to stop the parcel. README.md describes each. */
export const SCRIPTS = [
  'SUCCEEDS',
  'FAILS',
  'SILENT',
  'REFUSES',
  'REFUSES_ONCE',
  'RETURN_LOST',
  'RETURN_DAMAGED',
  'DELIVERED_ANYWAY',
  'STALLS',
  'STATUS_SUCCEEDS',
  'STATUS_FAILS',
] as const;
export type Script = (typeof SCRIPTS)[number];

/** What the parcel does as long as nobody asks to stop it. */
export const FORWARD_ROUTES = ['STAYS', 'CRAWLS', 'DELIVERS'] as const;
export type ForwardRoute = (typeof FORWARD_ROUTES)[number];

/** `EXACT`: every scan is pushed once, at once, in order. `REALISTIC`: late, doubled and out of order. */
export const PUSH_MANNERS = ['EXACT', 'REALISTIC'] as const;
export type PushManners = (typeof PUSH_MANNERS)[number];

/** ZTO's own words for the state of an intercept; the other carriers keep one too but show it to nobody. */
export type InterceptStatus =
  | 'INTERCEPTING'
  | 'INTERCEPT_SUCCESS'
  | 'INTERCEPT_FAIL'
  | 'INTERCEPT_CANCEL'
  | 'PACKAGE_DELIVERYING'
  | 'INTERCEPT_DISCONTINUE';

/** Where a return ends: at the outlet that picked the parcel up, or, signed for, in the city of an address. */
export type ReturnPlace = { kind: 'OUTLET' } | { kind: 'ADDRESS'; province: string; city: string };

export interface Scan {
  scanId: string;
  event: ScanEvent;
  /** Epoch ms, whole seconds. */
  occurredAt: number;
  station: Station;
  text: string;
}

export interface Parcel {
  waybillNo: string;
  carrier: Carrier;
  /** Outlet that issued the waybill: first pick-up and end of the return. */
  origin: Station;
  scans: Scan[];
  onIntercept: Script;
  forward: ForwardRoute;
  /** Refusal to give with REFUSES and REFUSES_ONCE; null: the carrier's usual one. */
  refusal: { code: string | null; message: string } | null;
  /** ZTO tells the track only to who names these last digits of a party's phone; null: to everybody. */
  asksPhone: string | null;
  refusalsGiven: number;
  /** Request ids that were refused: the same request again gets the same answer. */
  refusedRequests: string[];
  intercept: {
    requestId: string | null;
    reference: string;
    acceptedAt: number;
    status: InterceptStatus;
    /** Asked for by somebody else, whose request moves nothing until ours joins it. */
    elsewhere: boolean;
    /** Where the return ends instead of with the sender: at the outlet, or in a place named in the request; left out by worlds saved earlier. */
    returnTo?: ReturnPlace;
  } | null;
  pushes: boolean;
  /** Somebody subscribed its scans. */
  subscribed: boolean;
  manners: PushManners;
}

export interface Outlet {
  outletCode: string;
  outletName: string;
  senderAddress: { provinceName: string; cityName: string; districtName: string; streetName: string; detailAddress: string };
  /** Whether the carrier delivers to the sender's address; null: the platform does not know. */
  reachable: boolean | null;
}

export interface Shop {
  shopId: string;
  name: string;
  access: { token: string; expiresAt: number };
  /** Tokens from before the last refresh: they live on until their own time is up. */
  olderAccess: { token: string; expiresAt: number }[];
  refresh: { token: string; expiresAt: number };
  discardedRefreshTokens: string[];
  outlets: Partial<Record<Carrier, Outlet[]>>;
}

export interface OrderParcel {
  waybillNo: string;
  expressCode: number;
  logisticsId: string;
}

export interface Order {
  orderId: string;
  shopId: string;
  /** 10 unpaid, 30 paid, 40 shipped, 50 signed, 70 done, 80 failed. */
  status: number;
  /** 8 cross-border, 2 vouchers, 3 top-up, 1 ordinary. */
  coType: number;
  itemTitle: string;
  skuDesc: string;
  quantity: number;
  paidFen: number;
  categories: { itemCid: number; categoryName: string }[];
  parcels: OrderParcel[];
  /** Goods with a sub-order of their own in the first parcel, such as gifts; left out by worlds saved earlier. */
  subOrders?: { itemTitle: string; quantity: number }[];
  totalPackageNum: number;
  sentAt: number | null;
  buyer: { openId: string; province: string; city: string; district: string; name: string };
}

export interface Refund {
  refundId: string;
  orderId: string;
  shopId: string;
  refundFeeFen: number;
  /** 10 refund-only asked, 11 with return, 12 rejected, 20 arbitration, 50 paying, 60 paid, 70 closed. */
  status: number;
  /** 10 refund-only, 1 with return. */
  handlingWay: number;
  /** 1 merchant's turn, 2 agreed, 3 rejected. */
  negotiateStatus: number;
  /** 1 not received, 2 received. */
  receiptStatus: number;
  /** 1 asked by the buyer, 2 by the seller. */
  refundType: number;
  /** 1 price protection (价保); left out by worlds saved earlier. */
  specialRefundType?: number;
  reason: number;
  reasonText: string;
  description: string;
  createdAt: number;
  /** Also the version of the refund. */
  updatedAt: number;
  /** When the platform acts by itself; it only shows here. */
  expireAt: number;
  endedAt: number | null;
  /** True once the buyer took the request back: approve is then 300013. */
  withdrawn: boolean;
  /** The payment ends in 70 instead of 60. */
  paymentFails: boolean;
  /** Status after a rejection: 10 (with negotiateStatus 3) or 12. */
  afterRejection: 10 | 12;
  rejection: { reason: string; description: string; images: string[]; at: number } | null;
  /** What this refund of the demo shows, zh-CN; null outside the demo. */
  demo: string | null;
}

/** One approve call in the book of payments. */
export interface Payment {
  refundId: string;
  shopId: string | null;
  amountFen: number | null;
  at: number;
  /** Whether this call moved money. */
  applied: boolean;
  /** The platform's code, 1 = done; text for calls that a fault kept from being looked at. */
  code: number | string;
}

/** A work order (工单) at ZTO: a claim. */
export interface Incident {
  reference: string;
  traceId: string;
  waybillNo: string;
  kind: string;
  createdAt: number;
  status: 'created' | 'processing' | 'finished';
  replies: { handleTime: number; reply: string }[];
}

export const FAULT_KINDS = [
  'refuse',
  'error-200',
  'error-xml',
  'http-500',
  'timeout-after-accepting',
  'hang',
  'down',
  'bad-json',
  'slow',
  'push-lost',
  'push-late',
  'push-twice',
  'push-bad-signature',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  faultId: string;
  party: Party;
  /** API it is limited to, as `GET /sim/calls` names it; null: all of the party. */
  api: string | null;
  kind: FaultKind;
  code: string | null;
  message: string | null;
  /** How often it still strikes; null: until it is removed. */
  timesLeft: number | null;
  delayMs: number | null;
}

/** A message of the platform to the shop's service. */
export interface PlatformMessage {
  eventId: string;
  bizId: string;
  userId: string;
  openId: string;
  event: string;
  /** JSON text, ids as digits. */
  info: string;
  createTime: number;
  test: boolean;
}

/** Something that happens by itself later. */
export type Deed =
  | {
      kind: 'STEP';
      waybillNo: string;
      stage: 'FORWARD' | 'AFTER_INTERCEPT';
      scan: { event: ScanEvent; station: Station; text?: string } | null;
      status: InterceptStatus | null;
    }
  | { kind: 'CRAWL'; waybillNo: string }
  | { kind: 'PUSH'; waybillNo: string; scanId: string; attempt: number }
  | { kind: 'MESSAGE'; message: PlatformMessage; attempt: number }
  | { kind: 'SETTLE'; refundId: string }
  | { kind: 'INCIDENT'; reference: string; status: 'processing' | 'finished'; reply: string };

export interface Task {
  taskId: string;
  dueAt: number;
  deed: Deed;
}

/** What there is of each kind, by its key, in the order it came. */
export interface Tables {
  shops: Record<string, Shop>;
  orders: Record<string, Order>;
  refunds: Record<string, Refund>;
  parcels: Record<string, Parcel>;
  incidents: Record<string, Incident>;
  /** The book: lines are only added. */
  payments: Record<string, Payment>;
  faults: Record<string, Fault>;
  tasks: Record<string, Task>;
}
export type Table = keyof Tables;

/** Everything that survives a restart. */
export interface State extends Tables {
  version: 2;
  /** Source of every running number; 0 as long as nothing has happened. */
  lastNumber: number;
}

/** A world in which nothing has happened yet. */
export function emptyState(): State {
  return { version: 2, lastNumber: 0, shops: {}, orders: {}, refunds: {}, parcels: {}, incidents: {}, payments: {}, faults: {}, tasks: {} };
}

/** Says that a record was made, changed or removed; to be called in the same turn of the loop as the change itself. */
export type Changed = (table: Table, key: string) => void;
