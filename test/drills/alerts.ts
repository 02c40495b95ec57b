import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startPart } from '../../dev/part.ts';
import { findOnPath } from '../../dev/programs/executables.ts';
import { waitFor } from '../../dev/waiting.ts';
import { freePort } from '../../worker/free-port.ts';

const RULES = join(import.meta.dirname, '../../ops/alerts.yml');

/** The alerts of `ops/alerts.yml` over a running product. */
export interface Alerts {
  names: readonly string[];
  /** Waits until the alert's expression answers something, doing `meanwhile` between the looks; how long a rule holds it back (`for`) is promtool's to test. */
  untilFires(alert: string, limitMs: number, meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** A real Prometheus that scrapes the admin ports every second; null where none is on the `PATH`. */
export async function watchAlerts(folder: string, targets: { api: string; worker: string }): Promise<Alerts | null> {
  const program = await findOnPath(['prometheus'], process.env);
  if (program === undefined) return null;
  const { groups } = parse(readFileSync(RULES, 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const expressions = new Map(groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)));
  const jobs = Object.entries(targets).map(
    ([job, url]) => `  - job_name: ${job}\n    static_configs: [{ targets: ["${new URL(url).host}"] }]\n`,
  );
  writeFileSync(join(folder, 'prometheus.yml'), `global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n${jobs.join('')}`);
  const port = await freePort();
  const files = ['--config.file', join(folder, 'prometheus.yml'), '--storage.tsdb.path', join(folder, 'prometheus')];
  // It ends with this process, however that ends.
  const server = await startPart({
    name: 'Prometheus',
    file: program,
    args: [...files, '--web.listen-address', `127.0.0.1:${port}`],
    environment: process.env,
    stopping: [{ signal: 'SIGTERM', limitMs: 5_000 }],
    onLine: () => {},
  });
  const fires = async (alert: string): Promise<boolean> => {
    const expr = expressions.get(alert);
    if (expr === undefined) throw new Error(`no alert is called ${alert}`);
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expr)}`).catch(() => null);
    const answer = (await response?.json().catch(() => null)) as { data?: { result: unknown[] } } | null;
    return (answer?.data?.result.length ?? 0) > 0;
  };
  const untilFires: Alerts['untilFires'] = async (alert, limitMs, meanwhile = async () => undefined) => {
    const fired = await waitFor(async () => (await fires(alert)) || (await meanwhile().then(() => false)), limitMs);
    if (fired !== true) throw new Error(`${alert} did not fire within ${limitMs} ms`);
  };
  return { names: [...expressions.keys()], untilFires, stop: () => server.stop() };
}
