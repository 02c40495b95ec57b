import type { Db, Trx } from '../../../store/db.ts';
import { sessionOf } from './tables.ts';

export function now(db: Db): Promise<number> {
  const session = sessionOf(db);
  return session.statement(() => session.now);
}

/** PostgreSQL's clock, later than that of every row written before. */
export async function nextInstant(trx: Trx): Promise<number> {
  const session = sessionOf(trx);
  await session.tables.kernel.pause(1);
  return session.statement(() => session.now);
}

export function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Trx) : db.transaction().execute(work);
}

export async function holdLock(trx: Trx, name: string): Promise<void> {
  await sessionOf(trx).lock(name, 'ALONE');
}
