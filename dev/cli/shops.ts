import { sandboxName } from '../../config/sandbox.ts';
import { HOUR_MS } from '../../domain/time.ts';
import type { World } from '../../domain/world.ts';
import { KUAISHOU_URL_SETTING } from '../../platforms/index.ts';
import { inTransaction, now } from '../../store/db.ts';
import { readDataKey } from '../../store/secrets.ts';
import { storeShopTokens } from '../../store/shop-tokens.ts';
import { setShopStatus, upsertShop } from '../../store/shops.ts';
import { onlyOptions, required, runCommand, shopIdOf, subcommand, UsageError, type Words } from './command.ts';
import { readSetting } from '../settings.ts';
import { dataKeyText, withDatabase } from './surroundings.ts';

const USAGE = `  npm run shops -- create --shop S --name N --kuaishou-token T [--kuaishou-refresh-token R] [--world SANDBOX]
  npm run shops -- set-status --shop S --status OPERATING|SUSPENDED
S is the platform's seller id, digits. A shop of the world SANDBOX plays against the simulators that SANDBOX_… names, for good.`;

/** What Kuaishou documents of an access token; when this one was issued it does not tell. */
const ACCESS_TOKEN_LIFE_MS = 48 * HOUR_MS;

await runCommand(USAGE, ['shop', 'name', 'kuaishou-token', 'kuaishou-refresh-token', 'world', 'status'], async (words) => {
  if (subcommand(words, ['create', 'set-status']) === 'create') await createShop(words);
  else await changeStatus(words);
});

/** Adds a shop with its tokens, or gives the one there is a new name and new tokens. */
async function createShop(words: Words): Promise<void> {
  onlyOptions(words, ['shop', 'name', 'kuaishou-token', 'kuaishou-refresh-token', 'world']);
  const [shopId, name, accessToken] = [shopIdOf(words), required(words, 'name'), required(words, 'kuaishou-token')];
  const world = worldOf(words);
  const refreshToken = words.options['kuaishou-refresh-token'] ?? null;
  const dataKey = readDataKey(await dataKeyText());
  const shop = await withDatabase('shops', (db) =>
    inTransaction(db, async (trx) => {
      const created = await upsertShop(trx, { shopId, platform: 'KUAISHOU', name, world });
      if (created.world !== world) throw new Error(`Shop ${shopId} is ${created.world}, and stays so: take another shop.`);
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
  process.stdout.write(`Shop ${shop.shopId} "${shop.name}" is ${shop.status}${shop.world === 'SANDBOX' ? ', a sandbox' : ''}.\n`);
}

/** A shop that would have nobody to play against is not made. */
function worldOf({ options: { world = 'REAL' } }: Words): World {
  if (world !== 'REAL' && world !== 'SANDBOX') throw new UsageError(`--world "${world}" is not a world: write SANDBOX, or leave it out`);
  const platform = sandboxName(KUAISHOU_URL_SETTING);
  if (world === 'SANDBOX' && readSetting(process.env, platform) === undefined)
    throw new Error(`There is no sandbox: set ${platform} and its like first, for the service and for this command.`);
  return world;
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
