import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { DEMO_SHOP } from '../demo.ts';
import { armFault, disarmFaults } from '../faults.ts';
import type { NewFault } from '../faults.ts';
import { announceRefund, EVENT_TYPE, sendHeartbeat } from '../kuaishou/messages.ts';
import { touch } from '../kuaishou/refunds.ts';
import { scansInOrder } from '../parcels.ts';
import { CARRIER_FACTS, CARRIERS, PLATFORM_NAME_ZH } from '../parties.ts';
import type { Party } from '../parties.ts';
import { startForwardRoute, stopForwardRoute } from '../routes.ts';
import { addScan, readInstant, registerShop, SeedError, seedRefund } from '../seeding.ts';
import type { Stage } from '../stage.ts';
import type { Parcel, Refund } from '../state.ts';
import { ExpireBody, FaultBody, ParcelChangeBody, RefundBody, RefundChangeBody, ScanBody, SettingsBody, ShopBody } from './schemas.ts';

const PAGE = new URL('./page.html', import.meta.url);

function viewParcel(parcel: Parcel): unknown {
  return { ...parcel, scans: scansInOrder(parcel).map((scan) => ({ ...scan, occurredAt: new Date(scan.occurredAt).toISOString() })) };
}

function viewRefund(stage: Stage, refund: Refund): unknown {
  const order = stage.state.orders[refund.orderId];
  const waybillNo = order?.parcels[0]?.waybillNo ?? null;
  const parcel = waybillNo === null ? undefined : stage.state.parcels[waybillNo];
  return {
    ...refund,
    waybillNo,
    carrier: parcel?.carrier ?? null,
    itemTitle: order?.itemTitle ?? null,
    orderStatus: order?.status ?? null,
    onIntercept: parcel?.onIntercept ?? null,
  };
}

/** Changes a refund as the buyer, the platform or the back office would, and tells the shop unless `notify` is false. */
function changeRefund(stage: Stage, refund: Refund, body: RefundChangeBody): void {
  const { notify, orderStatus, expireAt, waybillNo, ...members } = body;
  const before = refund.status;
  Object.assign(refund, members);
  if (members.withdrawn === true) refund.status = 70;
  if (expireAt !== undefined) refund.expireAt = readInstant(expireAt);
  const order = stage.state.orders[refund.orderId];
  if (order !== undefined) {
    if (orderStatus !== undefined) order.status = orderStatus;
    const [parcel] = order.parcels;
    if (waybillNo !== undefined && parcel !== undefined) parcel.waybillNo = waybillNo;
    stage.changed('orders', order.orderId);
  }
  refund.endedAt = refund.status === 60 || refund.status === 70 ? stage.now() : null;
  if (refund.status === 50 && before !== 50)
    stage.schedule.add({ kind: 'SETTLE', refundId: refund.refundId }, stage.settings.paymentDelayMs);
  touch(stage, refund);
  const eventType = refund.status === 60 ? EVENT_TYPE.PAID : refund.status === 70 ? EVENT_TYPE.FAILED : EVENT_TYPE.CHANGED;
  if (notify ?? true) announceRefund(stage, refund, eventType);
}

function changeParcel(stage: Stage, parcel: Parcel, body: ParcelChangeBody): void {
  const { interceptStatus, refusal, forward, ...members } = body;
  Object.assign(parcel, members);
  if (refusal !== undefined) parcel.refusal = refusal === null ? null : { code: refusal.code ?? null, message: refusal.message };
  if (interceptStatus !== undefined && parcel.intercept !== null) parcel.intercept.status = interceptStatus;
  if (forward !== undefined) {
    stopForwardRoute(stage, parcel);
    parcel.forward = forward;
    startForwardRoute(stage, parcel);
  }
  stage.changed('parcels', parcel.waybillNo);
}

class NotFound extends Error {
  override name = 'NotFound';
}

function findRefund(stage: Stage, refundId: string): Refund {
  const refund = stage.state.refunds[refundId];
  if (refund === undefined) throw new NotFound(`no refund ${refundId} in this world`);
  return refund;
}

function findParcel(stage: Stage, waybillNo: string): Parcel {
  const parcel = stage.state.parcels[waybillNo];
  if (parcel === undefined) throw new NotFound(`no parcel ${waybillNo} in this world`);
  return parcel;
}

function serveReadings(app: FastifyInstance, stage: Stage): void {
  const { state, lookup } = stage;
  app.get('/sim', async (_request, reply) => reply.type('text/html;charset=utf-8').send(readFileSync(PAGE, 'utf8')));
  app.get('/sim/refunds', async () => ({ items: Object.values(state.refunds).map((refund) => viewRefund(stage, refund)) }));
  app.get<{ Params: { refundId: string } }>('/sim/refunds/:refundId', async (request) =>
    viewRefund(stage, findRefund(stage, request.params.refundId)),
  );
  app.get('/sim/parcels', async () => ({ items: Object.values(state.parcels).map(viewParcel) }));
  app.get<{ Params: { waybillNo: string } }>('/sim/parcels/:waybillNo', async (request) =>
    viewParcel(findParcel(stage, request.params.waybillNo)),
  );
  app.get('/sim/incidents', async () => ({ items: Object.values(state.incidents) }));
  app.get('/sim/shops', async () => ({ items: Object.values(state.shops) }));
  app.get('/sim/faults', async () => ({ items: Object.values(state.faults) }));
  app.get<{ Querystring: { refundId?: string; after?: string } }>('/sim/payments', async ({ query: { refundId, after } }) => ({
    items: refundId === undefined ? lookup.payments().slice(Number(after ?? 0)) : lookup.paymentsOfRefund(refundId),
    paidMoreThanOnce: lookup.paidMoreThanOnce(),
  }));
  app.get<{ Querystring: { party?: string; api?: string } }>('/sim/calls', async ({ query }) => ({
    items: stage.calls
      .entries()
      .filter((call) => (query.party === undefined || call.party === query.party) && (query.api === undefined || call.api === query.api)),
  }));
  app.delete('/sim/calls', async () => (stage.calls.clear(), { cleared: true }));
  app.get<{ Querystring: { subject?: string } }>('/sim/pushes', async ({ query }) => ({
    items: stage.pushes.entries().filter((push) => query.subject === undefined || push.subject === query.subject),
    waiting: Object.values(state.tasks).filter((task) => task.deed.kind === 'PUSH' || task.deed.kind === 'MESSAGE').length,
  }));
}

function serveRefundsAndParcels(app: FastifyInstance, stage: Stage): void {
  app.post<{ Body: RefundBody }>('/sim/refunds', { schema: { body: RefundBody } }, async (request, reply) => {
    const refund = seedRefund(stage, request.body);
    await stage.saved();
    const waybillNo = stage.state.orders[refund.orderId]?.parcels[0]?.waybillNo;
    return reply.status(201).send({ refundId: refund.refundId, orderId: refund.orderId, waybillNo, shopId: refund.shopId });
  });
  app.post<{ Params: { refundId: string }; Body: RefundChangeBody }>(
    '/sim/refunds/:refundId',
    { schema: { body: RefundChangeBody } },
    async (request) => {
      const refund = findRefund(stage, request.params.refundId);
      changeRefund(stage, refund, request.body);
      await stage.saved();
      return viewRefund(stage, refund);
    },
  );
  app.post<{ Params: { waybillNo: string }; Body: ParcelChangeBody }>(
    '/sim/parcels/:waybillNo',
    { schema: { body: ParcelChangeBody } },
    async (request) => {
      const parcel = findParcel(stage, request.params.waybillNo);
      changeParcel(stage, parcel, request.body);
      await stage.saved();
      return viewParcel(parcel);
    },
  );
  app.post<{ Params: { waybillNo: string }; Body: ScanBody }>(
    '/sim/parcels/:waybillNo/scan',
    { schema: { body: ScanBody } },
    async (request, reply) => {
      const scanId = addScan(stage, findParcel(stage, request.params.waybillNo), request.body, true);
      await stage.saved();
      return reply.status(201).send({ scanId });
    },
  );
}

function serveSwitches(app: FastifyInstance, stage: Stage): void {
  app.post<{ Body: NewFault }>('/sim/faults', { schema: { body: FaultBody } }, async (request, reply) => {
    const fault = armFault(stage, request.body);
    await stage.saved();
    return reply.status(201).send(fault);
  });
  app.delete('/sim/faults', async () => ({ removed: disarmFaults(stage) }));
  app.delete<{ Params: { faultId: string } }>('/sim/faults/:faultId', async (request) => ({
    removed: disarmFaults(stage, request.params.faultId),
  }));
  app.post<{ Body: ShopBody }>('/sim/shops', { schema: { body: ShopBody } }, async (request, reply) => {
    const shop = registerShop(stage, request.body);
    await stage.saved();
    return reply.status(201).send({
      shopId: shop.shopId,
      name: shop.name,
      accessToken: shop.access.token,
      refreshToken: shop.refresh.token,
      outlets: shop.outlets,
    });
  });
  app.post<{ Body: ExpireBody }>('/sim/tokens/expire', { schema: { body: ExpireBody } }, async (request) => {
    const { shopId, which = 'access' } = request.body;
    const shops = Object.values(stage.state.shops).filter((shop) => shopId === undefined || shop.shopId === shopId);
    for (const shop of shops) {
      if (which !== 'refresh') for (const access of [shop.access, ...shop.olderAccess]) access.expiresAt = stage.now();
      if (which !== 'access') shop.refresh.expiresAt = stage.now();
      stage.changed('shops', shop.shopId);
    }
    await stage.saved();
    return { expired: shops.length };
  });
  app.post<{ Params: { shopId: string } }>('/sim/shops/:shopId/heartbeat', async (request) => {
    sendHeartbeat(stage, request.params.shopId);
    return { sent: true };
  });
  app.post<{ Body: SettingsBody }>('/sim/settings', { schema: { body: SettingsBody } }, async (request) => {
    Object.assign(stage.settings, request.body);
    const { webhookBase, paceMs, paymentDelayMs, pushRetryMs, messageRetryMs, pushOnlySubscribed } = stage.settings;
    return { webhookBase, paceMs, paymentDelayMs, pushRetryMs, messageRetryMs, pushOnlySubscribed };
  });
}

/** What the product needs to talk to the simulators: its environment variables, and the demo shop as the platform knows it now. */
export function describeAccess(stage: Stage, url: string): { env: Record<string, string>; demoShop: unknown } {
  const shop = stage.state.shops[DEMO_SHOP.shopId];
  return {
    env: { ...listUrls(url), ...stage.settings.credentials },
    demoShop:
      shop === undefined
        ? null
        : {
            shopId: shop.shopId,
            name: shop.name,
            accessToken: shop.access.token,
            refreshToken: shop.refresh.token,
            accessExpiresAt: new Date(shop.access.expiresAt).toISOString(),
            refreshExpiresAt: new Date(shop.refresh.expiresAt).toISOString(),
            outlets: CARRIERS.flatMap((carrier) =>
              (shop.outlets[carrier] ?? []).map(({ outletCode, outletName }) => ({ carrier, outletCode, outletName })),
            ),
          },
  };
}

/** The address of each party's gateway. */
export function listUrls(url: string): Record<`${Party}_URL`, string> {
  const carriers = CARRIERS.map((carrier) => [`${carrier}_URL`, `${url}${CARRIER_FACTS[carrier].gatewayPath}`]);
  return { ...Object.fromEntries(carriers), KUAISHOU_URL: `${url}/kuaishou` };
}

/** What each party is called in Chinese. */
function listNames(): Record<Party, string> {
  return {
    ...Object.fromEntries(CARRIERS.map((carrier) => [carrier, CARRIER_FACTS[carrier].nameZh])),
    KUAISHOU: PLATFORM_NAME_ZH,
  } as Record<Party, string>;
}

/** The control (`/sim/…`): JSON for tests and the page, the page itself, and what the product must be told. README.md lists it. */
export function serveControl(app: FastifyInstance, stage: Stage): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof SeedError ? 400 : error instanceof NotFound ? 404 : (error.statusCode ?? 500);
    if (status >= 500) stage.settings.report(error);
    return reply.status(status).send({ error: error.message });
  });
  serveReadings(app, stage);
  serveRefundsAndParcels(app, stage);
  serveSwitches(app, stage);
  // At the address by which the asker found us: that of a listener on all addresses leads a process in another container to itself.
  app.get('/sim/credentials', async ({ protocol, host }) => describeAccess(stage, `${protocol}://${host}`));
  app.get('/sim/parties', async () => listNames());
  app.get('/sim/health', async () => ({ ok: true }));
}
