import type { TObject } from 'typebox';
import type { CarrierCode } from '../domain/carrier.ts';
import type { ReturnTo } from '../domain/intercept/return-to.ts';
import type { ReturnAddress } from '../domain/return-address.ts';
import type { EpochMs } from '../domain/time.ts';
import type { TrackScan } from '../domain/track.ts';
import type { AccessFault } from './access-fault.ts';
import type { AnswerCodes } from './answer-codes.ts';
import type { WordTable } from './words.ts';

/** What we ask a carrier: stop this parcel and send it back. The request id never changes between repeats. */
export interface InterceptRequest {
  waybillNo: string;
  /** Idempotency key of the carrier: the intercept id. */
  requestId: string;
  /** Words for the outlet's staff, zh-CN. */
  reason: string;
  /** One of the carrier's `returnsTo`, the same in every repeat; absent: to the sender. */
  returnTo?: ReturnTo | undefined;
  /** With ADDRESS. */
  returnAddress?: ReturnAddress | undefined;
}

/** A question that told nothing. `accessFault`: our own account is refused, which says nothing of the parcel. */
export interface Unread {
  kind: 'UNKNOWN';
  reason: string;
  accessFault?: AccessFault | undefined;
}

/**
 * A request that told nothing (transport error, 5xx, a gateway code that allows a repeat): ask again with the same id.
 * `sent` is false when the carrier certainly did not process it (connection refused, quota, our access refused).
 */
export interface NoAnswer extends Unread {
  sent: boolean;
}

/**
 * The carrier's answer to an intercept request.
 * `EXISTS`: the carrier takes no second one, because an intercept, return or work order of this parcel is in force.
 * `REFUSED` with `perhapsOurs`: a refusal, unless an earlier request of ours with unknown outcome is what stands in the way.
 */
export type InterceptAnswer =
  | { kind: 'ACCEPTED'; reference: string | null }
  | { kind: 'REFUSED'; code: string | null; message: string; perhapsOurs?: boolean | undefined }
  | { kind: 'EXISTS'; code: string | null; message: string }
  | NoAnswer;

/** A carrier's own view of an intercept, where it has a status to ask for (ZTO only). */
export type InterceptReading =
  | { kind: 'INTERCEPTING' | 'SUCCEEDED' | 'FAILED' | 'NONE'; code: string | null; message: string; reference: string | null }
  | Unread;

/** A parcel's scans, sorted by time; `NO_TRACK` is an answer, `UNAVAILABLE` is the lack of one. */
export type TrackReading =
  | { kind: 'SCANS'; scans: TrackScan[] }
  | { kind: 'NO_TRACK' }
  | { kind: 'UNAVAILABLE'; reason: string; accessFault?: AccessFault | undefined };

/** The carrier's answer to a subscription of a waybill's track pushes. `SUBSCRIBED`: it pushes them, also where it did already. */
export type SubscribeAnswer = { kind: 'SUBSCRIBED' } | { kind: 'REFUSED'; code: string | null; message: string } | Unread;

/** A push as it came in: verified over these very bytes. Header names are lower case. */
export interface RawPush {
  body: Buffer;
  contentType: string;
  headers: Record<string, string | undefined>;
}

/** How the carrier wants to be answered. */
export interface PushReply {
  status: number;
  contentType: string;
  body: string;
}

/**
 * A push after verification. `VERIFIED` carries what could be read; `unreadable` holds the reason when the signature
 * was right but the content was not understood (kept and quarantined, still acknowledged).
 */
export type PushReading =
  | { kind: 'BAD_SIGNATURE'; reply: PushReply }
  | { kind: 'VERIFIED'; reply: PushReply; scans: TrackScan[]; unreadable: string | null };

/** A claim (索赔工单) at a carrier that has an API for it. */
export interface ClaimRequest {
  waybillNo: string;
  kind: 'DAMAGE' | 'LOSS';
  /** Idempotency key. */
  claimId: string;
  contactPhone: string;
  contactName: string;
  claimedFen: number;
  commodity: string;
  description: string;
}
/** `EXISTS`: the parcel has a work order already; ours only if we asked before and never learnt what became of it. */
export type ClaimAnswer =
  | { kind: 'ACCEPTED'; reference: string | null }
  | { kind: 'REFUSED'; code: string | null; message: string }
  | { kind: 'EXISTS'; code: string | null; message: string }
  | NoAnswer;
export type ClaimReading =
  | { kind: 'CREATED' | 'PROCESSING' | 'FINISHED'; replies: { at: EpochMs | null; text: string }[]; reference: string | null }
  | Unread;

/** One carrier, connected: every call is bounded in time and never throws for the carrier's faults. */
export interface CarrierClient {
  requestIntercept(request: InterceptRequest): Promise<InterceptAnswer>;
  /** Null where the carrier has no such query. */
  readIntercept: ((waybillNo: string) => Promise<InterceptReading>) | null;
  /** `phoneTail`: the last four digits of a party's phone where they are known; only some carriers ask for them (ZTO). */
  readTrack(waybillNo: string, phoneTail?: string | null): Promise<TrackReading>;
  /** Asks for pushes of this waybill's scans; safe to repeat. Null where nobody subscribes by API. */
  subscribeTrack: ((waybillNo: string, phoneTail: string | null) => Promise<SubscribeAnswer>) | null;
  readPush(push: RawPush): PushReading;
  /** Null where the carrier has no claim API: a claim sheet is printed instead. */
  claims: { open(request: ClaimRequest): Promise<ClaimAnswer>; read(waybillNo: string, claimId: string): Promise<ClaimReading> } | null;
}

/** What the registry knows of a carrier. Adding one is a folder with this and one line in `carriers/index.ts`. */
export interface Carrier {
  code: CarrierCode;
  nameZh: string;
  /** The platform's numbers and letters for this company (Kuaishou). */
  platform: { expressCode: number; companyCode: string };
  /** True where every cooperating outlet takes intercepts without a subscription (R10: YTO). */
  outletsOpenByDefault: boolean;
  /** Where its call can send a stopped parcel: the sender everywhere. A change of the delivery address is no return. */
  returnsTo: readonly ReturnTo[];
  /** True where what is known of the carrier rests on one source or on none that can be checked: connected only where its URL is set. */
  offByDefault?: boolean;
  /** Calls a second to this carrier's gateway, over all processes of its task queue. */
  callsPerSecond: number;
  /** Its scan words, by a name of the table: what docs/carrier-words.md prints. */
  words: Readonly<Record<string, WordTable>>;
  /** Its published answer codes, each sorted: what docs/carrier-words.md prints. */
  codes: AnswerCodes;
  /** Environment variables of this carrier: TypeBox schema whose property names are the variables. */
  settings: TObject;
  /** Variable that holds the gateway's URL; unset means the simulator, or no such carrier where it is off by default. */
  urlSetting: string;
  /** Variables whose values are secret (may also come as `NAME_FILE`). */
  secretSettings: string[];
  connect(settings: Record<string, string>): CarrierClient;
}
