import { DAY_MS, type EpochMs } from '../domain/time.ts';
import type { Db } from '../store/db.ts';
import { type DataKey, openSealed, reseal, seal, type SealedFor, sealedWith } from '../store/secrets.ts';
import { changeSecretsNotSealedWith } from '../store/webhook-endpoints.ts';

/** How long the former secret signs beside the new one. */
export const ROTATION_OVERLAP_MS = DAY_MS;
const MOST_SECRETS = 3;

/** Whose secrets these are: sealed texts open for no other endpoint. */
export interface SecretOwner {
  shopId: string;
  endpointId: string;
}

interface KeptSecret {
  secret: string;
  /** Null while it is the present one. */
  validUntil: EpochMs | null;
}

/** A secret as it is stored, valid until it is replaced. */
export function sealSecret(dataKey: DataKey, owner: SecretOwner, secret: string): string {
  return sealKept(dataKey, owner, { secret, validUntil: null });
}

/** The secrets that sign at `now`, newest first. */
export function validSecrets(dataKey: DataKey, owner: SecretOwner, sealed: readonly string[], now: EpochMs): string[] {
  return sealed
    .map((text) => open(dataKey, owner, text))
    .filter(({ validUntil }) => validUntil === null || now < validUntil)
    .map(({ secret }) => secret);
}

/** The stored secrets once `secret` is the new one: the former stays valid for the overlap, what ended before is dropped. */
export function addSecret(dataKey: DataKey, owner: SecretOwner, sealed: readonly string[], secret: string, now: EpochMs): string[] {
  const former = sealed
    .map((text) => open(dataKey, owner, text))
    .map((kept) => ({ ...kept, validUntil: kept.validUntil ?? now + ROTATION_OVERLAP_MS }))
    .filter(({ validUntil }) => now < validUntil)
    .slice(0, MOST_SECRETS - 1);
  return [sealSecret(dataKey, owner, secret), ...former.map((kept) => sealKept(dataKey, owner, kept))];
}

/** Seals the secrets of up to `limit` endpoints anew that a former key sealed, deleted ones too; answers how many it looked at, 0 when none is left. */
export function resealEndpointSecrets(db: Db, dataKey: DataKey, limit: number): Promise<number> {
  const anew = (owner: SecretOwner, sealed: readonly string[]) => sealed.map((text) => reseal(dataKey, text, purposeOf(owner)));
  return changeSecretsNotSealedWith(db, sealedWith(dataKey.id), limit, anew);
}

function sealKept(dataKey: DataKey, owner: SecretOwner, kept: KeptSecret): string {
  return seal(dataKey, JSON.stringify(kept), purposeOf(owner));
}

function open(dataKey: DataKey, owner: SecretOwner, sealed: string): KeptSecret {
  return JSON.parse(openSealed(dataKey, sealed, purposeOf(owner))) as KeptSecret;
}

function purposeOf({ shopId, endpointId }: SecretOwner): SealedFor {
  return { shopId, purpose: `webhook endpoint ${endpointId}` };
}
