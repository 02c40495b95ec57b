import { DEMO_STAFF, demoPassword } from '../api/console/demo-staff.ts';
import { hashPassword, passwordFits } from '../api/console/passwords.ts';
import { findCarrier } from '../carriers/index.ts';
import { AGREEMENT_VERSION } from '../domain/agreement.ts';
import { putDemoKey } from '../store/api-keys.ts';
import { type Db, inTransaction, now, openDatabase } from '../store/db.ts';
import { putPrice } from '../store/outlet-prices.ts';
import { type OutletSubscription, reviewSubscription, subscribeOutlet } from '../store/outlet-subscriptions.ts';
import { readDataKey } from '../store/secrets.ts';
import { openService } from '../store/service-agreements.ts';
import { storeShopTokens } from '../store/shop-tokens.ts';
import { findShop, upsertShop } from '../store/shops.ts';
import { putDemoStaff } from '../store/staff.ts';

/** What the demo shop in our own database is made from. `demoApiKey` becomes its key; `simulatorsUrl` is asked for the shop's tokens and outlets. */
export type DemoSeed = { databaseUrl: string; dataKey: string; demoApiKey: string; simulatorsUrl: string };

type DemoOutlet = { carrier: string; outletCode: string; outletName: string };
type DemoShop = {
  shopId: string;
  name: string;
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: string;
  refreshExpiresAt: string;
  outlets: DemoOutlet[];
};

const ASK_LIMIT_MS = 5_000;
const SEEDED_BY = 'npm start';
/** Fees agreed with the demo's outlets, fen a parcel; the amounts carriers publish for an intercept with return lie around them. */
const FEE_FEN: Record<string, number> = { ZTO: 450, YTO: 400, STO: 420, JT: 500 };
const OTHER_FEE_FEN = 450;

/**
 * Puts the simulators' demo shop into our database: the shop with its service open, its outlets subscribed and priced, once; its tokens, its key
 * and its people at every start, because the simulators are where the tokens come from. Does nothing when the simulators have no demo shop.
 */
export async function seedDemo(seed: DemoSeed): Promise<void> {
  const shop = await askDemoShop(seed.simulatorsUrl);
  if (shop === undefined) return;
  const database = openDatabase(seed.databaseUrl, { max: 2, applicationName: 'refund-intercept seed', onError: () => undefined });
  try {
    const db = database.kysely;
    if ((await findShop(db, shop.shopId)) === null) await openShop(db, shop);
    await storeShopTokens(db, readDataKey(seed.dataKey), shop.shopId, {
      accessToken: shop.accessToken,
      refreshToken: shop.refreshToken,
      accessIssuedAt: await now(db),
      accessExpiresAt: Date.parse(shop.accessExpiresAt),
      refreshExpiresAt: Date.parse(shop.refreshExpiresAt),
    });
    await putDemoKey(db, { shopId: shop.shopId, label: '演示密钥', scopes: ['admin'], expiresAt: null, secret: seed.demoApiKey });
    await putPeople(db, shop.shopId, seed.demoApiKey);
  } finally {
    await database.close();
  }
}

/** All of it or nothing, so that an interrupted first start is made good by the next. */
function openShop(db: Db, shop: DemoShop): Promise<void> {
  return inTransaction(db, async (trx) => {
    await upsertShop(trx, { shopId: shop.shopId, platform: 'KUAISHOU', name: shop.name });
    await openService(trx, { shopId: shop.shopId, agreementVersion: AGREEMENT_VERSION, signedBy: SEEDED_BY });
    const effectiveFrom = await now(trx);
    for (const { carrier, outletCode, outletName } of shop.outlets) {
      const source = findCarrier(carrier)?.outletsOpenByDefault === true ? 'DEFAULT' : 'MERCHANT';
      const { subscription } = await subscribeOutlet(trx, { shopId: shop.shopId, carrier, outletCode, outletName, source });
      await approve(trx, subscription);
      await putPrice(trx, {
        shopId: shop.shopId,
        carrier,
        outletCode,
        feeFen: FEE_FEN[carrier] ?? OTHER_FEE_FEN,
        effectiveFrom,
        setBy: SEEDED_BY,
      });
    }
  });
}

/** One person a role, whom the sign-in page offers with their passwords. */
async function putPeople(db: Db, shopId: string, demoApiKey: string): Promise<void> {
  for (const { name, role } of DEMO_STAFF) {
    const password = demoPassword(demoApiKey, name);
    await putDemoStaff(db, { shopId, name, role }, { fits: (kept) => passwordFits(kept, password), hash: () => hashPassword(password) });
  }
}

async function approve(db: Db, { shopId, subscriptionId, status }: OutletSubscription): Promise<void> {
  if (status !== 'PENDING') return;
  const decision = { shopId, subscriptionId, decision: 'APPROVE', reason: null, reviewedBy: SEEDED_BY } as const;
  await reviewSubscription(db, decision, ({ carrier, outletCode, outletName }) => ({
    subscriptionId,
    carrier,
    outletCode,
    outletName,
    status: 'ACTIVE',
  }));
}

async function askDemoShop(simulatorsUrl: string): Promise<DemoShop | undefined> {
  const response = await fetch(`${simulatorsUrl}/sim/credentials`, { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
  if (!response.ok) throw new Error(`${simulatorsUrl}/sim/credentials answered ${response.status}`);
  const answer: unknown = await response.json();
  const shop = typeof answer === 'object' && answer !== null && 'demoShop' in answer ? answer.demoShop : undefined;
  return isDemoShop(shop) ? shop : undefined;
}

function isDemoShop(value: unknown): value is DemoShop {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shopId' in value &&
    'accessToken' in value &&
    'outlets' in value &&
    Array.isArray(value.outlets)
  );
}
