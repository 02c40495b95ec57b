import { SCOPES } from '../../api/scopes.ts';
import { createKey } from '../../store/api-keys.ts';
import { findShop } from '../../store/shops.ts';
import { onlyOptions, required, runCommand, shopIdOf, subcommand, UsageError, type Words } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run keys -- create --shop S --scopes a,b
Scopes: ${SCOPES.join(', ')}. The key is printed once, alone on the last line; only its hash is kept.`;

await runCommand(USAGE, ['shop', 'scopes'], async (words) => {
  subcommand(words, ['create']);
  onlyOptions(words, ['shop', 'scopes']);
  const shopId = shopIdOf(words);
  const scopes = scopesOf(words);
  const { key, secret } = await withDatabase('keys', async (db) => {
    if ((await findShop(db, shopId)) === null)
      throw new Error(`There is no shop ${shopId}: create it first with "npm run shops -- create --shop ${shopId} …".`);
    return createKey(db, { shopId, label: 'command line', scopes, expiresAt: null });
  });
  process.stdout.write(`Key ${key.keyId} of shop ${shopId} with ${scopes.join(', ')}:\n${secret}\n`);
});

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
