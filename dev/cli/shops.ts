import { HOUR_MS } from '../../domain/time.ts';
import { inTransaction, now } from '../../store/db.ts';
import { readDataKey } from '../../store/secrets.ts';
import { storeShopTokens } from '../../store/shop-tokens.ts';
import { setShopStatus, upsertShop } from '../../store/shops.ts';
import { onlyOptions, required, runCommand, shopIdOf, subcommand, UsageError, type Words } from './command.ts';
import { dataKeyText, withDatabase } from './surroundings.ts';

const USAGE = `  npm run shops -- create --shop S --name N --kuaishou-token T [--kuaishou-refresh-token R]
  npm run shops -- set-status --shop S --status OPERATING|SUSPENDED
S is the platform's seller id, digits.`;

/** What Kuaishou documents of an access token; when this one was issued it does not tell. */
const ACCESS_TOKEN_LIFE_MS = 48 * HOUR_MS;

await runCommand(USAGE, ['shop', 'name', 'kuaishou-token', 'kuaishou-refresh-token', 'status'], async (words) => {
  if (subcommand(words, ['create', 'set-status']) === 'create') await createShop(words);
  else await changeStatus(words);
});

/** Adds a shop with its tokens, or gives the one there is a new name and new tokens. */
async function createShop(words: Words): Promise<void> {
  onlyOptions(words, ['shop', 'name', 'kuaishou-token', 'kuaishou-refresh-token']);
  const [shopId, name, accessToken] = [shopIdOf(words), required(words, 'name'), required(words, 'kuaishou-token')];
  const refreshToken = words.options['kuaishou-refresh-token'] ?? null;
  const dataKey = readDataKey(await dataKeyText());
  const shop = await withDatabase('shops', (db) =>
    inTransaction(db, async (trx) => {
      const created = await upsertShop(trx, { shopId, platform: 'KUAISHOU', name });
      const accessIssuedAt = await now(trx);
      await storeShopTokens(trx, dataKey, shopId, {
        accessToken,
        refreshToken,
        accessIssuedAt,
        accessExpiresAt: refreshToken === null ? null : accessIssuedAt + ACCESS_TOKEN_LIFE_MS,
        refreshExpiresAt: null,
      });
      return created;
    }),
  );
  process.stdout.write(`Shop ${shop.shopId} "${shop.name}" is ${shop.status}.\n`);
}

async function changeStatus(words: Words): Promise<void> {
  onlyOptions(words, ['shop', 'status']);
  const shopId = shopIdOf(words);
  const status = required(words, 'status');
  if (status !== 'OPERATING' && status !== 'SUSPENDED')
    throw new UsageError(`--status "${status}" is not a status: write OPERATING or SUSPENDED`);
  const shop = await withDatabase('shops', (db) => setShopStatus(db, shopId, status));
  if (shop === null) throw new Error(`There is no shop ${shopId}: create it with "npm run shops -- create --shop ${shopId} …".`);
  process.stdout.write(`Shop ${shop.shopId} "${shop.name}" is ${shop.status}.\n`);
}
