import { SCOPES } from '../../api/scopes.ts';
import { createKey } from '../../store/api-keys.ts';
import { resealTargets } from '../../delivery/channels/targets.ts';
import { resealEndpointSecrets } from '../../delivery/endpoint-secrets.ts';
import { resealReturnAddresses } from '../../store/return-addresses.ts';
import { readDataKey } from '../../store/secrets.ts';
import { resealShopTokens } from '../../store/shop-tokens.ts';
import { findShop } from '../../store/shops.ts';
import { onlyOptions, required, runCommand, shopIdOf, subcommand, UsageError, type Words } from './command.ts';
import { dataKeyText, withDatabase } from './surroundings.ts';

const USAGE = `  npm run keys -- create --shop S --scopes a,b
  npm run keys -- re-encrypt
      seals with the first key of DATA_KEY what a former one of it sealed, while the service runs
Scopes: ${SCOPES.join(', ')}. The key is printed once, alone on the last line; only its hash is kept.`;

/** So many rows at once: a statement or lock of one never holds up the running service. */
const BATCH = 100;

await runCommand(USAGE, ['shop', 'scopes'], async (words) => {
  if (subcommand(words, ['create', 're-encrypt']) === 'create') await createApiKey(words);
  else await reEncrypt(words);
});

async function createApiKey(words: Words): Promise<void> {
  onlyOptions(words, ['shop', 'scopes']);
  const shopId = shopIdOf(words);
  const scopes = scopesOf(words);
  const { key, secret } = await withDatabase('keys', async (db) => {
    if ((await findShop(db, shopId)) === null)
      throw new Error(`There is no shop ${shopId}: create it first with "npm run shops -- create --shop ${shopId} …".`);
    return createKey(db, { shopId, label: 'command line', scopes, expiresAt: null });
  });
  process.stdout.write(`Key ${key.keyId} of shop ${shopId} with ${scopes.join(', ')}:\n${secret}\n`);
}

/** Repeated as often as one likes, it finds what is left. */
async function reEncrypt(words: Words): Promise<void> {
  onlyOptions(words, []);
  const dataKey = readDataKey(await dataKeyText());
  const counts = await withDatabase('re-encrypt', async (db) => ({
    shops: await untilNoneIsLeft(() => resealShopTokens(db, dataKey, BATCH)),
    endpoints: await untilNoneIsLeft(() => resealEndpointSecrets(db, dataKey, BATCH)),
    channels: await untilNoneIsLeft(() => resealTargets(db, dataKey, BATCH)),
    addresses: await untilNoneIsLeft(() => resealReturnAddresses(db, dataKey, BATCH)),
  }));
  const done = `Sealed anew: the tokens of ${counts.shops} shops, the secrets of ${counts.endpoints} webhook endpoints, the addresses of ${counts.channels} notice channels, ${counts.addresses} return addresses`;
  process.stdout.write(`${done}; nothing is left that a former key sealed but answers kept for 25 hours.\n`);
}

async function untilNoneIsLeft(batch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let count = await batch(); count > 0; count = await batch()) total += count;
  return total;
}

function scopesOf(words: Words): string[] {
  const scopes = [
    ...new Set(
      required(words, 'scopes')
        .split(',')
        .map((scope) => scope.trim()),
    ),
  ];
  const unknown = scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown.length > 0)
    throw new UsageError(`--scopes: ${unknown.map((scope) => `"${scope}"`).join(', ')} is no scope: write some of ${SCOPES.join(', ')}`);
  return scopes;
}
