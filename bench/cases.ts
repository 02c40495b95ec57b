/**
 * `npm run bench -- cases [--serial 30] [--parallel 200] [--in-flight 32] [--due 50,200]`: starts the whole product on free ports in a folder of
 * its own, API and worker as `npm run build` makes them, and measures it over real HTTP. Prints tables and judges nothing: what a machine
 * manages is no fault of the code.
 */
import { parseArgs } from 'node:util';
import type { Stack } from '../dev/stack.ts';
import { type BareCases, startBareCases } from './bare/play.ts';
import { openSilentCases, untilAllPaid } from './deadlines.ts';
import { type HistorySize, measureHistory, STAGES, stageSpreads } from './histories.ts';
import { playCases, type Surroundings } from './load.ts';
import { machine, print } from './machine.ts';
import { type MeasuredStack, measureProduct } from './measured-product.ts';
import { watchPlatformBook } from './platform-book.ts';
import { readUsage } from './process-usage.ts';
import { renderTable, spread } from './statistics.ts';
import { callControl } from '../simulators/control/call.ts';

const AUTO_REFUND_MS = 90_000;
const WARM_UP = 12;
const LATE_CONFIRMATION_MS = 6_000;

const { values } = parseArgs({
  options: {
    serial: { type: 'string', default: '30' },
    parallel: { type: 'string', default: '200' },
    'in-flight': { type: 'string', default: '32' },
    due: { type: 'string', default: '50,200' },
  },
});

await measureProduct('bench', async ({ dataDir, start }) => {
  const stack = await start({ SIM_PAYMENT_DELAY: '500', REJECT_UNLOCK_AFTER: '60s', AUTO_REFUND_AFTER: `${AUTO_REFUND_MS}ms` });
  await stack.unlessCut(measure(stack, dataDir));
});

async function measure(running: MeasuredStack, dataDir: string): Promise<void> {
  const { shop, simulatorsUrl, temporal } = running;
  const book = watchPlatformBook(simulatorsUrl);
  const around: Surroundings = { shop, book, simulatorsUrl };
  print(`${machine()}; everything on this machine, simulators included`);
  const bare = await startBareCases(temporal, dataDir);
  await playCases(around, WARM_UP, 4);
  await bare.play(WARM_UP, 4);
  print(await throughput(around, running, bare));
  await bare.stop();
  print(await histories(around, temporal));
  print(await punctuality(around, temporal));
  const twice = book.paidTwice();
  print(twice.length === 0 ? 'No refund was paid twice.' : `PAID TWICE: ${twice.join(', ')}`);
  await book.close();
}

async function throughput(around: Surroundings, running: Stack, bare: BareCases): Promise<string> {
  const rows = [
    [
      'in flight',
      'cases',
      'cases/s',
      'bare cases/s',
      'of bare',
      'creates repeated',
      'create ms p50 / p95 / max',
      'push → paid ms',
      'create → paid ms',
      'API CPU ms/case',
      'worker CPU ms/case',
      'bare CPU ms/case',
      'API MiB',
      'worker MiB',
    ],
  ];
  for (const [count, inFlight] of [
    [Number(values.serial), 1],
    [Number(values.parallel), Number(values['in-flight'])],
  ] as const) {
    const before = await usages(running);
    const { times, tookMs } = await playCases(around, count, inFlight);
    const after = await usages(running);
    const beside = await bare.play(count, inFlight);
    const cpu = (part: 'api' | 'worker') => {
      const [from, to] = [before[part], after[part]];
      return from === null || to === null ? '—' : ((to.cpuMs - from.cpuMs) / count).toFixed(0);
    };
    rows.push([
      String(inFlight),
      String(count),
      ((count / tookMs) * 1000).toFixed(1),
      ((count / beside.tookMs) * 1000).toFixed(1),
      (beside.tookMs / tookMs).toFixed(2),
      String(times.reduce((sum, { repeats }) => sum + repeats, 0)),
      spread(times.map(({ createMs }) => createMs)),
      spread(times.map(({ pushToPaidMs }) => pushToPaidMs)),
      spread(times.map(({ createToPaidMs }) => createToPaidMs)),
      cpu('api'),
      cpu('worker'),
      beside.cpuMsPerCase.toFixed(0),
      after.api?.residentMib.toFixed(0) ?? '—',
      after.worker?.residentMib.toFixed(0) ?? '—',
    ]);
  }
  return renderTable(rows);
}

async function usages(running: Stack) {
  const [api, worker] = await Promise.all((['api', 'worker'] as const).map((part) => readUsage(running.pidOf(part) ?? 0)));
  return { api: api ?? null, worker: worker ?? null };
}

async function histories(around: Surroundings, temporal: string): Promise<string> {
  const soon = await measureHistory(around, temporal);
  await changeSettings(around, { paymentDelayMs: LATE_CONFIRMATION_MS });
  const late = await measureHistory(around, temporal);
  await changeSettings(around, { paymentDelayMs: 500 });
  const row = (what: string, { events, bytes, activities, workflowTasks }: HistorySize) =>
    [what, events, activities, workflowTasks, bytes].map(String);
  return renderTable([
    ['a whole life in Temporal', 'events', 'activities', 'workflow tasks', 'bytes'],
    row('payment confirmed within 3 s', soon),
    row(`payment confirmed after ${LATE_CONFIRMATION_MS / 1000} s`, late),
  ]);
}

async function changeSettings({ simulatorsUrl }: Surroundings, settings: object): Promise<void> {
  await callControl(simulatorsUrl, 'POST', '/sim/settings', settings);
}

async function punctuality(around: Surroundings, temporal: string): Promise<string> {
  const rows = [['due together', 'due within ms', 'later than due, ms p50 / p95 / max', 'more than 5 s late']];
  const stages = [['of these, ms p50 / p95 / max', ...STAGES]];
  for (const count of values.due.split(',').map(Number)) {
    const cases = await openSilentCases(around.shop, count);
    const { dueWithinMs, latenessMs } = await untilAllPaid(around.book, cases);
    const early = latenessMs.filter((late) => late < 0).length;
    if (early > 0) throw new Error(`${early} payments arrived before they were due`);
    rows.push([String(count), String(dueWithinMs), spread(latenessMs), String(latenessMs.filter((late) => late > 5_000).length)]);
    stages.push([String(count), ...(await stageSpreads(temporal, cases))]);
  }
  return `${renderTable(rows)}\n\n${renderTable(stages)}`;
}
