import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startPart } from '../../dev/part.ts';
import { findOnPath } from '../../dev/programs/executables.ts';
import { waitFor } from '../../dev/waiting.ts';
import { freePort } from '../../worker/free-port.ts';

const RULES = join(import.meta.dirname, '../../ops/alerts.yml');
/** What a rule that looks back over minutes is held against once its cause is gone: whatever it counts has ended when it did not rise for so long. */
const CALM_WINDOW = '15s';
const CALM_LIMIT_MS = 180_000;

/** Alerts that go on for so long after their cause is gone. */
export const LASTING_MS: ReadonlyMap<string, number> = new Map([
  // The refusals of the last 10 minutes are counted, whatever was answered since.
  ['CarrierRefusesAccount', 10 * 60_000],
]);

type Job = 'api' | 'worker';

/** The alerts of `ops/alerts.yml` over a running product. */
export interface Alerts {
  /** Waits until the alert's expression answers something, doing `meanwhile` between the looks; how long a rule holds it back (`for`) is promtool's to test. */
  untilFires(alert: string, limitMs: number, meanwhile?: () => Promise<void>): Promise<void>;
  /** Waits until it answers nothing any more; windows of minutes are shortened to `CALM_WINDOW`. */
  untilCalm(alert: string): Promise<void>;
  /** Has one more process looked at, until the answer is called. */
  lookAt(job: Job, url: string): () => Promise<void>;
  /** Forgets what a metric was until now, as if a rule's window had passed. */
  forget(metric: string): Promise<void>;
  stop(): Promise<void>;
}

/** A real Prometheus that scrapes the admin ports every second; null where none is on the `PATH`. */
export async function watchAlerts(folder: string, targets: Record<Job, string>): Promise<Alerts | null> {
  const program = await findOnPath(['prometheus'], process.env);
  if (program === undefined) return null;
  const targetsOf: Record<Job, Set<string>> = { api: new Set([targets.api]), worker: new Set([targets.worker]) };
  const tellTargets = (job: Job): void => {
    const hosts = [...targetsOf[job]].map((url) => new URL(url).host);
    writeFileSync(join(folder, `${job}.json`), JSON.stringify([{ targets: hosts }]));
  };
  const jobs = (['api', 'worker'] as const).map((job) => {
    tellTargets(job);
    return `  - job_name: ${job}\n    file_sd_configs: [{ files: ["${join(folder, `${job}.json`)}"], refresh_interval: 1s }]\n`;
  });
  writeFileSync(join(folder, 'prometheus.yml'), `global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n${jobs.join('')}`);
  const port = await freePort();
  const files = ['--config.file', join(folder, 'prometheus.yml'), '--storage.tsdb.path', join(folder, 'prometheus')];
  // It ends with this process, however that ends.
  const server = await startPart({
    name: 'Prometheus',
    file: program,
    args: [...files, '--web.listen-address', `127.0.0.1:${port}`, '--web.enable-admin-api'],
    environment: process.env,
    stopping: [{ signal: 'SIGTERM', limitMs: 5_000 }],
    onLine: () => {},
  });
  return { ...looks(`http://127.0.0.1:${port}/api/v1`), lookAt, stop: () => server.stop() };

  function lookAt(job: Job, url: string): () => Promise<void> {
    targetsOf[job].add(url);
    tellTargets(job);
    return async () => {
      targetsOf[job].delete(url);
      tellTargets(job);
    };
  }
}

function looks(api: string): Pick<Alerts, 'untilFires' | 'untilCalm' | 'forget'> {
  const { groups } = parse(readFileSync(RULES, 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const expressions = new Map(groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)));
  const expressionOf = (alert: string): string => {
    const expr = expressions.get(alert);
    if (expr === undefined) throw new Error(`no alert is called ${alert}`);
    return expr;
  };
  /** How many series it answers; null without an answer. */
  const answers = async (expr: string): Promise<number | null> => {
    const response = await fetch(`${api}/query?query=${encodeURIComponent(expr)}`).catch(() => null);
    const answer = (await response?.json().catch(() => null)) as { data?: { result: unknown[] } } | null;
    return answer?.data?.result.length ?? null;
  };
  return {
    async untilFires(alert, limitMs, meanwhile = async () => undefined) {
      const expr = expressionOf(alert);
      const fired = await waitFor(async () => ((await answers(expr)) ?? 0) > 0 || (await meanwhile().then(() => false)), limitMs);
      if (fired !== true) throw new Error(`${alert} did not fire within ${limitMs} ms`);
    },
    async untilCalm(alert) {
      const expr = expressionOf(alert).replaceAll(/\[\d+m\]/g, `[${CALM_WINDOW}]`);
      const calm = await waitFor(async () => (await answers(expr)) === 0, CALM_LIMIT_MS);
      if (calm !== true) throw new Error(`${alert} still fires ${CALM_LIMIT_MS} ms after all was well again`);
    },
    async forget(metric) {
      const { status } = await fetch(`${api}/admin/tsdb/delete_series?match[]=${metric}`, { method: 'POST' });
      if (status !== 204) throw new Error(`Prometheus answered ${status} when it was to forget ${metric}`);
    },
  };
}
