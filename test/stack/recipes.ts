import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { approveFailures } from '../../client/recipes/approve-failures.ts';
import { readChanges } from '../../client/recipes/changed-since.ts';
import { intercept, orderNote, subscribe } from '../../client/recipes/create-and-follow.ts';
import { type EventStore, receiver } from '../../client/recipes/receive-once.ts';
import { reconcile } from '../../client/recipes/reconcile-statement.ts';
import { claimDamage, reject } from '../../client/recipes/reject-with-evidence.ts';
import { work } from '../../client/recipes/survive-503.ts';
import { type Client, connect, dataOf, pages, type WebhookEvent } from '../../client/src/index.ts';
import { waitFor } from '../../dev/waiting.ts';
import type { RunningStack } from '../support/running-stack.ts';
import { PNG } from '../../api/files/sample-files.ts';

const LIMIT_MS = 40_000;
const OUTLET = { carrier: 'ZTO', outletCode: '57913' } as const;

/** A shop's database as far as the recipe asks it. */
function shopStore(): EventStore & { kept: Map<string, WebhookEvent>; applied: { thing: string; order: number; event: WebhookEvent }[] } {
  const kept = new Map<string, WebhookEvent>();
  const applied: { thing: string; order: number; event: WebhookEvent }[] = [];
  return {
    kept,
    applied,
    keep: async (id, event) => !kept.has(id) && kept.set(id, event).has(id),
    newest: async (thing) => Math.max(-1, ...applied.filter((one) => one.thing === thing).map(({ order }) => order)),
    apply: async (thing, order, event) => void applied.push({ thing, order, event }),
  };
}

/** Every recipe of docs/recipes.md, as its reader would run it; of a shop's failures and statements they want all, so they come first. */
export function recipeTests(here: () => RunningStack): void {
  describe('the recipes', () => {
    let client: Client;
    beforeAll(() => {
      client = connect({ baseUrl: here().addresses.api, key: here().addresses.demoApiKey ?? '' });
    });

    /** An intercept of a new refund whose parcel does as told. */
    async function begin(onIntercept: string, refundFeeFen = 4_990): Promise<{ interceptId: string; waybillNo: string }> {
      const { refundId, waybillNo } = await here().shop.seed({ carrier: 'ZTO', refundFeeFen, parcel: { onIntercept } });
      return { interceptId: (await here().shop.create(refundId)).interceptId, waybillNo };
    }
    const until = (interceptId: string, wished: Parameters<RunningStack['shop']['until']>[1]) =>
      here().shop.until(interceptId, wished, LIMIT_MS);

    test('create and follow by webhook; receive exactly once', async () => {
      const store = shopStore();
      let hooks: Server | null = null;
      let requests = 0;
      const front = createServer((request, response) => {
        requests += 1;
        hooks?.emit('request', request, response);
      });
      await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}/hooks`;
      hooks = receiver(await subscribe(client, url), store);
      try {
        const { refundId, waybillNo } = await here().shop.seed({ carrier: 'ZTO', refundFeeFen: 19_900, parcel: { onIntercept: 'SILENT' } });
        expect(await intercept(client, refundId, async () => false)).toEqual(['the merchant said no']);
        const fees: (number | null)[] = [];
        const begun = await intercept(client, refundId, async ({ expectedFeeFen }) => fees.push(expectedFeeFen) > 0);
        expect([fees, begun]).toEqual([[450], expect.objectContaining({ refundId })]);
        for (const [scan, type, note] of [
          ['RETURNING', 'refund.refunded', '已退款 199.00 元（INTERCEPT_SUCCEEDED）'],
          ['RETURN_SIGNED', 'return.signed', '包裹已退回，请验收入库'],
        ] as const) {
          await here().control('POST', `/sim/parcels/${waybillNo}/scan`, { event: scan });
          const told = () => store.applied.find(({ event }) => event.type === type)?.event;
          await waitFor(async () => told() !== undefined, LIMIT_MS);
          expect(told()).toBeDefined();
          expect(orderNote(told() as WebhookEvent)).toBe(note);
        }

        const applied = store.applied.length;
        const [endpoint] = (await dataOf(client.GET('/v1/webhook-endpoints'))).items;
        const endpointId = endpoint?.endpointId ?? '';
        const list = pages((page) =>
          client.GET('/v1/webhook-endpoints/{endpointId}/deliveries', { params: { path: { endpointId }, query: page } }),
        );
        const before = requests;
        for await (const { deliveryId } of list) {
          await client.POST('/v1/webhook-endpoints/{endpointId}/deliveries/{deliveryId}/redeliver', {
            params: { path: { endpointId, deliveryId } },
          });
        }
        expect(requests).toBe(before + store.kept.size);
        expect(store.applied).toHaveLength(applied);
        expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
        await client.DELETE('/v1/webhook-endpoints/{endpointId}', { params: { path: { endpointId } } });
      } finally {
        front.close();
      }
      const { refundId: dear } = await here().shop.seed({ carrier: 'STO', refundFeeFen: 60_000 });
      expect(await intercept(client, dear, async () => true)).toEqual([expect.stringContaining('500元')]);
    });

    test('survive a 503', async () => {
      const { refundId, waybillNo } = await here().shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SILENT' } });
      const job = { refundId, key: `job-${refundId}` };
      const options = { baseUrl: here().addresses.api, key: here().addresses.demoApiKey ?? '' };
      const hurried = connect({ ...options, retries: 1, wait: async () => undefined });
      await here().control('POST', '/sim/faults', { party: 'KUAISHOU', kind: 'down' });
      expect(await work(hurried, job)).toEqual({ again: true });
      await here().control('DELETE', '/sim/faults');
      const losing = connect({
        ...options,
        retries: 0,
        fetch: async (request) => {
          await fetch(request);
          throw new TypeError('the answer was lost');
        },
      });
      expect(await work(losing, job)).toEqual({ again: true });
      expect(await work(client, job)).toEqual({ done: expect.objectContaining({ interceptId: `${refundId}-1`, attempt: 1 }) });
      const { items } = await here().control<{ items: { body: unknown }[] }>('GET', '/sim/calls?party=ZTO&api=thirdcenter.createIntercept');
      expect(items.filter(({ body }) => JSON.stringify(body).includes(waybillNo))).toHaveLength(1);
      expect(await work(client, { refundId: '1', key: 'job-1' })).toEqual({ refused: 'REFUND_NOT_FOUND' });
    });

    test('approve a day’s failures in bulk', async () => {
      const small = await Promise.all([1_000, 1_001, 1_002].map((refundFeeFen) => begin('FAILS', refundFeeFen)));
      const dear = await begin('FAILS', 30_000);
      for (const { interceptId } of [...small, dear]) await until(interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED');
      const outcomes = await approveFailures(client, 10_000);
      expect([...outcomes.keys()].toSorted()).toEqual(small.map(({ interceptId }) => interceptId).toSorted());
      expect([...outcomes.values()].filter((outcome) => !['DONE', 'TAKEN'].includes(outcome))).toEqual([]);
      for (const { interceptId } of small) await until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED');
      expect((await here().shop.get(dear.interceptId)).refundStatus).toBe('OPEN');
    });

    test('reject with evidence; claim with photos', async () => {
      const [failed, silent, damaged] = await Promise.all([begin('FAILS'), begin('SILENT'), begin('RETURN_DAMAGED', 12_900)]);
      const evidence = { description: '包裹已派送给买家', pictures: ['https://img.example/label.jpg'] };
      const { autoRefundAt } = await until(failed.interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED');
      expect(Date.parse(autoRefundAt)).toBeGreaterThan(Date.now());
      await reject(client, failed.interceptId, '包裹已派送', evidence);
      await until(failed.interceptId, ({ refundStatus }) => refundStatus === 'REJECTED');
      expect(await reject(client, silent.interceptId, '包裹已派送', evidence)).toEqual({
        notBefore: (await here().shop.get(silent.interceptId)).rejectUnlockAt,
      });

      await until(damaged.interceptId, ({ returnFailure }) => returnFailure === 'DAMAGED');
      const photo = new File([PNG], '破损.png', { type: 'image/png' });
      const goods = [{ name: '四件套', quantity: 1, specification: '1.8m', valueFen: 12_900 }];
      const claim = await claimDamage(client, damaged.interceptId, { photos: [photo], goods, contactPhone: '13800001234' });
      expect(claim).toMatchObject({ kind: 'DAMAGE', claimedFen: 12_900, evidence: [expect.stringMatching(/^file_/)] });
    });

    test('reconcile a statement', async () => {
      const cases = await Promise.all([begin('SUCCEEDS'), begin('SUCCEEDS'), begin('SUCCEEDS')]);
      for (const { interceptId } of cases) await until(interceptId, ({ interceptStatus }) => interceptStatus === 'SUCCEEDED');
      const [agreed, dearer, unbilled] = cases.map(({ waybillNo }) => waybillNo);
      const month = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date()).slice(0, 7);
      const bill = [
        { waybillNo: agreed ?? '', feeFen: 450 },
        { waybillNo: dearer ?? '', feeFen: 999 },
        { waybillNo: '73999999999999', feeFen: 450 },
      ];
      const lineOf = (n: number) => `${cases[n]?.interceptId ?? ''}-fee`;
      // The fee is due with the success; its line is written with the record of it.
      const status = async (lineId: string) =>
        (await dataOf(client.GET('/v1/ledger-lines/{lineId}', { params: { path: { lineId } } }))).status;
      const areThere = async () => (await Promise.all([0, 1, 2].map((n) => status(lineOf(n)).catch(() => null)))).every(Boolean);
      expect(await waitFor(areThere, LIMIT_MS)).toBe(true);
      for (const _again of [1, 2]) {
        const differences = await reconcile(client, { month, ...OUTLET }, bill);
        expect(differences).toMatchObject({ agreed: [lineOf(0)], disputed: [lineOf(1)], unknown: ['73999999999999'] });
        expect(differences.unbilled).toContain(unbilled);
        expect(await Promise.all([0, 1, 2].map((n) => status(lineOf(n))))).toEqual(['CONFIRMED', 'DISPUTED', 'DUE']);
      }
    });

    test('read what changed since', async () => {
      const seen = new Map<string, number>();
      const take = async ({ interceptId, version }: { interceptId: string; version: number }) =>
        void seen.set(interceptId, Math.max(version, seen.get(interceptId) ?? 0));
      const mark = await readChanges(client, new Date(Date.now() - 3_600_000).toISOString(), take);
      const { items } = await dataOf(client.GET('/v1/intercepts', { params: { query: { limit: 200 } } }));
      expect([...seen.keys()].toSorted()).toEqual(items.map(({ interceptId }) => interceptId).toSorted());
      seen.clear();
      const { interceptId } = await begin('SILENT');
      const next = await readChanges(client, mark, take);
      expect(seen.has(interceptId)).toBe(true);
      expect(next > mark).toBe(true);
      seen.clear();
      expect(await readChanges(client, new Date(Date.now() + 3_600_000).toISOString(), take)).toMatch(/Z$/);
      expect(seen.size).toBe(0);
    });
  });
}
