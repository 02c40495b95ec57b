import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id by default; OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const MAX_PASSWORD_LENGTH = 200;
const MIN_PASSWORD_LENGTH = 12;
const MIN_DIFFERENT_CHARACTERS = 5;
/** 57 characters nobody takes for another; 16 of them are over 93 bits. */
const ONE_TIME_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const ONE_TIME_LENGTH = 16;

/** The Argon2id hash of a password, in the PHC form with its own salt and cost. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

export function passwordFits(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password.normalize('NFC'));
}

let nobodysHash: Promise<string> | null = null;

/** As long a comparison as `passwordFits`, for a name that nobody has: never true. */
export async function passwordOfNobody(password: string): Promise<false> {
  nobodysHash ??= hashPassword(newOneTimePassword());
  await passwordFits(await nobodysHash, password);
  return false;
}

/** A password made for someone, to be changed when first used. */
export function newOneTimePassword(): string {
  return Array.from({ length: ONE_TIME_LENGTH }, () => ONE_TIME_ALPHABET[randomInt(ONE_TIME_ALPHABET.length)]).join('');
}

export type PasswordFault = 'TOO_SHORT' | 'TOO_SIMPLE' | 'CONTAINS_NAME' | 'UNCHANGED';

/** What is wrong with a password somebody chose, null when it may be used. Length counts, kinds of characters do not (ASVS 5.0 V6.2). */
export function judgePassword(password: string, owner: { name: string; shopId: string; current: string }): PasswordFault | null {
  const chosen = password.normalize('NFC');
  if (Array.from(chosen).length < MIN_PASSWORD_LENGTH) return 'TOO_SHORT';
  if (new Set(chosen).size < MIN_DIFFERENT_CHARACTERS) return 'TOO_SIMPLE';
  if (chosen === owner.current.normalize('NFC')) return 'UNCHANGED';
  const lower = chosen.toLowerCase();
  return [owner.name, owner.shopId].some((part) => lower.includes(part.toLowerCase())) ? 'CONTAINS_NAME' : null;
}
