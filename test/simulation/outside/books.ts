/** What the world outside saw, in its own words: the judge reads this and nothing the product believes. */

/** What the buyer, the platform and the merchant's back office made of a refund, and when. */
export interface RefundMoment {
  at: number;
  status: number;
  way: number;
  negotiate: number;
  feeFen: number;
  waybillNo: string;
}

/** A call of the service that reached the platform. */
export interface PlatformCall {
  call: 'READ' | 'APPROVE' | 'REJECT' | 'ARBITRATE';
  refundId: string;
  /** When it left the service, was handled at the platform and answered; null when no answer came. */
  sentAt: number;
  at: number;
  answeredAt: number | null;
  /** The refund when the call was handled. */
  seen: RefundMoment;
  /** What the call named as it had read it; null for a reading. */
  named: { feeFen: number; status: number; negotiate: number } | null;
  /** It changed the refund. */
  applied: boolean;
  outcome: string;
}

/** Money that left the platform to the buyer. */
export interface Payment {
  refundId: string;
  at: number;
  feeFen: number;
  by: 'SERVICE' | 'BACK_OFFICE' | 'VERDICT';
  /** It failed later (70). */
  failedAt: number | null;
}

/** A call of the service that reached a carrier. */
export interface CarrierCall {
  waybillNo: string;
  requestId: string;
  at: number;
  answer: 'ACCEPTED' | 'REFUSED' | 'EXISTS' | 'NONE';
}

/** A word about a parcel on its way to the service. */
export interface Word {
  waybillNo: string;
  /** What the carrier said, in canonical words; results are RESULT_…. */
  word: string;
  occurredAt: number;
  way: 'PUSH' | 'QUERY';
  /** First reached the service. */
  arrivedAt: number;
  /** The service answered that it has it; null when it never did. */
  ackedAt: number | null;
}

/** Something a merchant asked of the service, and what it was told. */
export interface MerchantCall {
  refundId: string;
  interceptId: string | null;
  act: 'CREATE' | 'APPROVE' | 'REJECT' | 'ARBITRATE';
  agreedFen: number | null;
  at: number;
  answeredAt: number | null;
  answer: string;
}

/** A work order as the carrier has it. */
export interface WorkOrder {
  reference: string;
  /** The id the service gave it. */
  claimId: string;
  waybillNo: string;
  claimedFen: number;
  at: number;
}

/** Something a merchant asked about a claim, and what came back. */
export interface ClaimCall {
  interceptId: string;
  act: 'OPEN' | 'WITHDRAW' | 'ENTER_UPHELD';
  kind: 'DAMAGE' | 'LOSS' | null;
  claimId: string | null;
  at: number;
  answeredAt: number | null;
  answer: string;
}

/** A message that reached the shop's own system. */
export interface Post {
  messageId: string;
  body: string;
  at: number;
  answer: 'TAKEN' | 'FAILS' | 'SILENT';
}

export interface Books {
  refunds: Map<string, RefundMoment[]>;
  calls: PlatformCall[];
  payments: Payment[];
  carrier: CarrierCall[];
  words: Word[];
  merchant: MerchantCall[];
  workOrders: WorkOrder[];
  claims: ClaimCall[];
  posts: Post[];
  /** When what was out of order, in plain words. */
  troubles: { what: string; from: number; to: number }[];
}

export function emptyBooks(): Books {
  return {
    refunds: new Map(),
    calls: [],
    payments: [],
    carrier: [],
    words: [],
    merchant: [],
    workOrders: [],
    claims: [],
    posts: [],
    troubles: [],
  };
}
