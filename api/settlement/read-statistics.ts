import { DAY_MS, type EpochMs, msOfShanghaiDay, shanghaiDay } from '../../domain/time.ts';
import { type Db, now } from '../../store/db.ts';
import { type DeadlinesOfDay, deadlinesAhead } from '../../store/deadlines.ts';
import { interceptStatistics, type StatisticsGrouping } from '../../store/statistics.ts';
import { problem } from '../problems/problem.ts';
import { viewFigures, viewGroup } from './view-statistics.ts';

const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;
const DAYS_AHEAD = 7;

/** The figures of what was initiated in [from, to), the last 30 days unless told, and the totals of the time of the same length before. */
export async function readStatistics(
  db: Db,
  shopId: string,
  asked: { from: EpochMs | undefined; to: EpochMs | undefined; groupBy: StatisticsGrouping },
) {
  const to = asked.to ?? (await now(db));
  const from = asked.from ?? to - DEFAULT_DAYS * DAY_MS;
  if (from >= to || to - from > MAX_DAYS * DAY_MS) {
    throw problem('VALIDATION_FAILED', {
      errors: [{ pointer: '/query/from', message: `must be before "to", by ${MAX_DAYS} days at most` }],
    });
  }
  const [{ groups, total }, before] = await Promise.all([
    interceptStatistics(db, shopId, { from, to }, asked.groupBy),
    interceptStatistics(db, shopId, { from: 2 * from - to, to: from }, 'carrier'),
  ]);
  return { from, to, groupBy: asked.groupBy, items: groups.map(viewGroup), total: viewFigures(total), before: viewFigures(before.total) };
}

/** What the rest of today and the seven Shanghai days after it bring; days without a deadline too. */
export async function readDeadlines(db: Db, shopId: string): Promise<DeadlinesOfDay[]> {
  const at = await now(db);
  const midnight = at - msOfShanghaiDay(at);
  const found = new Map((await deadlinesAhead(db, shopId, midnight + (DAYS_AHEAD + 1) * DAY_MS - at)).map((each) => [each.day, each]));
  return Array.from({ length: DAYS_AHEAD + 1 }, (_, index) => {
    const day = shanghaiDay(midnight + index * DAY_MS);
    return found.get(day) ?? { day, due: 0, dueFen: 0, failed: 0, noResult: 0, unlocking: 0 };
  });
}
