import { describe, expect, test } from '@jest/globals';
import type { RunningStack } from '../support/running-stack.ts';

/** A case of each carrier, from the create to the signed return, and what its carrier tells after that. */
export function carrierTests(here: () => RunningStack): void {
  describe('the carriers over real HTTP', () => {
    test.each(['ZTO', 'YTO', 'STO', 'JT'])(
      '%s: create → signed push → exactly one approval → return signed → a damage told last',
      async (carrier) => {
        const { refundId, waybillNo } = await here().shop.seed({ carrier, refundFeeFen: 4_990, parcel: { onIntercept: 'SUCCEEDS' } });
        const created = await here().shop.create(refundId);
        // On a busy machine the carrier's answer may come after CREATE_WAIT: the create is 202 then.
        const answered = await here().shop.until(created.interceptId, ({ interceptStatus }) => interceptStatus !== 'REQUESTED', 20_000);
        expect(['INTERCEPTING', 'SUCCEEDED']).toContain(answered.interceptStatus);
        const ended = await here().shop.until(
          created.interceptId,
          ({ returnStatus, refundStatus }) => returnStatus === 'RETURN_SIGNED' && refundStatus !== 'REFUNDING',
          20_000,
        );
        expect(ended).toMatchObject({ interceptStatus: 'SUCCEEDED', refundStatus: 'REFUNDED', refundCause: 'INTERCEPT_SUCCEEDED' });
        await here().control('POST', `/sim/parcels/${waybillNo}/scan`, { event: 'DAMAGED' });
        const damaged = await here().shop.until(created.interceptId, ({ returnFailure }) => returnFailure === 'DAMAGED', 20_000);
        expect(damaged).toMatchObject({ returnStatus: 'RETURN_SIGNED', refundStatus: 'REFUNDED' });
        expect(await here().shop.paymentsOf(refundId)).toBe(1);
      },
    );

    test('a push with a bad signature is 401 and has no effect', async () => {
      const { refundId } = await here().shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SUCCEEDS' } });
      await here().control('POST', '/sim/faults', { party: 'ZTO', kind: 'push-bad-signature' });
      const { interceptId } = await here().shop.create(refundId);
      const refused = async () => {
        const { items } = await here().control<{ items: { status?: number | null }[] }>('GET', '/sim/pushes');
        return items.some(({ status }) => status === 401);
      };
      const giveUpAt = Date.now() + 15_000;
      while (!(await refused())) {
        if (Date.now() > giveUpAt) throw new Error('no push was refused');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(await here().shop.get(interceptId)).toMatchObject({ interceptStatus: 'INTERCEPTING', refundStatus: 'OPEN' });
      await here().control('DELETE', '/sim/faults');
      await here().shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 20_000);
      expect(await here().shop.paymentsOf(refundId)).toBe(1);
    });

    test('50 parallel creates with a carrier slower than CREATE_WAIT: one intercept, one carrier call', async () => {
      const { refundId, waybillNo } = await here().shop.seed({ carrier: 'STO', parcel: { onIntercept: 'SILENT' } });
      await here().control('POST', '/sim/faults', {
        party: 'STO',
        api: 'INTERCEPT_CREATE_STANDARD',
        kind: 'slow',
        delayMs: 4_000,
        times: 1,
      });
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => here().shop.call<{ interceptId?: string }>('POST', '/intercepts', { refundId, confirm: true })),
      );
      expect(answers.map(({ status }) => status).filter((status) => ![200, 201, 202].includes(status))).toEqual([]);
      expect(new Set(answers.map(({ body }) => body.interceptId))).toEqual(new Set([`${refundId}-1`]));
      await here().shop.until(`${refundId}-1`, ({ interceptStatus }) => interceptStatus === 'INTERCEPTING', 15_000);
      const { items } = await here().control<{ items: { body: unknown }[] }>('GET', '/sim/calls?party=STO&api=INTERCEPT_CREATE_STANDARD');
      expect(items.filter(({ body }) => JSON.stringify(body).includes(waybillNo))).toHaveLength(1);
    });
  });
}
