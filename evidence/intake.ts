import { createHash } from 'node:crypto';
import type { CarrierCode } from '../domain/carrier.ts';
import { PRICE_PROTECTION } from '../domain/refund.ts';
import type { EpochMs } from '../domain/time.ts';
import type { TrackEvent, TrackScan, TrackSource } from '../domain/track.ts';
import type { World } from '../domain/world.ts';
import type { PlatformMessage } from '../platforms/port.ts';
import { type Db, inTransaction, type Trx } from '../store/db.ts';
import { messageKey, type NewEvent, storeEvents, UNKNOWN_WAYBILL } from '../store/inbox.ts';
import { notePriceProtection } from '../store/price-protections.ts';
import { findShop } from '../store/shops.ts';
import { recordScans } from '../store/track.ts';
import { shareWaybills } from '../store/waybill-lock.ts';
import { notePushed } from '../store/waybill-marks.ts';
import type { CarrierResult, ResultWord } from './classify.ts';
import { eventOfMessage, eventOfResult, eventOfScan } from './inbox-payload.ts';
import { knownWaybills } from './known-waybills.ts';

/** Longest sentence of a scan that is kept as its text; the carrier's record beside it is whole. */
const LONGEST_TEXT = 500;
const LONGEST_WAYBILL = 64;
const LONGEST_KEY = 200;

/** A track push after verification. */
export interface TakenPush {
  carrier: CarrierCode;
  scans: TrackScan[];
  /** Why content was not understood, null when all of it was. */
  unreadable: string | null;
  /** The bytes as they came. */
  body: Buffer;
}

/** Stores a track push: its scans, and, where something was not understood, the whole push in quarantine. */
export async function takePush(trx: Trx, push: TakenPush): Promise<void> {
  const scans = push.scans.filter((scan) => isWaybill(scan.waybillNo));
  await takeScans(trx, push.carrier, scans, 'PUSH');
  const unreadable = push.unreadable ?? (scans.length < push.scans.length ? 'a waybill number that is none' : null);
  if (unreadable === null) return;
  await storeEvents(trx, [
    {
      eventKey: `unreadable:${push.carrier}:${sha256(push.body)}`,
      kind: 'TRACK',
      carrier: push.carrier,
      waybillNo: null,
      refundId: null,
      shopId: null,
      payload: { unreadable },
      rawBody: push.body,
      quarantine: 'UNREADABLE',
    },
  ]);
}

/**
 * Stores scans, from a push, a poll or the facts of a create, and whatever of them may be evidence; returns how many were
 * new. A scan counts from its first arrival on, by whatever way. Pushed scans of a waybill without an intercept are set
 * aside until there is one; queried ones are not, because who asked reads the answer itself.
 */
export async function takeScans(trx: Trx, carrier: CarrierCode, scans: readonly TrackScan[], source: TrackSource): Promise<number> {
  const sound = scans.filter((scan) => scan.carrier === carrier && isWaybill(scan.waybillNo)).map(shortened);
  if (sound.length === 0) return 0;
  const waybillNos = [...new Set(sound.map((scan) => scan.waybillNo))];
  await shareWaybills(trx, carrier, waybillNos);
  const known = await knownWaybills(trx, carrier, waybillNos);
  const fresh = await recordScans(trx, sound, source);
  if (source === 'PUSH')
    await notePushed(
      trx,
      [...known].map((waybillNo) => ({ carrier, waybillNo })),
    );
  await storeEvents(
    trx,
    fresh
      .filter((scan) => source === 'PUSH' || known.has(scan.waybillNo))
      .map((scan) => ({ ...eventOfScan(scan, scan.scanKey), quarantine: known.has(scan.waybillNo) ? null : UNKNOWN_WAYBILL })),
  );
  return fresh.length;
}

const RESULT_TEXTS: Record<ResultWord, string> = {
  SUCCEEDED: '拦截成功',
  FAILED: '拦截失败',
  REFUSED: '快递拒绝拦截',
  LOST: '包裹遗失',
  DAMAGED: '包裹破损',
};
const RESULT_EVENTS: Partial<Record<ResultWord, TrackEvent>> = { LOST: 'LOST', DAMAGED: 'DAMAGED' };

/** A carrier's own word, named by whoever sent it or asked for it. */
export interface NamedResult extends CarrierResult {
  eventId: string;
  waybillNo: string;
}

/** Stores a carrier's own word on an intercept, pushed or asked for, once for each event id; false when it was stored before. */
export async function takeResult(trx: Trx, carrier: CarrierCode, push: NamedResult, by: 'PUSH' | 'QUERY'): Promise<boolean> {
  await shareWaybills(trx, carrier, [push.waybillNo]);
  const known = await knownWaybills(trx, carrier, [push.waybillNo]);
  const event: NewEvent = eventOfResult(carrier, push.waybillNo, push, `result:${carrier}:${push.eventId}`);
  const stored = await storeEvents(trx, [{ ...event, quarantine: known.has(push.waybillNo) ? null : UNKNOWN_WAYBILL }]);
  if (stored.length === 0) return false;
  const line: TrackScan = {
    carrier,
    waybillNo: push.waybillNo,
    event: RESULT_EVENTS[push.result] ?? 'OTHER',
    occurredAt: push.occurredAt,
    outletCode: null,
    outletName: null,
    text: push.message || RESULT_TEXTS[push.result],
    raw: { eventId: push.eventId, result: push.result, code: push.code, message: push.message },
  };
  await recordScans(trx, [line], 'RESULT');
  if (by === 'PUSH')
    await notePushed(
      trx,
      [...known].map((waybillNo) => ({ carrier, waybillNo })),
    );
  return true;
}

/** A loss claim counts as the carrier's word that the parcel is lost, from the moment it is opened (R36); once a claim. */
export async function takeLossClaim(
  trx: Trx,
  claim: { claimId: string; carrier: CarrierCode; waybillNo: string; createdAt: EpochMs },
): Promise<void> {
  const result = { result: 'LOST', occurredAt: claim.createdAt, code: 'LOSS_CLAIM', message: '商家发起遗失索赔' } as const;
  await storeEvents(trx, [eventOfResult(claim.carrier, claim.waybillNo, result, `claim:${claim.claimId}`)]);
}

/**
 * Stores a message of a world's platform, once for each event id, and what only messages say of a refund. What it says of another
 * world's shop is nothing to that shop.
 */
export async function takeMessage(db: Db, world: World, sent: PlatformMessage & { kind: 'MESSAGE' }): Promise<void> {
  const shop = sent.shopId === null ? null : await findShop(db, sent.shopId);
  const message = shop === null || shop.world === world ? sent : { ...sent, shopId: null, refundId: null };
  const { refundId, specialRefundType, eventId } = message;
  const event = eventOfMessage(message, messageKey(world, bounded(eventId)));
  if (refundId === null || specialRefundType !== PRICE_PROTECTION) return void (await storeEvents(db, [event]));
  await inTransaction(db, async (trx) => {
    await notePriceProtection(trx, refundId);
    await storeEvents(trx, [event]);
  });
}

function shortened(scan: TrackScan): TrackScan {
  const text = scan.text.slice(0, LONGEST_TEXT).toWellFormed();
  return text === scan.text ? scan : { ...scan, text };
}

/** Whether it can be a waybill number at all: what is longer or has odd characters comes from content misread. */
function isWaybill(text: string): boolean {
  return text.length <= LONGEST_WAYBILL && /^[\x21-\x7e]+$/.test(text);
}

/** An identity short enough for an index. */
function bounded(key: string): string {
  return key.length <= LONGEST_KEY ? key : sha256(key);
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
