import type { Db } from '../../store/db.ts';
import { type Erasure, eraseOrder, eraseShop } from '../../store/erasure.ts';
import { noMoreWords, onlyOptions, required, runCommand, shopIdOf, UsageError, type Words } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run erase -- --order ID
      erases what is personal of an order whose cases and claims have ended; ID is the platform's order number
  npm run erase -- --shop ID
      the same for every order of a suspended shop, and its files, people and platform tokens
      money, ledger, statuses, codes and ids stay; both may be repeated (docs/personal-data.md)`;

const ACTOR = 'npm run erase';

await runCommand(USAGE, ['order', 'shop'], async (words) => {
  noMoreWords(words.positionals);
  const { about, erase } = words.options['shop'] === undefined ? ofOrder(words) : ofShop(words);
  const erasure = await withDatabase('erase', erase);
  if (erasure.kind !== 'ERASED') throw new Error(`nothing more was erased of ${about}: ${hindranceOf(erasure)}`);
  const counts = Object.entries(erasure.counts);
  process.stdout.write(
    counts.length === 0
      ? `Nothing personal is kept of ${about}.\n`
      : `Erased of ${about}: ${counts.map(([part, rows]) => `${part} ${rows}`).join(', ')}.\n`,
  );
});

function ofOrder(words: Words): { about: string; erase: (db: Db) => Promise<Erasure> } {
  onlyOptions(words, ['order']);
  const orderId = required(words, 'order');
  if (!/^\d{1,19}$/.test(orderId)) throw new UsageError(`--order "${orderId}" is not an order number: write its digits`);
  return { about: `order ${orderId}`, erase: (db) => eraseOrder(db, orderId, ACTOR) };
}

function ofShop(words: Words): { about: string; erase: (db: Db) => Promise<Erasure> } {
  onlyOptions(words, ['shop']);
  const shopId = shopIdOf(words);
  return { about: `shop ${shopId}`, erase: (db) => eraseShop(db, shopId, ACTOR) };
}

function hindranceOf(erasure: Exclude<Erasure, { kind: 'ERASED' }>): string {
  switch (erasure.kind) {
    case 'UNKNOWN_SHOP':
      return 'there is no such shop';
    case 'SHOP_OPERATING':
      return 'it is operating; suspend it first (npm run shops -- set-status --shop … --status SUSPENDED)';
    case 'IN_USE':
      return [
        ...(erasure.cases.length > 0 ? [`open cases ${erasure.cases.join(', ')}`] : []),
        ...(erasure.claims.length > 0 ? [`open claims ${erasure.claims.join(', ')}`] : []),
        ...(erasure.evidence > 0 ? [`${erasure.evidence} pieces of evidence are still being delivered; repeat in a minute`] : []),
      ].join('; ');
  }
}
