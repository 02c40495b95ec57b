import { availableParallelism } from 'node:os';
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type Seen, addUp, newSeen, see } from './coverage.ts';
import { machineNow } from './globals.ts';
import { PLANTS } from './plants.ts';
import type * as runnerModule from './runner.ts';
import { NO_PLANT, standIn } from './stand-ins.ts';

/**
 * `npm run simulate`: whole lives of cases in a simulated world, judged by rules that know nothing of how the service decides.
 *
 *   -- --seed 42                 one world, told line by line
 *   -- --seeds 2000 [--seed 1]   so many worlds, from that seed on
 *   -- --cases 3                 at most so many refunds in a world
 *   -- --workers 2               in so many processes
 *   -- --plants [NAME …]         each planted fault: by the seed known for it, else by any of the first `--seeds`
 *   -- --plants --seed 1         the same, without what is known
 */
type Runner = typeof runnerModule;

/** What a range of seeds came to. */
interface Range {
  worlds: number;
  /** Rule → the seeds that broke it. */
  broken: Record<string, number[]>;
  seen: Seen;
}

standIn(new Map(PLANTS.map(({ name, edits }) => [name, edits])));
// Errors are made by the thousand here, and nobody reads where.
Error.stackTraceLimit = 0;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    cases: { type: 'string', default: '3' },
    workers: { type: 'string', default: '1' },
    plants: { type: 'boolean', default: false },
    range: { type: 'boolean', default: false },
  },
});

const whole = (text: string | undefined, otherwise: number): number => {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${text} is not a whole number`);
  return number;
};
const mostCases = whole(values.cases, 3);
const begin = whole(values.seed, 1);
const seeds = whole(values.seeds, values.seed === undefined || values.plants ? 2_000 : 1);

async function load(plant: string): Promise<Runner> {
  return (await import(`./runner.ts?plant=${plant}`)) as Runner;
}

async function playRange(runner: Runner, first: number, count: number): Promise<Range> {
  const range: Range = { worlds: 0, broken: {}, seen: newSeen() };
  for (let seed = first; seed < first + count; seed += 1) {
    const { facts, violations } = await runner.runSeed(seed, mostCases);
    range.worlds += 1;
    see(range.seen, facts);
    for (const rule of new Set(violations.map((violation) => violation.rule))) (range.broken[rule] ??= []).push(seed);
  }
  return range;
}

/** The range cut into pieces, each in a process of its own. */
async function playApart(workers: number): Promise<Range> {
  const size = Math.ceil(seeds / workers);
  const pieces = Array.from({ length: workers }, (_, n) => ({
    first: begin + n * size,
    count: Math.max(0, Math.min(size, seeds - n * size)),
  }));
  const ranges = await Promise.all(
    pieces.map(
      ({ first, count }) =>
        new Promise<Range>((resolve, reject) => {
          const args = ['--range', '--seed', String(first), '--seeds', String(count), '--cases', String(mostCases)];
          const child = fork(import.meta.filename, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
          child.once('message', (range) => resolve(range as Range));
          child.once('exit', (code) => reject(new Error(`a worker ended with ${code} before it told anything`)));
        }),
    ),
  );
  const whole_: Range = { worlds: 0, broken: {}, seen: newSeen() };
  for (const range of ranges) {
    whole_.worlds += range.worlds;
    addUp(whole_.seen, range.seen);
    for (const [rule, found] of Object.entries(range.broken)) whole_.broken[rule] = [...(whole_.broken[rule] ?? []), ...found];
  }
  return whole_;
}

async function tellBroken(runner: Runner, broken: Range['broken']): Promise<void> {
  const { tellStory } = await import('./story.ts');
  for (const [rule, found] of Object.entries(broken)) {
    const [seed = 0] = found;
    const { scenario, facts, violations } = await runner.shrinkSeed(seed, mostCases, rule);
    console.log(`\n${rule}: broken by ${found.length} seeds, first ${found.slice(0, 8).join(', ')}. Seed ${seed}, shrunk:`);
    console.log(JSON.stringify(scenario));
    for (const violation of violations) console.log(`  ${violation.rule} · ${violation.about} · ${violation.what}`);
    for (const line of tellStory(facts)) console.log(line);
  }
}

async function main(): Promise<void> {
  const startedAt = machineNow();
  if (values.plants) return huntPlants();
  const runner = await load(NO_PLANT);
  if (values.range) {
    process.send?.(await playRange(runner, begin, seeds));
    return;
  }
  if (seeds === 1) {
    const { tellStory } = await import('./story.ts');
    const { scenario, facts, violations } = await runner.runSeed(begin, mostCases);
    console.log(JSON.stringify(scenario));
    for (const line of tellStory(facts)) console.log(line);
    if (violations.length === 0) console.log(`seed ${begin}: every promise held`);
    else await tellBroken(runner, Object.fromEntries(violations.map(({ rule }) => [rule, [begin]])));
    process.exitCode = violations.length === 0 ? 0 : 1;
    return;
  }
  const workers = Math.min(whole(values.workers, 1), availableParallelism());
  const { worlds, broken, seen } = workers > 1 ? await playApart(workers) : await playRange(runner, begin, seeds);
  await tellBroken(runner, broken);
  for (const line of tellSeen(seen)) console.log(line);
  const tookS = Math.round((machineNow() - startedAt) / 1_000);
  const rules = Object.keys(broken).length;
  console.log(
    `${worlds} worlds, seeds ${begin} to ${begin + seeds - 1}, ${tookS} s: ${rules === 0 ? 'every promise held' : `${rules} promises broken`}`,
  );
  process.exitCode = rules === 0 ? 0 : 1;
}

function tellSeen(seen: Seen): string[] {
  return Object.entries(seen).map(([group, counts]) => {
    const parts = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
    return `${group}: ${parts.map(([name, count]) => `${name} ${count}`).join(', ')}`;
  });
}

/** Looks for each planted fault; one that breaks its promise where the product as it is does not is found. */
async function huntPlants(): Promise<void> {
  const plain = await load(NO_PLANT);
  let missed = 0;
  const wanted = PLANTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const plant of wanted) {
    const runner = await load(plant.name);
    const range = Array.from({ length: seeds }, (_, n) => begin + n);
    const at = await firstSeed(plain, runner, plant.breaks, values.seed === undefined ? [plant.seed, ...range] : range);
    if (at === null) missed += 1;
    console.log(
      `${at === null ? 'MISSED' : 'found'} ${plant.name} (${plant.what})${at === null ? '' : `: seed ${at.seed}, ${at.rule}: ${at.what}`}`,
    );
  }
  process.exitCode = missed === 0 ? 0 : 1;
}

async function firstSeed(plain: Runner, runner: Runner, breaks: string, among: number[]) {
  for (const seed of among) {
    const found = (await runner.runSeed(seed, mostCases)).violations.filter(({ rule }) => rule.startsWith(breaks));
    if (found.length === 0) continue;
    const usual = new Set((await plain.runSeed(seed, mostCases)).violations.map(({ rule }) => rule));
    const fresh = found.find(({ rule }) => !usual.has(rule));
    if (fresh !== undefined) return { seed, rule: fresh.rule, what: fresh.what };
  }
  return null;
}

await main();
