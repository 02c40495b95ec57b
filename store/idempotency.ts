import { sql } from 'kysely';
import { type Db, inTransaction } from './db.ts';
import { clock, clockPlus, jsonb, newId } from './values.ts';

/** One use of an `Idempotency-Key`: scoped to the API key and the operation. */
export interface IdempotencyScope {
  keyId: string;
  operation: string;
  idempotencyKey: string;
}

/** An answer as it is replayed. */
export interface StoredResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type IdempotentStart =
  /** Go on; give `holder` back with the answer. */
  | { kind: 'FIRST'; holder: string }
  /** The first request still runs. */
  | { kind: 'RUNNING' }
  | { kind: 'DONE'; response: StoredResponse }
  /** The key was used with another request. */
  | { kind: 'REUSED' };

const HOUR_MS = 3_600_000;
/** Answers are replayed at least this long (contract §3). */
const KEPT_MS = 25 * HOUR_MS;

/**
 * Takes an idempotency key for a request. A request that neither finished nor let go within `holdMs` (its process died) no longer
 * holds the key: what it began is found again by the business keys.
 */
export function beginIdempotent(db: Db, scope: IdempotencyScope, fingerprint: string, holdMs: number): Promise<IdempotentStart> {
  const holder = newId('req');
  const held = {
    fingerprint,
    holder,
    status: 'RUNNING' as const,
    held_until: clockPlus(holdMs),
    expires_at: clockPlus(KEPT_MS),
  };
  return inTransaction(db, async (trx): Promise<IdempotentStart> => {
    const taken = await trx
      .insertInto('idempotency_keys')
      .values({ key_id: scope.keyId, operation: scope.operation, idempotency_key: scope.idempotencyKey, ...held })
      .onConflict((conflict) =>
        conflict
          .columns(['key_id', 'operation', 'idempotency_key'])
          .doUpdateSet({ ...held, created_at: clock(), response_status: null, response_headers: null, response_body: null })
          .where(
            sql<boolean>`idempotency_keys.expires_at <= clock_ms() or (idempotency_keys.status = 'RUNNING'
              and idempotency_keys.held_until <= clock_ms() and idempotency_keys.fingerprint = ${fingerprint})`,
          ),
      )
      .returning('holder')
      .executeTakeFirst();
    if (taken) return { kind: 'FIRST', holder };
    const row = await whereScope(trx.selectFrom('idempotency_keys').selectAll(), scope).executeTakeFirst();
    if (!row) return { kind: 'RUNNING' };
    if (row.fingerprint !== fingerprint) return { kind: 'REUSED' };
    if (row.status === 'RUNNING' || row.response_status === null) return { kind: 'RUNNING' };
    return { kind: 'DONE', response: { status: row.response_status, headers: row.response_headers ?? {}, body: row.response_body ?? '' } };
  });
}

/** Keeps the answer for replays; false when the key has been taken over meanwhile. */
export async function finishIdempotent(db: Db, scope: IdempotencyScope, holder: string, response: StoredResponse): Promise<boolean> {
  const row = await whereScope(
    db
      .updateTable('idempotency_keys')
      .set({ status: 'DONE', response_status: response.status, response_headers: jsonb(response.headers), response_body: response.body })
      .where('holder', '=', holder)
      .where('status', '=', 'RUNNING'),
    scope,
  )
    .returning('holder')
    .executeTakeFirst();
  return row !== undefined;
}

/** Lets the key go without an answer, so that the request may be made again: for refusals that are not kept. */
export async function releaseIdempotent(db: Db, scope: IdempotencyScope, holder: string): Promise<void> {
  await whereScope(db.deleteFrom('idempotency_keys').where('holder', '=', holder).where('status', '=', 'RUNNING'), scope).execute();
}

interface Scoped<Q> {
  where(column: 'key_id' | 'operation' | 'idempotency_key', operator: '=', value: string): Q;
}

function whereScope<Q extends Scoped<Q>>(query: Q, scope: IdempotencyScope): Q {
  return query
    .where('key_id', '=', scope.keyId)
    .where('operation', '=', scope.operation)
    .where('idempotency_key', '=', scope.idempotencyKey);
}
