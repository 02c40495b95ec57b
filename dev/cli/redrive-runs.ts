import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';
import type { EpochMs } from '../../domain/time.ts';
import { replayConverter } from '../../sealing/data-converter.ts';
import { type Db, now } from '../../store/db.ts';
import { loadWorkflowBundle } from '../../worker/bundle.ts';
import { reconcile } from './reconcile.ts';
import { restartClaim } from './restart-claim.ts';
import { restartIntercept } from './restart-intercept.ts';
import { withDatabase } from './surroundings.ts';
import { temporalPayloadKeys, withTemporal } from './temporal.ts';

/** Makes a new run of a case from its record and tells which. */
export async function redriveIntercept(interceptId: string): Promise<void> {
  const { workflowId, runId, evidence } = await withBoth((db, client) => restartIntercept(db, client, interceptId));
  say(`${workflowId} goes on as run ${runId}; ${evidence} pieces of evidence are told to it again.`);
}

/** Makes a new run of a claim from its record and tells which. */
export async function redriveClaim(claimId: string): Promise<void> {
  const { workflowId, runId } = await withBoth((db, client) => restartClaim(db, client, claimId));
  say(`${workflowId} goes on as run ${runId}.`);
}

/** Brings all records and runs together that changed since an instant, which is told by PostgreSQL's clock; throws when some could not be. */
export async function reconcileAll(restoredTo: (now: EpochMs) => EpochMs): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const workflowBundle = await loadWorkflowBundle(pino({ level: 'warn' }, pino.destination(2)), { sealed: false });
  const dataConverter = replayConverter(temporalPayloadKeys());
  const failed = await withBoth(async (db, client) =>
    reconcile({ db, client, workflowBundle, dataConverter }, restoredTo(await now(db)), say),
  );
  if (failed > 0) throw new Error(`${failed} could not be brought together: run this with the version that carried them on.`);
  say('Records and runs are together: start the workers.');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function withBoth<T>(act: (db: Db, client: Client) => Promise<T>): Promise<T> {
  return withTemporal((client) => withDatabase('redrive', (db) => act(db, client)));
}
