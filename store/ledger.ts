import { type Selectable, sql } from 'kysely';
import type { CarrierCode } from '../domain/carrier.ts';
import type { Fen } from '../domain/money.ts';
import {
  allowedLineActions,
  judgeLineAction,
  type LedgerLine,
  type LineAction,
  type LineActionName,
  type LineKind,
  type LineRefusal,
  type LineStatus,
  lineStatus,
  type LineWish,
} from '../domain/settlement/line.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, inTransaction, type Trx } from './db.ts';
import type { Tables } from './tables.ts';
import { instant } from './values.ts';

/** A line as listed: with its status, the last thing done about it and what may be done next. */
export interface ListedLine extends LedgerLine {
  status: LineStatus;
  lastAction: LineAction | null;
  allowedActions: LineActionName[];
}

/** Adds a line; one with the same id is kept as it is. */
export function addLine(db: Db, line: Omit<LedgerLine, 'recordedAt'> & { shopId: string }): Promise<void> {
  return inTransaction(db, async (trx) => {
    const added = await trx
      .insertInto('ledger_lines')
      .values({
        line_id: line.lineId,
        shop_id: line.shopId,
        carrier: line.carrier,
        outlet_code: line.outletCode,
        outlet_name: line.outletName,
        intercept_id: line.interceptId,
        waybill_no: line.waybillNo,
        claim_id: line.claimId,
        corrects_line_id: line.correctsLineId,
        kind: line.kind,
        amount_fen: line.amountFen,
        occurred_at: instant(line.occurredAt),
        note: line.note,
      })
      .onConflict((conflict) => conflict.column('line_id').doNothing())
      .returning('line_id')
      .executeTakeFirst();
    if (!added) return;
    const standing = { line_id: line.lineId, shop_id: line.shopId, status: lineStatus(line.amountFen, null) };
    await trx
      .insertInto('ledger_standings')
      .values({ ...standing, occurred_at: instant(line.occurredAt) })
      .execute();
  });
}

/** A line, and the corrections that share its status, stand where its last action put them. */
async function moveStanding(trx: Trx, lineId: string, status: LineStatus): Promise<void> {
  await trx
    .updateTable('ledger_standings')
    .set({ status })
    .where(({ eb, or, selectFrom }) =>
      or([
        eb('line_id', '=', lineId),
        eb('line_id', 'in', selectFrom('ledger_lines').select('line_id').where('corrects_line_id', '=', lineId)),
      ]),
    )
    .execute();
}

/** Filters of a list of lines, all optional but the shop. Times are half-open: from ≤ x < to. */
export interface LineFilter {
  shopId: string;
  carrier?: CarrierCode | undefined;
  outletCode?: string | undefined;
  kind?: LineKind | undefined;
  status?: LineStatus | undefined;
  interceptId?: string | undefined;
  claimId?: string | undefined;
  waybillNo?: string | undefined;
  occurredFrom?: EpochMs | undefined;
  occurredTo?: EpochMs | undefined;
  /** Beginning of the Shanghai month the line is placed in. */
  monthStart?: EpochMs | undefined;
}

/** Whether a line is placed in the Shanghai month that begins then: `isPlacedIn` of domain/settlement/statement.ts, as its index has it. */
export const isPlacedIn = (monthStart: EpochMs) => sql<boolean>`
  date_trunc('month', greatest(l.occurred_at, l.recorded_at) at time zone 'Asia/Shanghai') = ${instant(monthStart)} at time zone 'Asia/Shanghai'`;

const EQUALS = [
  ['l.shop_id', 'shopId'],
  ['l.carrier', 'carrier'],
  ['l.outlet_code', 'outletCode'],
  ['l.kind', 'kind'],
  ['l.intercept_id', 'interceptId'],
  ['l.claim_id', 'claimId'],
  ['l.waybill_no', 'waybillNo'],
] as const;

/** Lines beside the line whose status they have (their own, or the one they correct) and the last thing done about it. */
function linesWithLast(db: Db) {
  return db
    .selectFrom('ledger_lines as l')
    .innerJoin('ledger_lines as m', (join) => join.on(sql<boolean>`m.line_id = coalesce(l.corrects_line_id, l.line_id)`))
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('ledger_actions as a')
          .selectAll('a')
          .whereRef('a.line_id', '=', 'm.line_id')
          .orderBy('a.action_id', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('ledger_actions as p')
          .select('p.action_id')
          .whereRef('p.line_id', '=', 'm.line_id')
          .where('p.action', '=', sql.lit('PRICE'))
          .limit(1)
          .as('priced'),
      (join) => join.onTrue(),
    )
    .selectAll('l')
    .select([
      'm.amount_fen as matter_amount_fen',
      'last.action as last_action',
      'last.amount_fen as last_amount_fen',
      'last.reason as last_reason',
      'last.actor as last_actor',
      'last.at as last_at',
      sql<boolean>`priced.action_id is not null`.as('priced_later'),
    ]);
}

type LastRow = Selectable<Tables['ledger_lines']> & {
  matter_amount_fen: Fen | null;
  last_action: LineActionName | null;
  last_amount_fen: Fen | null;
  last_reason: string | null;
  last_actor: string | null;
  last_at: EpochMs | null;
  priced_later: boolean;
};

/** The shop's lines, newest first by when they happened. Throws `BadCursor`. */
export async function listLines(db: Db, filter: LineFilter, page: PageRequest): Promise<Page<ListedLine>> {
  const key = { list: 'ledger-lines', ...filter };
  const start = pageStart(page, key);
  let query = linesWithLast(db);
  for (const [column, name] of EQUALS) {
    const value = filter[name];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (filter.occurredFrom !== undefined) query = query.where('l.occurred_at', '>=', instant(filter.occurredFrom));
  if (filter.occurredTo !== undefined) query = query.where('l.occurred_at', '<', instant(filter.occurredTo));
  if (filter.monthStart !== undefined) query = query.where(isPlacedIn(filter.monthStart));
  // Lines of a status are found, and read in order, by where they stand: those that wait for somebody are few.
  const of = filter.status === undefined ? sql`l` : sql`s`;
  if (filter.status !== undefined) {
    query = query
      .innerJoin('ledger_standings as s', 's.line_id', 'l.line_id')
      .where('s.shop_id', '=', filter.shopId)
      .where('s.status', '=', filter.status);
  }
  if (start) query = query.where(sql<boolean>`(${of}.occurred_at, ${of}.line_id) < (${instant(start.at)}, ${start.id})`);
  const rows = await query
    .orderBy(sql`${of}.occurred_at`, 'desc')
    .orderBy(sql`${of}.line_id`, 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, key, (row) => ({ at: row.occurred_at, id: row.line_id }), listedOf);
}

/** The shop's line, null when it is absent or another shop's. */
export async function findLine(db: Db, shopId: string, lineId: string): Promise<ListedLine | null> {
  const row = await linesWithLast(db).where('l.shop_id', '=', shopId).where('l.line_id', '=', lineId).executeTakeFirst();
  return row ? listedOf(row) : null;
}

export type ActedOnLine = { kind: 'DONE'; line: ListedLine } | { kind: 'REFUSED'; refusal: LineRefusal; status: LineStatus };

/**
 * Does something about a line by the rules of `judgeLineAction`: adds the action and, where money changes, a correcting
 * line, in one transaction that no other action on the line can cross. Null when the shop has no such line.
 */
export function actOnLine(db: Db, of: { shopId: string; lineId: string; actor: string }, wish: LineWish): Promise<ActedOnLine | null> {
  return inTransaction(db, async (trx): Promise<ActedOnLine | null> => {
    const row = await trx
      .selectFrom('ledger_lines')
      .selectAll()
      .where('shop_id', '=', of.shopId)
      .where('line_id', '=', of.lineId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return null;
    const line = lineOf(row);
    const actions = await trx.selectFrom('ledger_actions').select('action').where('line_id', '=', of.lineId).orderBy('action_id').execute();
    const corrections = await trx.selectFrom('ledger_lines').select('amount_fen').where('corrects_line_id', '=', of.lineId).execute();
    const judged = judgeLineAction(
      {
        line,
        lastAction: actions.at(-1)?.action ?? null,
        standsAtFen: corrections.reduce((sum, { amount_fen }) => sum + (amount_fen ?? 0), line.amountFen ?? 0),
        isPriced: line.amountFen !== null || actions.some(({ action }) => action === 'PRICE'),
      },
      wish,
    );
    if (judged.kind === 'REFUSED') return judged;
    if (judged.kind === 'TAKEN') {
      const action = await addAction(trx, of, wish);
      const number = corrections.length + 1;
      if (judged.correctionFen !== null)
        await addCorrection(trx, of.shopId, line, { number, amountFen: judged.correctionFen, at: action.at, note: wish.reason });
      await moveStanding(trx, of.lineId, lineStatus(line.amountFen, wish.action));
    }
    const acted = await findLine(trx, of.shopId, of.lineId);
    return acted === null ? null : { kind: 'DONE', line: acted };
  });
}

function addAction(
  trx: Trx,
  { lineId, actor }: { lineId: string; actor: string },
  { action, amountFen, reason }: LineWish,
): Promise<{ at: EpochMs }> {
  return trx
    .insertInto('ledger_actions')
    .values({ line_id: lineId, action, amount_fen: action === 'PRICE' ? amountFen : null, reason, actor })
    .returning('at')
    .executeTakeFirstOrThrow();
}

async function addCorrection(
  trx: Trx,
  shopId: string,
  line: LedgerLine,
  correction: { number: number; amountFen: Fen; at: EpochMs; note: string | null },
): Promise<void> {
  await addLine(trx, {
    ...line,
    shopId,
    lineId: `${line.lineId}-c${correction.number}`,
    correctsLineId: line.lineId,
    kind: 'ADJUSTMENT',
    amountFen: correction.amountFen,
    occurredAt: correction.at,
    note: correction.note,
  });
}

export function lineOf(row: Selectable<Tables['ledger_lines']>): LedgerLine {
  return {
    lineId: row.line_id,
    carrier: row.carrier,
    outletCode: row.outlet_code,
    outletName: row.outlet_name,
    interceptId: row.intercept_id,
    waybillNo: row.waybill_no,
    claimId: row.claim_id,
    correctsLineId: row.corrects_line_id,
    kind: row.kind,
    amountFen: row.amount_fen,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    note: row.note,
  };
}

function listedOf(row: LastRow): ListedLine {
  const { last_action, last_actor, last_at } = row;
  const lastAction =
    last_action === null || last_actor === null || last_at === null
      ? null
      : { action: last_action, amountFen: row.last_amount_fen, reason: row.last_reason, actor: last_actor, at: last_at };
  const line = lineOf(row);
  const isPriced = row.matter_amount_fen !== null || row.priced_later;
  return {
    ...line,
    status: lineStatus(row.matter_amount_fen, last_action),
    lastAction,
    allowedActions: allowedLineActions({ line, lastAction: last_action, isPriced }),
  };
}
