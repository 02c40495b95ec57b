import { type Selectable, sql } from 'kysely';
import type { RuleFacts } from '../domain/rules/facts.ts';
import { type Judgement, judge, NOTHING_SPENT, type Spent, type SpentToday } from '../domain/rules/judge.ts';
import type { RuleAction } from '../domain/rules/rule.ts';
import { type EpochMs, shanghaiDay } from '../domain/time.ts';
import { type Page, type PageRequest, pageStart, toPage } from './cursor.ts';
import { type Db, inTransaction, type Trx } from './db.ts';
import { currentRules, holdRules, type SavedRules } from './rule-versions.ts';
import type { Tables } from './tables.ts';
import { clock, instant, jsonb, onlyRow } from './values.ts';

/** What a refund came to under the shop's rules of now. */
export type Decided =
  | { kind: 'JUDGED'; judgementId: number; rules: SavedRules; judgement: Judgement }
  /** A rule has started its intercept already: no rule does so twice. */
  | { kind: 'STARTED_BEFORE' }
  /** The shop has no rules. */
  | { kind: 'NO_RULES' };

export interface JudgedRefund {
  shopId: string;
  facts: RuleFacts;
  buyerKey: string | null;
  seenAt: EpochMs;
}

/**
 * Judges a refund, keeps the judgement, and reserves its fee and its place in the day's budgets if it says to intercept: all in one
 * transaction, one after the other for each shop, so that no budget is exceeded whoever judges. A reservation of the same refund
 * whose create never came is replaced: what it was for is judged anew.
 */
export function decideRefund(db: Db, { shopId, facts, buyerKey, seenAt }: JudgedRefund): Promise<Decided> {
  return inTransaction(db, async (trx): Promise<Decided> => {
    await holdRules(trx, shopId);
    const { refundId } = facts;
    const reservation = await trx.selectFrom('rule_reservations').select('state').where('refund_id', '=', refundId).executeTakeFirst();
    if (reservation?.state === 'USED') return { kind: 'STARTED_BEFORE' };
    const rules = await currentRules(trx, shopId);
    if (rules === null) return { kind: 'NO_RULES' };
    const day = shanghaiDay(facts.at);
    const judgement = judge(rules, facts, await spentOn(trx, shopId, day, refundId));
    const judgementId = await keepJudgement(trx, { shopId, facts, buyerKey, seenAt }, judgement);
    if (judgement.decision === 'INTERCEPT' && judgement.ruleId !== null) {
      const reserved = { shop_id: shopId, rule_id: judgement.ruleId, judgement_id: judgementId, day, fee_fen: facts.expectedFeeFen ?? 0 };
      await trx
        .insertInto('rule_reservations')
        .values({ refund_id: refundId, ...reserved })
        .onConflict((conflict) => conflict.column('refund_id').doUpdateSet({ ...reserved, state: 'RESERVED', reserved_at: clock() }))
        .execute();
    } else await releaseReservation(trx, refundId, 'RESERVED');
    return { kind: 'JUDGED', judgementId, rules, judgement };
  });
}

async function keepJudgement(trx: Trx, { shopId, facts, buyerKey, seenAt }: JudgedRefund, judgement: Judgement): Promise<number> {
  const row = await trx
    .insertInto('rule_judgements')
    .values({
      shop_id: shopId,
      refund_id: facts.refundId,
      version: judgement.version,
      decision: judgement.decision,
      cause: judgement.cause,
      rule_id: judgement.ruleId,
      buyer_key: buyerKey,
      facts: jsonb(facts),
      verdicts: jsonb(judgement.rules),
      seen_at: instant(seenAt),
    })
    .returning('judgement_id')
    .executeTakeFirstOrThrow();
  return row.judgement_id;
}

/** What was started or is reserved on a Shanghai day, without one refund if it is named. */
export async function spentOn(db: Db, shopId: string, day: string, except: string | null = null): Promise<SpentToday> {
  const { rows } = await sql<Spent & { ruleId: string }>`
    select rule_id as "ruleId", sum(fee_fen)::int8 as "feeFen", count(*) as count from rule_reservations
    where shop_id = ${shopId} and day = ${day} and state <> 'RELEASED' and refund_id is distinct from ${except} group by rule_id`.execute(
    db,
  );
  const shop = rows.reduce((sum, { feeFen, count }) => ({ feeFen: sum.feeFen + feeFen, count: sum.count + count }), NOTHING_SPENT);
  return { shop, byRule: new Map(rows.map(({ ruleId, feeFen, count }) => [ruleId, { feeFen, count }])) };
}

/**
 * In the transaction that opens the case: turns the reservation of this judgement into one that is used. False when it is gone,
 * because the refund was judged again meanwhile: then there must be no case of this judgement.
 */
export async function takeReservation(trx: Db, refundId: string, judgementId: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('rule_reservations')
    .set({ state: 'USED' })
    .where('refund_id', '=', refundId)
    .where('judgement_id', '=', judgementId)
    .where('state', '=', 'RESERVED')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Gives back what a refund holds of the budgets, if it stands like that: its case never came to be. */
export async function releaseReservation(trx: Db, refundId: string, state: 'RESERVED' | 'USED'): Promise<void> {
  await trx
    .updateTable('rule_reservations')
    .set({ state: 'RELEASED' })
    .where('refund_id', '=', refundId)
    .where('state', '=', state)
    .execute();
}

/** How many other refunds of a buyer were judged for this shop. */
export async function earlierRefunds(db: Db, shopId: string, buyerKey: string, refundId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct refund_id) as count from rule_judgements
    where shop_id = ${shopId} and buyer_key = ${buyerKey} and refund_id <> ${refundId}`.execute(db);
  return onlyRow(rows, 'count').count;
}

/** A judgement as kept. */
export interface KeptJudgement extends Judgement {
  judgementId: number;
  facts: RuleFacts;
  seenAt: EpochMs;
  judgedAt: EpochMs;
}

function judgementOf(row: Selectable<Tables['rule_judgements']>): KeptJudgement {
  return {
    judgementId: row.judgement_id,
    version: row.version,
    decision: row.decision,
    cause: row.cause,
    ruleId: row.rule_id,
    rules: row.verdicts,
    facts: row.facts,
    seenAt: row.seen_at,
    judgedAt: row.judged_at,
  };
}

const MOST_OF_A_REFUND = 200;

/** Every judgement of one of the shop's refunds, newest first, at most 200. */
export async function judgementsOf(db: Db, shopId: string, refundId: string): Promise<KeptJudgement[]> {
  const rows = await db
    .selectFrom('rule_judgements')
    .selectAll()
    .where('refund_id', '=', refundId)
    .where('shop_id', '=', shopId)
    .orderBy('judgement_id', 'desc')
    .limit(MOST_OF_A_REFUND)
    .execute();
  return rows.map(judgementOf);
}

/** The shop's judgements, newest first. Throws `BadCursor`. */
export async function listJudgements(
  db: Db,
  { shopId, decision, refundId }: { shopId: string; decision?: RuleAction | undefined; refundId?: string | undefined },
  page: PageRequest,
): Promise<Page<KeptJudgement>> {
  const filter = { list: 'judgements', shopId, decision, refundId };
  const start = pageStart(page, filter);
  let query = db.selectFrom('rule_judgements').selectAll().where('shop_id', '=', shopId);
  if (decision !== undefined) query = query.where('decision', '=', decision);
  if (refundId !== undefined) query = query.where('refund_id', '=', refundId);
  if (start !== null) query = query.where('judgement_id', '<', start.at);
  const rows = await query
    .orderBy('judgement_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(rows, page, filter, (row) => ({ at: row.judgement_id, id: '' }), judgementOf);
}

const FACTS_A_READ = 5_000;

/** The facts of every judgement of the shop in [from, to), in the order they were judged, batch by batch. */
export async function* pastFacts(db: Db, shopId: string, from: EpochMs, to: EpochMs): AsyncGenerator<RuleFacts[]> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('rule_judgements')
      .select(['judgement_id', 'facts'])
      .where('shop_id', '=', shopId)
      .where('judged_at', '>=', instant(from))
      .where('judged_at', '<', instant(to))
      .where('judgement_id', '>', after)
      .orderBy('judgement_id')
      .limit(FACTS_A_READ)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ facts }) => facts);
    if (rows.length < FACTS_A_READ) return;
    after = last.judgement_id;
  }
}
