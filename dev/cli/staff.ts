import { keptName } from '../../api/console/kept-name.ts';
import { hashPassword, newOneTimePassword } from '../../api/console/passwords.ts';
import { isRole, ROLES } from '../../domain/role.ts';
import { findShop } from '../../store/shops.ts';
import { createStaff } from '../../store/staff.ts';
import { onlyOptions, required, runCommand, shopIdOf, subcommand, UsageError } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run staff -- create --shop S --name NAME --role ${ROLES.join('|')}
Prints a password for the first sign-in at /console/, once, alone on the last line; only its hash is kept.`;

const LONGEST_NAME = 64;

await runCommand(USAGE, ['shop', 'name', 'role'], async (words) => {
  subcommand(words, ['create']);
  onlyOptions(words, ['shop', 'name', 'role']);
  const [shopId, name, role] = [shopIdOf(words), keptName(required(words, 'name')), required(words, 'role')];
  if (Array.from(name).length > LONGEST_NAME || /\p{Cc}/u.test(name))
    throw new UsageError(`--name: write at most ${LONGEST_NAME} characters, none of them a control character`);
  if (!isRole(role)) throw new UsageError(`--role "${role}" is no role: write one of ${ROLES.join(', ')}`);
  const password = newOneTimePassword();
  const passwordHash = await hashPassword(password);
  await withDatabase('staff', async (db) => {
    if ((await findShop(db, shopId)) === null)
      throw new Error(`There is no shop ${shopId}: create it first with "npm run shops -- create --shop ${shopId} …".`);
    if ((await createStaff(db, { shopId, name, role, passwordHash, mustChange: true })) === null)
      throw new Error(
        `Shop ${shopId} already has a person named "${name}", perhaps deactivated: choose another name, or reset the password in the console.`,
      );
  });
  process.stdout.write(`"${name}" may sign in to shop ${shopId} as ${role}, with this password once:\n${password}\n`);
});
