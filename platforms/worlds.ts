import { type World, worldOfRefund } from '../domain/world.ts';
import { connectKuaishou } from './kuaishou/kuaishou.ts';
import type { KuaishouSettings } from './kuaishou/settings.ts';
import { within } from './kuaishou/within.ts';
import { type Platform, type PlatformAnswer, PlatformUnavailable, type TokenStore } from './port.ts';

const FIND_SHOP_LIMIT_MS = 1_000;

/** How the platform of each world is reached; `sandbox` null: there is none. */
export interface PlatformSettings {
  kuaishou: Readonly<Record<string, string>>;
  sandbox: { readonly kuaishou: Readonly<Record<string, string>> } | null;
}

export interface PlatformParts {
  tokens: (world: World) => TokenStore;
  /** Null: there is no such shop. */
  worldOf: (shopId: string) => Promise<World | null>;
  /** Counts and times the calls of a platform under its name. */
  watched?: (name: string, platform: Platform) => Platform;
}

/** The platforms, connected. */
export interface Platforms {
  /** Each shop's own platform; reads the messages of the real one. */
  platform: Platform;
  /** The one that reads the sandbox's messages; null: there is none. */
  sandbox: Pick<Platform, 'readMessage'> | null;
}

/**
 * Connects the platform of each world as one, which asks that of the shop's world alone. Whose shop is unknown, and a sandbox that is not
 * connected, are nobody's: never the other world's.
 */
export function connectPlatforms(
  settings: PlatformSettings,
  { tokens, worldOf, watched = (_name, platform) => platform }: PlatformParts,
): Platforms {
  const connect = (name: string, world: World, kuaishou: Readonly<Record<string, string>>): Platform =>
    watched(name, messagesOf(world, connectKuaishou(kuaishou as unknown as KuaishouSettings, tokens(world))));
  const real = connect('KUAISHOU', 'REAL', settings.kuaishou);
  const sandbox = settings.sandbox && onlyItsRefunds(connect('SANDBOX_KUAISHOU', 'SANDBOX', settings.sandbox.kuaishou));
  const platformOf = async (shopId: string): Promise<Platform> => {
    const world = await within(worldOf(shopId), FIND_SHOP_LIMIT_MS, 'finding the shop').catch((cause: unknown) => {
      throw new PlatformUnavailable(`Shop ${shopId} could not be looked up`, { cause });
    });
    if (world === null) throw new PlatformUnavailable(`There is no shop ${shopId}`);
    if (world === 'REAL') return real;
    if (sandbox === null) throw new PlatformUnavailable(`Shop ${shopId} is a sandbox, and SANDBOX_KUAISHOU_URL is not set`);
    return sandbox;
  };
  return { platform: routed(platformOf, real), sandbox };
}

/** A message names no refund that another world's numbers belong to: whoever sent it, no case of that world is looked at for it. */
function messagesOf(world: World, platform: Platform): Platform {
  return {
    ...platform,
    readMessage: (body) => {
      const message = platform.readMessage(body);
      const isForeign = message.kind === 'MESSAGE' && message.refundId !== null && worldOfRefund(message.refundId) !== world;
      return isForeign ? { ...message, refundId: null } : message;
    },
  };
}

/** A sandbox that gives real refunds' numbers would take real cases' places: those are no refunds of it. */
function onlyItsRefunds(platform: Platform): Platform {
  const isOurs = ({ refundId }: { refundId: string }): boolean => worldOfRefund(refundId) === 'SANDBOX';
  return {
    ...platform,
    readRefund: async (shopId, refundId) => (isOurs({ refundId }) ? platform.readRefund(shopId, refundId) : null),
    listOpenRefunds: async (shopId, page) => {
      const { refunds, nextCursor } = await platform.listOpenRefunds(shopId, page);
      return { refunds: refunds.filter(isOurs), nextCursor };
    },
    listUpdatedRefunds: async (shopId, from, to) => (await platform.listUpdatedRefunds(shopId, from, to)).filter(isOurs),
  };
}

/** Every call by the platform that `platformOf` answers. A write that has nobody to go to certainly never left. */
function routed(platformOf: (shopId: string) => Promise<Platform>, messages: Pick<Platform, 'readMessage'>): Platform {
  const write =
    <Asked extends unknown[]>(choose: (platform: Platform) => (shopId: string, ...asked: Asked) => Promise<PlatformAnswer>) =>
    async (shopId: string, ...asked: Asked): Promise<PlatformAnswer> => {
      let platform: Platform;
      try {
        platform = await platformOf(shopId);
      } catch (error) {
        if (error instanceof PlatformUnavailable) return { kind: 'UNKNOWN', sent: false, reason: error.message };
        throw error;
      }
      return choose(platform)(shopId, ...asked);
    };
  const read =
    <Asked extends unknown[], Answer>(choose: (platform: Platform) => (shopId: string, ...asked: Asked) => Promise<Answer>) =>
    async (shopId: string, ...asked: Asked): Promise<Answer> =>
      choose(await platformOf(shopId))(shopId, ...asked);
  return {
    readRefund: read((platform) => platform.readRefund),
    readOrder: read((platform) => platform.readOrder),
    listOpenRefunds: read((platform) => platform.listOpenRefunds),
    listUpdatedRefunds: read((platform) => platform.listUpdatedRefunds),
    listRejectReasons: read((platform) => platform.listRejectReasons),
    listEbillOutlets: read((platform) => platform.listEbillOutlets),
    isReachable: read((platform) => platform.isReachable),
    refreshTokens: read((platform) => platform.refreshTokens),
    approveRefund: write((platform) => platform.approveRefund),
    rejectRefund: write((platform) => platform.rejectRefund),
    requestArbitration: write((platform) => platform.requestArbitration),
    readMessage: messages.readMessage,
  };
}
