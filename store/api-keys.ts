import { randomBytes } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { EpochMs } from '../domain/time.ts';
import { type Db, inTransaction } from './db.ts';
import type { Tables } from './tables.ts';
import { clock, clockPlus, instantOrNull, newId, sha256 } from './values.ts';

/** A key of the API as kept: never the secret, only what tells keys apart. */
export interface ApiKey {
  keyId: string;
  shopId: string;
  label: string;
  prefix: string;
  last4: string;
  scopes: string[];
  /** Honoured only while the simulators are in use. */
  demo: boolean;
  createdAt: EpochMs;
  expiresAt: EpochMs | null;
  revokedAt: EpochMs | null;
  /** To the minute, null when it was never used. */
  lastUsedAt: EpochMs | null;
}

export interface NewApiKey {
  shopId: string;
  label: string;
  scopes: string[];
  expiresAt: EpochMs | null;
}

const PREFIX = 'ik_live_';
/** A last use is written again only after this long. */
const TOUCH_EVERY_MS = 60_000;

/** A new key with a random 256-bit secret. The secret is returned here and nowhere else. */
export async function createKey(db: Db, key: NewApiKey): Promise<{ key: ApiKey; secret: string }> {
  const secret = PREFIX + randomBytes(32).toString('base64url');
  return { key: await insertKey(db, key, secret, false), secret };
}

/**
 * The demo shop's key with the secret given (`DEMO_API_KEY`). Doing it again with the same secret changes scopes alone;
 * earlier demo keys of the shop are revoked.
 */
export function putDemoKey(db: Db, key: NewApiKey & { secret: string }): Promise<ApiKey> {
  return inTransaction(db, async (trx) => {
    const hash = sha256(key.secret);
    await trx
      .updateTable('api_keys')
      .set({ revoked_at: clock() })
      .where('shop_id', '=', key.shopId)
      .where('demo', '=', true)
      .where('secret_hash', '<>', hash)
      .where('revoked_at', 'is', null)
      .execute();
    const present = await trx
      .updateTable('api_keys')
      .set({ scopes: key.scopes, revoked_at: null })
      .where('secret_hash', '=', hash)
      .where('demo', '=', true)
      .returningAll()
      .executeTakeFirst();
    return present ? keyOf(present) : insertKey(trx, key, key.secret, true);
  });
}

/** The key of this secret, null when there is none or it is revoked or expired (by PostgreSQL's clock). Notes the use. */
export async function findKey(db: Db, secret: string): Promise<ApiKey | null> {
  const row = await db
    .selectFrom('api_keys')
    .selectAll()
    .select(sql<boolean>`coalesce(last_used_at < ${clockPlus(-TOUCH_EVERY_MS)}, true)`.as('stale'))
    .where('secret_hash', '=', sha256(secret))
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`(expires_at is null or expires_at > clock_ms())`)
    .executeTakeFirst();
  if (!row) return null;
  if (row.stale) await db.updateTable('api_keys').set({ last_used_at: clock() }).where('key_id', '=', row.key_id).execute();
  return keyOf(row);
}

/** Revokes a key of the shop; false when it has none of that id. Revoking twice keeps the first instant. */
export async function revokeKey(db: Db, shopId: string, keyId: string): Promise<boolean> {
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: sql<EpochMs>`coalesce(revoked_at, clock_ms())` })
    .where('shop_id', '=', shopId)
    .where('key_id', '=', keyId)
    .returning('key_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** All keys of the shop, newest first, revoked ones too. */
export async function listKeys(db: Db, shopId: string): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_keys')
    .selectAll()
    .where('shop_id', '=', shopId)
    .orderBy('created_at', 'desc')
    .orderBy('key_id', 'desc')
    .execute();
  return rows.map(keyOf);
}

async function insertKey(db: Db, key: NewApiKey, secret: string, demo: boolean): Promise<ApiKey> {
  const row = await db
    .insertInto('api_keys')
    .values({
      key_id: newId('key'),
      shop_id: key.shopId,
      label: key.label,
      secret_hash: sha256(secret),
      prefix: secret.startsWith(PREFIX) ? PREFIX : '',
      last4: secret.slice(-4),
      scopes: key.scopes,
      demo,
      expires_at: instantOrNull(key.expiresAt),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return keyOf(row);
}

function keyOf(row: Selectable<Tables['api_keys']>): ApiKey {
  return {
    keyId: row.key_id,
    shopId: row.shop_id,
    label: row.label,
    prefix: row.prefix,
    last4: row.last4,
    scopes: row.scopes,
    demo: row.demo,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
