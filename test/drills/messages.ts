import { startReceiver } from '../../delivery/test-receiver.ts';
import { waitFor } from '../../dev/waiting.ts';
import { type Apart, startApart } from './apart.ts';
import { type Courier, startCourier } from './courier.ts';
import { type Drill, lateMs, paidOnce, type Scene, type Shop, turnRound } from './scene.ts';

const REJECT_UNLOCK_AFTER = '40s';
const AUTO_REFUND_AFTER = '50s';
const TYPES = ['intercept.accepted', 'intercept.succeeded', 'intercept.failed', 'refund.refunded', 'refund.rejected'];
const CREATED_WITHIN_MS = 30_000;
const ENDED_WITHIN_MS = 90_000;
const TOLD_WITHIN_MS = 60_000;

const portOf = (url: string): number => Number(new URL(url).port);

/** A case that is created as often as the network makes it fail. */
async function stubbornCase({ shop }: Shop, carrier: string, onIntercept: 'SILENT' | 'FAILS' = 'SILENT') {
  const seeded = await shop.seed({ carrier, parcel: { onIntercept } });
  const created = await waitFor(async () => {
    const { status, body } = await shop.call<{ interceptId: string; autoRefundAt: string }>('POST', '/intercepts', {
      refundId: seeded.refundId,
      confirm: true,
    });
    return status < 300 && body;
  }, CREATED_WITHIN_MS);
  if (created === undefined) throw new Error(`${seeded.refundId} could not be intercepted`);
  return { ...seeded, ...created };
}

/** One case to each ending, of every carrier those whose news decide; all are under way together. */
async function liveThrough({ stack }: Apart): Promise<{ interceptId: string; refundId: string }[]> {
  const { shop } = stack;
  const [due, approved, ...caught] = await Promise.all(
    ['ZTO', 'YTO', 'ZTO', 'YTO', 'STO', 'JT'].map((carrier) => stubbornCase(stack, carrier)),
  );
  const failed = await stubbornCase(stack, 'YTO', 'FAILS');
  if (due === undefined || approved === undefined) throw new Error('there are six cases');
  const { status } = await shop.act(approved.interceptId, 'approve-refund');
  if (status !== 200 && status !== 202) throw new Error(`an approve answered ${status}`);
  await Promise.all(caught.map((one) => turnRound({ stack }, one)));
  await shop.until(failed.interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED', ENDED_WITHIN_MS);
  await shop.act(failed.interceptId, 'reject-refund', { reason: '1002', description: '包裹已派送给买家' });
  await shop.until(failed.interceptId, ({ refundStatus }) => refundStatus === 'REJECTED', ENDED_WITHIN_MS);
  for (const one of [approved, ...caught, due]) await paidOnce({ stack }, one, ENDED_WITHIN_MS);
  await lateMs({ stack }, due);
  if ((await shop.paymentsOf(failed.refundId)) !== 0) throw new Error('a rejected refund was paid');
  return [approved, ...caught, due];
}

/** Throws unless what the receiver was told of these is each turn under one id, with one content, however often it came. */
async function expectToldOnce(
  received: { headers: Record<string, unknown>; body: string }[],
  paid: { interceptId: string }[],
): Promise<void> {
  const refundedOf = (interceptId: string) =>
    received.filter(({ body }) => body.includes('"type":"refund.refunded"') && body.includes(`"interceptId":"${interceptId}"`));
  const areTold = async () => paid.every(({ interceptId }) => refundedOf(interceptId).length > 0);
  if ((await waitFor(areTold, TOLD_WITHIN_MS)) !== true) throw new Error('a payment was not told to the receiver');
  const contents = new Map<string, string>();
  for (const { headers, body } of received) {
    const id = String(headers['webhook-id']);
    if ((contents.get(id) ?? body) !== body) throw new Error(`${id} came with two contents`);
    contents.set(id, body);
  }
  for (const { interceptId } of paid) {
    const ids = new Set(refundedOf(interceptId).map(({ headers }) => headers['webhook-id']));
    if (ids.size !== 1) throw new Error(`the payment of ${interceptId} was told under ${ids.size} ids`);
  }
}

const noteBrought = (scene: Scene, whose: string, { brought }: Courier): void =>
  scene.note(
    `${whose}: ${Object.entries(brought)
      .map(([carriage, count]) => `${count} ${carriage}`)
      .join(', ')}`,
  );

const carriedBadly: Drill = {
  name: 'requests come twice, late and out of order',
  section: 'the-platform-is-down',
  alerts: [],
  async play(scene) {
    const receiver = await startReceiver();
    let [partiesPort, productPort] = [0, 0];
    const couriers = {
      'to carriers and platform': await startCourier(() => partiesPort),
      'to the product': await startCourier(() => productPort),
      'to the shop': await startCourier(() => receiver.port),
    };
    const apart = await startApart(
      scene,
      { REJECT_UNLOCK_AFTER, AUTO_REFUND_AFTER },
      {
        async toParties(url) {
          partiesPort = portOf(url);
          return couriers['to carriers and platform'].url;
        },
        async toProduct(url) {
          productPort = portOf(url);
          return couriers['to the product'].url;
        },
      },
    );
    try {
      const { status } = await apart.stack.shop.call('POST', '/webhook-endpoints', {
        url: `${couriers['to the shop'].url}/hooks`,
        types: TYPES,
      });
      if (status !== 201) throw new Error(`an endpoint was answered ${status}`);
      await expectToldOnce(receiver.received, await liveThrough(apart));
      for (const [whose, courier] of Object.entries(couriers)) noteBrought(scene, whose, courier);
      await apart.holdInvariants();
    } finally {
      await apart.close();
      for (const courier of Object.values(couriers)) await courier.close();
      await receiver.close();
    }
  },
};

/** What is sent does not come as it was sent. */
export const MESSAGES: readonly Drill[] = [carriedBadly];
