import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';

/** One step of stopping, with the longest it may take. */
export interface ShutdownPhase {
  name: string;
  limitMs: number;
  run(): Promise<unknown>;
}

/** Runs the phases one after another; one that fails or takes too long is logged and left behind, so that the rest still happens. */
export async function shutDown(phases: readonly ShutdownPhase[], log: Pick<FastifyBaseLogger, 'info' | 'warn'>): Promise<void> {
  for (const { name, limitMs, run } of phases) {
    const startedAt = performance.now();
    const limit = new AbortController();
    const late = sleep(limitMs, 'late' as const, { signal: limit.signal, ref: false }).catch(() => 'done' as const);
    try {
      const end = await Promise.race([run().then(() => 'done' as const), late]);
      const ms = Math.round(performance.now() - startedAt);
      if (end === 'late') log.warn({ phase: name, limitMs }, 'stopping: this phase took too long and is left behind');
      else log.info({ phase: name, ms }, 'stopping');
    } catch (error) {
      log.warn({ phase: name, err: error }, 'stopping: this phase failed');
    } finally {
      limit.abort();
    }
  }
}
