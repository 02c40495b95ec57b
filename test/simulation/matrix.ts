import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type * as crashMatrix from './crash-matrix.ts';
import { CRASH_PLANTS } from './crash-plants.ts';
import { ENDINGS } from './endings.ts';
import { machineNow } from './globals.ts';
import { PLANTS } from './plants.ts';
import { NO_PLANT, standIn } from './stand-ins.ts';

/**
 * `npm run crash-points`: every call that a case makes outside, found by playing it, and the process killed before, during and
 * after each one.
 *
 *   -- --only payRefund   at the points whose name has this, or another so named
 *   -- --list             the points alone
 *   -- --plant pay-twice  with that planted fault
 *   -- --plants           each fault planted for a death to bring out, at the points that must
 *   -- --write            puts the table into docs/proof.md
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    plant: { type: 'string', default: NO_PLANT },
    plants: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

standIn(new Map([...PLANTS, ...CRASH_PLANTS].map(({ name, edits }) => [name, edits])));
Error.stackTraceLimit = 0;
const load = async (plant: string) => (await import(`./crash-matrix.ts?plant=${plant}`)) as typeof crashMatrix;
await load(NO_PLANT);
const { listPoints, nameOfPoint, playMatrix } = await load(values.plant);

const PROOF = join(import.meta.dirname, '../../docs/proof.md');
const [BEGIN, END] = ['<!-- crash points -->\n', '<!-- end of crash points -->'];

/** Looks for each fault that a death must bring out; it is found where its column counts one. */
async function huntPlants(): Promise<void> {
  for (const { name, what, breaks, ending, points } of CRASH_PLANTS) {
    const { playMatrix: playPlanted } = await load(name);
    const life = ENDINGS.filter((one) => one.name === ending);
    const { results, offences } = await playPlanted(life, (point) => nameOfPoint(point).includes(points));
    const found = results.reduce((sum, result) => sum + result[breaks], 0);
    if (found === 0) process.exitCode = 1;
    const first = offences[0];
    console.log(
      found === 0
        ? `MISSED ${name} (${what})`
        : `found ${name} (${what}): ${breaks} ${found} times, first ${first?.moment} ${first?.point}: ${first?.what}`,
    );
  }
}

async function tellList(): Promise<void> {
  const names = new Set<string>();
  for (const ending of ENDINGS) for (const point of (await listPoints(ending)).points) names.add(nameOfPoint(point));
  for (const name of [...names].sort()) console.log(name);
}

function tableOf({ results }: crashMatrix.Matrix): string {
  const rows = results.map(
    ({ point, endings, kills, lost, double, early, otherwise, lateByMs }) =>
      `| ${point} | ${endings.size} | ${kills} | ${lost} | ${double} | ${early} | ${otherwise} | ${(lateByMs / 1_000).toFixed(1)} s |`,
  );
  return [
    '| process | does | calls | endings | kills | lost | double | early | otherwise | late by at most |',
    `|${' --- |'.repeat(10)}`,
    ...rows,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  if (values.list) return tellList();
  if (values.plants) return huntPlants();
  const startedAt = machineNow();
  const isWanted = (name: string) => values.only.length === 0 || values.only.some((part) => name.includes(part));
  const matrix = await playMatrix(ENDINGS, (point) => isWanted(nameOfPoint(point)));
  const table = tableOf(matrix);
  console.log(table);
  for (const { ending, call, moment, point, what } of matrix.offences)
    console.log(`BROKEN ${ending}, call ${call}, ${moment} ${point}: ${what}`);
  const kills = matrix.results.reduce((sum, result) => sum + result.kills, 0);
  const verdict = matrix.offences.length === 0 ? 'every promise held' : `${matrix.offences.length} broken`;
  console.log(
    `${matrix.results.length} points, ${kills} kills in ${ENDINGS.length} endings, ${Math.round((machineNow() - startedAt) / 1_000)} s: ${verdict}`,
  );
  if (values.write) {
    const [before = '', rest = ''] = readFileSync(PROOF, 'utf8').split(BEGIN);
    writeFileSync(PROOF, `${before}${BEGIN}${table}${END}${rest.split(END)[1] ?? ''}`);
  }
  process.exitCode = matrix.offences.length === 0 ? 0 : 1;
}

await main();
