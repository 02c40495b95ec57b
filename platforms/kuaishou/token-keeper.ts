import { type EpochMs, HOUR_MS } from '../../domain/time.ts';
import { PlatformUnavailable, type ShopTokens, type TokenStore } from '../port.ts';
import type { Renewal } from './oauth.ts';
import { within } from './within.ts';

/** How long things may take, in ms. */
export interface TokenLimits {
  /** Tokens read from the store are used without looking again for so long. */
  trustCacheMs: number;
  readStoreMs: number;
  /** A store that did not answer is not asked again within this time: a payment makes several calls, and would wait before each. */
  pauseAfterSilenceMs: number;
  /** A call waits so long for a renewal while its present token still works; the renewal itself goes on. */
  awaitEarlyRenewalMs: number;
  /** … and so long after the platform refused the token. */
  awaitNeededRenewalMs: number;
  /** No second try within this time of a renewal that failed, unless the platform refused the token. */
  pauseAfterFailureMs: number;
  /** A refresh token that the platform refused is not shown again for so long. */
  pauseAfterLossMs: number;
  /** A token this young that is refused will not be cured by yet another one. */
  tooYoungToRenewMs: number;
}
export const TOKEN_LIMITS: TokenLimits = {
  trustCacheMs: 30_000,
  readStoreMs: 1_000,
  pauseAfterSilenceMs: 5_000,
  awaitEarlyRenewalMs: 1_500,
  awaitNeededRenewalMs: 5_000,
  pauseAfterFailureMs: 30_000,
  pauseAfterLossMs: 60_000,
  tooYoungToRenewMs: 5_000,
};

/** A shop's tokens, at hand. All throw `PlatformUnavailable` when there are none to use. */
export interface TokenKeeper {
  /** The tokens to call with now; renewed first when past half their life, if that is quick. */
  current(shopId: string): Promise<ShopTokens>;
  /** The tokens to call with after the platform refused this access token: someone else's newer ones, or new ones. */
  afterRefusal(shopId: string, refusedAccessToken: string): Promise<ShopTokens>;
  /** Renews what is past half its life and waits for it; the tokens afterwards. */
  renewIfDue(shopId: string): Promise<ShopTokens>;
}

/** What one process knows of one shop. */
interface ShopMemory {
  cached: { tokens: ShopTokens; readAt: EpochMs } | null;
  /** When the store last gave no answer. */
  silentAt: EpochMs | null;
  /** The one renewal under way in this process. */
  renewal: Promise<ShopTokens> | null;
  /** A new pair that the store did not take; the pair before it is void at the platform already. */
  unsaved: { replaces: string; tokens: ShopTokens } | null;
  failedAt: EpochMs | null;
  /** The last access token that this process was given. */
  renewed: { accessToken: string; at: EpochMs } | null;
  lost: { refreshToken: string; at: EpochMs; message: string } | null;
}

export interface TokenKeeperParts {
  store: TokenStore;
  askNewTokens: (present: ShopTokens & { refreshToken: string }) => Promise<Renewal>;
  clock: () => EpochMs;
  limits: TokenLimits;
}

/** How long an access token lives when nobody said (《APP授权说明》: 172800 s), such as one typed in by hand. */
const USUAL_LIFE_MS = 48 * HOUR_MS;
const UNAUTHORISED = { why: 'UNAUTHORISED' } as const;

/** Half of an access token's life is over: time to renew it. */
export function isRenewalDue(tokens: ShopTokens, now: EpochMs): boolean {
  if (tokens.refreshToken === null) return false;
  const lifeMs = tokens.accessExpiresAt === null ? USUAL_LIFE_MS : tokens.accessExpiresAt - tokens.accessIssuedAt;
  return now >= tokens.accessIssuedAt + lifeMs / 2;
}

/**
 * Keeps tokens in memory, so that a stopped database stops no payment, and renews them one at a time: within the process
 * by one shared promise, between processes by the lock that `TokenStore.update` holds.
 */
export function keepTokens(parts: TokenKeeperParts): TokenKeeper {
  const { clock, limits } = parts;
  const memories = new Map<string, ShopMemory>();
  const memoryOf = (shopId: string): ShopMemory => {
    const present = memories.get(shopId) ?? {
      cached: null,
      silentAt: null,
      renewal: null,
      unsaved: null,
      failedAt: null,
      renewed: null,
      lost: null,
    };
    memories.set(shopId, present);
    return present;
  };
  const renewing = (shopId: string, refused: string | null): Promise<ShopTokens> => {
    const memory = memoryOf(shopId);
    memory.renewal ??= renew(parts, memory, shopId, refused).finally(() => {
      memory.renewal = null;
    });
    return memory.renewal;
  };
  const rests = ({ failedAt }: ShopMemory): boolean => isWithin(limits.pauseAfterFailureMs, failedAt, clock());

  return {
    async current(shopId) {
      const memory = memoryOf(shopId);
      const tokens = await readTokens(parts, memory, shopId);
      const wanted = isRenewalDue(tokens, clock()) || memory.unsaved !== null;
      if (!wanted || rests(memory)) return tokens;
      // A failure here costs nothing yet: the present token still works, and if not, the platform will say so.
      return within(renewing(shopId, null), limits.awaitEarlyRenewalMs, 'renewing the token').catch(() => tokens);
    },
    async afterRefusal(shopId, refusedAccessToken) {
      const { cached } = memoryOf(shopId);
      if (cached && cached.tokens.accessToken !== refusedAccessToken) return cached.tokens;
      return orUnavailable(shopId, within(renewing(shopId, refusedAccessToken), limits.awaitNeededRenewalMs, 'renewing the token'));
    },
    async renewIfDue(shopId) {
      const memory = memoryOf(shopId);
      const tokens = await readTokens(parts, memory, shopId);
      if (!isRenewalDue(tokens, clock()) && memory.unsaved === null) return tokens;
      return orUnavailable(shopId, renewing(shopId, null));
    },
  };
}

async function orUnavailable(shopId: string, tokens: Promise<ShopTokens>): Promise<ShopTokens> {
  try {
    return await tokens;
  } catch (error) {
    if (error instanceof PlatformUnavailable) throw error;
    throw new PlatformUnavailable(`Shop ${shopId}: the access token could not be renewed: ${reasonOf(error)}`, { cause: error });
  }
}

function noTokens(shopId: string): PlatformUnavailable {
  return new PlatformUnavailable(`Shop ${shopId} has no Kuaishou tokens: store its access token (npm run shops -- create)`, UNAUTHORISED);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown reason');

/** Whether it was less than `limitMs` ago; never of what a clock that was set back has still before it. */
function isWithin(limitMs: number, at: EpochMs | null, now: EpochMs): boolean {
  return at !== null && at <= now && now - at < limitMs;
}

/** From memory while that is young, else from the store; from memory again when the store does not answer. */
async function readTokens({ store, clock, limits }: TokenKeeperParts, memory: ShopMemory, shopId: string): Promise<ShopTokens> {
  const { cached, unsaved, silentAt } = memory;
  if (unsaved) return unsaved.tokens;
  if (cached && isWithin(limits.trustCacheMs, cached.readAt, clock())) return cached.tokens;
  if (cached && isWithin(limits.pauseAfterSilenceMs, silentAt, clock())) return cached.tokens;
  let stored: ShopTokens | null;
  try {
    stored = await within(store.read(shopId), limits.readStoreMs, 'reading the tokens');
  } catch (error) {
    memory.silentAt = clock();
    if (cached) return cached.tokens;
    throw new PlatformUnavailable(`Shop ${shopId}: the tokens could not be read: ${reasonOf(error)}`, { cause: error });
  }
  if (!stored) {
    memory.cached = null;
    throw noTokens(shopId);
  }
  memory.cached = { tokens: stored, readAt: clock() };
  return stored;
}

/** One renewal under the shop's lock. `refused`: the access token that the platform does not take; null: half-life passed. */
async function renew(parts: TokenKeeperParts, memory: ShopMemory, shopId: string, refused: string | null): Promise<ShopTokens> {
  const { store, clock } = parts;
  const outcome: { tokens: ShopTokens | null } = { tokens: null };
  try {
    await store.update(shopId, async (present) => {
      outcome.tokens = present;
      const unsaved = memory.unsaved?.replaces === present.refreshToken ? memory.unsaved : null;
      const stillWanted = refused === null ? isRenewalDue(present, clock()) : present.accessToken === refused;
      if (!unsaved && !stillWanted) return null;
      outcome.tokens = unsaved?.tokens ?? (await askOnce(parts, memory, shopId, present, refused));
      return outcome.tokens;
    });
  } catch (error) {
    memory.failedAt = clock();
    // The platform has voided the old pair: what it gave us must be used, and stored as soon as the store takes it.
    if (memory.unsaved) return memory.unsaved.tokens;
    throw error;
  }
  const { tokens } = outcome;
  if (tokens === null) throw noTokens(shopId);
  memory.failedAt = null;
  memory.unsaved = null;
  memory.cached = { tokens, readAt: clock() };
  return tokens;
}

async function askOnce(
  { askNewTokens, clock, limits }: TokenKeeperParts,
  memory: ShopMemory,
  shopId: string,
  present: ShopTokens,
  refused: string | null,
): Promise<ShopTokens> {
  const { refreshToken } = present;
  if (refreshToken === null) {
    throw new PlatformUnavailable(
      `Shop ${shopId}: Kuaishou refuses the access token and there is no refresh token: the merchant must authorise the application again`,
      UNAUTHORISED,
    );
  }
  const { lost } = memory;
  if (lost?.refreshToken === refreshToken && isWithin(limits.pauseAfterLossMs, lost.at, clock()))
    throw new PlatformUnavailable(lost.message, UNAUTHORISED);
  const { renewed } = memory;
  if (refused !== null && renewed?.accessToken === refused && isWithin(limits.tooYoungToRenewMs, renewed.at, clock())) {
    throw new PlatformUnavailable(`Shop ${shopId}: Kuaishou refuses an access token that it has only just issued`, UNAUTHORISED);
  }
  const renewal = await askNewTokens({ ...present, refreshToken });
  if (renewal.kind === 'UNKNOWN') throw new PlatformUnavailable(`Shop ${shopId}: Kuaishou did not renew the token: ${renewal.reason}`);
  if (renewal.kind === 'REFUSED') {
    const message = `Shop ${shopId}: the authorisation is lost, Kuaishou refused the refresh token (${renewal.code} ${renewal.message}): the merchant must authorise the application again`;
    memory.lost = { refreshToken, at: clock(), message };
    throw new PlatformUnavailable(message, UNAUTHORISED);
  }
  memory.lost = null;
  memory.renewed = { accessToken: renewal.tokens.accessToken, at: clock() };
  memory.unsaved = { replaces: refreshToken, tokens: renewal.tokens };
  return renewal.tokens;
}
