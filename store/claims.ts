import { type Selectable, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { ClaimDetails, ClaimKind, ClaimState, ClaimStatus } from '../domain/claim/claim.ts';
import type { ClaimLine } from '../domain/claim/progress.ts';
import type { ClaimWrite } from '../domain/claim/record.ts';
import { tellClaim } from '../domain/claim/view.ts';
import { maskPeople } from '../domain/masking.ts';
import type { EpochMs } from '../domain/time.ts';
import { announceChange } from './case-writing.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import type { Db, Trx } from './db.ts';
import { addLine } from './ledger.ts';
import { insertNotices } from './notices.ts';
import { insertOutbox } from './outbox.ts';
import type { Tables } from './tables.ts';
import { clock, clockBound, instant, jsonb } from './values.ts';

/** A claim without a verdict; one of a kind and intercept at a time. */
export const OPEN_CLAIM: ClaimStatus[] = ['SUBMITTED', 'ACCEPTED', 'ARBITRATING'];

/** A claim as last recorded. */
export interface ClaimRecord {
  details: ClaimDetails;
  state: ClaimState;
}

/** The open claim of that kind stands in the way (Q32). */
export interface OpenClaim {
  claimId: string;
}

/**
 * Inserts a claim with its first line and event, in the caller's transaction; the open claim of the same kind and
 * intercept when there is one.
 */
export async function insertClaim(trx: Trx, details: ClaimDetails, write: ClaimWrite): Promise<'INSERTED' | OpenClaim> {
  const { state } = write;
  const inserted = await trx
    .insertInto('claims')
    .values({
      claim_id: details.claimId,
      shop_id: details.shopId,
      intercept_id: details.interceptId,
      carrier: details.carrier,
      outlet_code: details.outletCode,
      outlet_name: details.outletName,
      waybill_no: details.waybillNo,
      kind: details.kind,
      status: state.status,
      contact_phone: details.contactPhone,
      goods: jsonb(details.goods),
      claimed_fen: details.claimedFen,
      description: details.description,
      evidence: details.evidence,
      opened_by: details.openedBy,
      state: jsonb(state),
      version: state.version,
      created_at: instant(details.createdAt),
      updated_at: instant(state.updatedAt),
    })
    .onConflict((conflict) => conflict.columns(['intercept_id', 'kind']).where('status', 'in', OPEN_CLAIM).doNothing())
    .returning('claim_id')
    .executeTakeFirst();
  if (!inserted) {
    const open = await openClaim(trx, details.interceptId, details.kind);
    if (open === null) throw new Error(`the open ${details.kind} claim of ${details.interceptId} was settled just now: repeat`);
    return open;
  }
  await addClaimNews(trx, details, write);
  return 'INSERTED';
}

/** Stands where a claim's own words were, which no run ever knew. */
const WORDS_LOST = '（数据库恢复时丢失，请联系商家补充）';

/**
 * Makes a claim that the database, restored to an earlier state, does not know, from the state its run began with. What the merchant stated is kept
 * nowhere else and stays lost: phone, goods, photographs, and the words, in whose place stands that they are. False when there is no such case, or
 * another open claim of the kind stands in the way.
 */
export function remakeClaim(db: Db, state: ClaimState): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const parcel = await trx
      .selectFrom('intercepts')
      .select(['outlet_code', 'outlet_name'])
      .where('intercept_id', '=', state.interceptId)
      .executeTakeFirst();
    if (!parcel) return false;
    const { claimId, shopId, interceptId, carrier, waybillNo, kind, claimedFen, updatedAt } = state;
    const named = { claimId, shopId, interceptId, carrier, waybillNo, kind, claimedFen, createdAt: updatedAt };
    const outlet = { outletCode: parcel.outlet_code, outletName: parcel.outlet_name };
    const lost = { contactPhone: '', goods: [], description: WORDS_LOST, evidence: [], openedBy: 'restored' };
    const write: ClaimWrite = { state, lines: [], notices: [], told: false, credit: null };
    return (await insertClaim(trx, { ...named, ...outlet, ...lost }, write)) === 'INSERTED';
  });
}

async function openClaim(db: Db, interceptId: string, kind: ClaimKind): Promise<OpenClaim | null> {
  const row = await db
    .selectFrom('claims')
    .select('claim_id')
    .where('intercept_id', '=', interceptId)
    .where('kind', '=', kind)
    .where('status', 'in', OPEN_CLAIM)
    .executeTakeFirst();
  return row ? { claimId: row.claim_id } : null;
}

/**
 * Writes one version of a claim in one transaction: state, history, event for the shop's systems, notices, and with an
 * award its ledger line. Writes may come twice and in any order: each thing is written once, the state only becomes newer.
 */
export async function saveClaim(db: Db, write: ClaimWrite): Promise<void> {
  const { state } = write;
  await db.transaction().execute(async (trx) => {
    const stored = await trx.selectFrom('claims').selectAll().where('claim_id', '=', state.claimId).forUpdate().executeTakeFirst();
    if (!stored) throw new Error(`claim ${state.claimId} is not in the database`);
    if (state.version > stored.version) {
      await trx
        .updateTable('claims')
        .set({
          status: state.status,
          awarded_fen: state.awardedFen,
          // Kept as it was adopted, should the run not have heard of it yet.
          ...(state.carrierReference === null ? {} : { carrier_reference: state.carrierReference }),
          state: jsonb(state),
          version: state.version,
          updated_at: instant(state.updatedAt),
          run_missing_since: null,
        })
        .where('claim_id', '=', state.claimId)
        .execute();
    }
    const { details } = recordOf(stored);
    await addClaimNews(trx, details, write);
    if (write.credit === null) return;
    await addLine(trx, {
      lineId: `${details.claimId}-award`,
      shopId: details.shopId,
      carrier: details.carrier,
      outletCode: details.outletCode,
      outletName: details.outletName,
      interceptId: details.interceptId,
      waybillNo: details.waybillNo,
      claimId: details.claimId,
      correctsLineId: null,
      kind: 'CLAIM',
      amountFen: -write.credit.amountFen,
      occurredAt: write.credit.at,
      note: state.note === null ? null : maskPeople(state.note),
    });
  });
}

/** History, outbox event and notices of one version, each once; pages that show the case are told to look again. */
async function addClaimNews(trx: Trx, details: ClaimDetails, { state, lines, notices, told }: ClaimWrite): Promise<void> {
  const { claimId, shopId, interceptId } = details;
  const key = `${claimId}:${state.version}`;
  // Every version of a case has a line in its log, by which repeated news is known; this is none of them.
  await announceChange(trx, { interceptId, shopId, version: 0 });
  if (lines.length > 0) {
    await trx
      .insertInto('claim_events')
      .values(
        lines.map((line, n) => ({
          event_key: `${key}:${n}`,
          claim_id: claimId,
          at: instant(line.at),
          actor_kind: line.actorKind,
          actor: line.actor,
          what: line.what,
          detail: jsonb(line.detail),
        })),
      )
      .onConflict((conflict) => conflict.column('event_key').doNothing())
      .execute();
  }
  if (told) {
    const payload = tellClaim(details, state);
    await insertOutbox(trx, {
      eventKey: key,
      shopId,
      interceptId,
      sequence: null,
      type: 'claim.updated',
      payload,
      occurredAt: state.updatedAt,
    });
  }
  await insertNotices(
    trx,
    notices.map((code) => ({
      eventKey: `${key}:${code}`,
      shopId,
      interceptId,
      at: state.updatedAt,
      kind: 'NOTICE',
      code,
      reference: claimId,
      detail: {
        waybillNo: details.waybillNo,
        carrier: details.carrier,
        kind: details.kind,
        status: state.status,
        outletName: details.outletName,
      },
    })),
  );
}

/** The shop's claim, null when it is absent or another shop's. */
export async function findClaim(db: Db, shopId: string, claimId: string): Promise<ClaimRecord | null> {
  const row = await db.selectFrom('claims').selectAll().where('shop_id', '=', shopId).where('claim_id', '=', claimId).executeTakeFirst();
  return row ? recordOf(row) : null;
}

/** The claim whatever its shop: for background work only. */
export async function findAnyClaim(db: Db, claimId: string): Promise<ClaimRecord | null> {
  const row = await db.selectFrom('claims').selectAll().where('claim_id', '=', claimId).executeTakeFirst();
  return row ? recordOf(row) : null;
}

/** Filters of a list of claims, all optional but the shop. Times are half-open: from ≤ x < to. */
export interface ClaimFilter {
  shopId: string;
  interceptId?: string | undefined;
  status?: ClaimStatus | undefined;
  kind?: ClaimKind | undefined;
  carrier?: CarrierCode | undefined;
  outletCode?: string | undefined;
  waybillNo?: string | undefined;
  createdFrom?: EpochMs | undefined;
  createdTo?: EpochMs | undefined;
  /** CLAIMING: only claims without a verdict. */
  workList?: 'CLAIMING' | undefined;
}

const EQUALS = [
  ['shop_id', 'shopId'],
  ['intercept_id', 'interceptId'],
  ['status', 'status'],
  ['kind', 'kind'],
  ['carrier', 'carrier'],
  ['outlet_code', 'outletCode'],
  ['waybill_no', 'waybillNo'],
] as const;

/** The shop's claims, newest first. Throws `BadCursor`. */
export async function listClaims(db: Db, filter: ClaimFilter, page: PageRequest): Promise<Page<ClaimRecord>> {
  const key = { list: 'claims', ...filter };
  const start = pageStart(page, key);
  let query = db.selectFrom('claims').selectAll();
  for (const [column, name] of EQUALS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (filter.workList !== undefined) query = query.where('status', 'in', OPEN_CLAIM);
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', instant(filter.createdFrom));
  if (filter.createdTo !== undefined) query = query.where('created_at', '<', instant(filter.createdTo));
  if (start) query = query.where(sql<boolean>`(created_at, claim_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('claim_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.created_at, id: row.claim_id }), recordOf);
}

/** The whole history of a claim in the order things were recorded. The caller has checked that the claim is the shop's. */
export async function listClaimLines(db: Db, claimId: string): Promise<ClaimLine[]> {
  const rows = await db.selectFrom('claim_events').selectAll().where('claim_id', '=', claimId).orderBy('claim_event_id').execute();
  return rows.map(({ at, actor_kind, actor, what, detail }) => ({ at, actorKind: actor_kind, actor, what, detail }));
}

/** Notes that Temporal has the claim's run. */
export async function markClaimStarted(db: Db, claimId: string): Promise<void> {
  await db
    .updateTable('claims')
    .set({ run_started_at: clock() })
    .where('claim_id', '=', claimId)
    .where('run_started_at', 'is', null)
    .execute();
}

/** Claims whose run is not known to have started within `olderThanMs`, oldest first. */
export async function unstartedClaims(db: Db, olderThanMs: number, limit: number): Promise<ClaimRecord[]> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('run_started_at', 'is', null)
    .where('created_at', '<', clockBound(-olderThanMs))
    .orderBy('created_at')
    .limit(limit)
    .execute();
  return rows.map(recordOf);
}

function recordOf(row: Selectable<Tables['claims']>): ClaimRecord {
  return {
    details: {
      claimId: row.claim_id,
      shopId: row.shop_id,
      interceptId: row.intercept_id,
      carrier: row.carrier,
      outletCode: row.outlet_code,
      outletName: row.outlet_name,
      waybillNo: row.waybill_no,
      kind: row.kind,
      contactPhone: row.contact_phone,
      goods: row.goods,
      claimedFen: row.claimed_fen,
      description: row.description,
      evidence: row.evidence,
      openedBy: row.opened_by,
      createdAt: row.created_at,
    },
    state: row.state,
  };
}
