import type { EpochMs } from '../../domain/time.ts';
import type { Db } from '../../store/db.ts';
import type { RecordStanding } from '../../store/intercept-watch.ts';
import type { Replayer, ToldRun } from './told-runs.ts';

/** Where the two halves of the service's memory are. */
export interface Halves extends Replayer {
  db: Db;
}

/** What `reconcile` is told of one kind of run and its record. */
export interface Kind {
  workflowType: string;
  workflowIdOf(id: string): string;
  standings(db: Db, since: EpochMs): Promise<RecordStanding[]>;
  /** Brings one record and its runs, the oldest first, together; says in words what it did, null when they already were. */
  bringTogether(halves: Halves, id: string, runs: readonly ToldRun[], since: EpochMs): Promise<string | null>;
}
