import { createHash } from 'node:crypto';

/** Parameters of a call that are signed, in the order in which JD's gateway puts them. */
const SIGNED = ['access_token', 'app_key', 'method', 'param_json', 'timestamp', 'v'] as const;

/** JD's `sign` (md5-salt): hex MD5 of secret, names and values one after the other, secret. */
export function signJd(parameters: Record<(typeof SIGNED)[number], string>, secret: string): string {
  const hash = createHash('md5').update(secret, 'utf8');
  for (const name of SIGNED) hash.update(name).update(parameters[name], 'utf8');
  return hash.update(secret, 'utf8').digest('hex');
}
