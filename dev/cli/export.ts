import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportShop } from '../../store/shop-export.ts';
import { findShop } from '../../store/shops.ts';
import { noMoreWords, required, runCommand, shopIdOf } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run export -- --shop ID --out FILE
      writes all that is held of a shop, but its keys and passwords, into a new file: a line of JSON a row (docs/personal-data.md)`;

await runCommand(USAGE, ['shop', 'out'], async (words) => {
  noMoreWords(words.positionals);
  const shopId = shopIdOf(words);
  const out = required(words, 'out');
  const counts = new Map<string, number>();
  await withDatabase('export', async (db) => {
    if ((await findShop(db, shopId)) === null) throw new Error(`there is no shop ${shopId}`);
    async function* lines() {
      for await (const exported of exportShop(db, shopId, 'npm run export')) {
        counts.set(exported.table, (counts.get(exported.table) ?? 0) + 1);
        yield `${JSON.stringify(exported)}\n`;
      }
    }
    // Its owner's alone, and never in the place of another.
    await pipeline(Readable.from(lines(), { highWaterMark: 1 }), createWriteStream(out, { flags: 'wx', mode: 0o600 }));
  });
  process.stdout.write(`${out} has of shop ${shopId}: ${[...counts].map(([table, rows]) => `${table} ${rows}`).join(', ')}.\n`);
});
