import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sampleLine } from '../../../domain/settlement/sample-line.ts';
import { shanghaiDay } from '../../../domain/time.ts';
import { addLine } from '../../../store/ledger.ts';
import { succeededIntercept } from '../../../store/test-settlement.ts';
import { OTHER_SHOP, openTestApi, type TestApi } from '../../test-api.ts';
import { expectDocumented } from '../../test-contract.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

async function feeLine(feeFen: number | null = 350): Promise<string> {
  const { input } = await succeededIntercept(api.database.kysely, { shopId: api.shopId, feeFen });
  return `${input.interceptId}-fee`;
}
const act = (lineId: string, step: string, body?: object) => api.call('POST', `/v1/ledger-lines/${lineId}/${step}`, body);

describe('a ledger line', () => {
  test('is confirmed and settled', async () => {
    const lineId = await feeLine();
    const shown = await api.call('GET', `/v1/ledger-lines/${lineId}`);
    expect(shown.body).toMatchObject({
      lineId,
      kind: 'FEE',
      amountFen: 350,
      status: 'DUE',
      lastAction: null,
      allowedActions: ['CONFIRM', 'DISPUTE', 'WAIVE', 'PRICE'],
    });
    await expectDocumented(api, 'getLedgerLine', shown);
    const confirmed = await act(lineId, 'confirm');
    expect(confirmed).toMatchObject({ status: 200, body: { status: 'CONFIRMED', lastAction: { action: 'CONFIRM', reason: null } } });
    await expectDocumented(api, 'confirmLedgerLine', confirmed);
    expect(await act(lineId, 'settle', { reason: '11 月对账' })).toMatchObject({
      body: { status: 'SETTLED', lastAction: { reason: '11 月对账' }, allowedActions: [] },
    });
    expect(await act(lineId, 'waive', { reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'LINE_ACTION_NOT_ALLOWED', reason: 'LINE_ACTION_NOT_ALLOWED', lineStatus: 'SETTLED' },
    });
  });

  test('is disputed and waived with a reason alone', async () => {
    const lineId = await feeLine();
    for (const step of ['dispute', 'waive']) expect((await act(lineId, step)).body.errors).toMatchObject([{ pointer: '/reason' }]);
    expect((await act(lineId, 'dispute', { reason: '未拦截成功' })).body.status).toBe('DISPUTED');
    expect((await act(lineId, 'waive', { reason: '网点同意免除' })).body).toMatchObject({ status: 'WAIVED', amountFen: 350 });
    const { items } = (await api.call('GET', `/v1/ledger-lines?status=WAIVED&interceptId=${lineId.replace('-fee', '')}`)).body;
    expect(
      items
        .map(({ amountFen, correctsLineId }: { amountFen: number; correctsLineId: string | null }) => [amountFen, correctsLineId])
        .sort(),
    ).toEqual([
      [-350, lineId],
      [350, null],
    ]);
  });

  test('without a price is given one', async () => {
    const lineId = await feeLine(null);
    const list = await api.call('GET', `/v1/ledger-lines?status=PRICE_MISSING&interceptId=${lineId.replace('-fee', '')}`);
    expect(list.body.items).toMatchObject([{ lineId, amountFen: null, allowedActions: ['PRICE', 'DISPUTE', 'WAIVE'] }]);
    await expectDocumented(api, 'listLedgerLines', list);
    expect(await act(lineId, 'confirm')).toMatchObject({ status: 409, body: { lineStatus: 'PRICE_MISSING' } });
    expect(await act(lineId, 'price', { amountFen: -1 })).toMatchObject({ status: 409, body: { reason: 'AMOUNT_OF_WRONG_SIGN' } });
    expect(await act(lineId, 'price', { amountFen: 400 })).toMatchObject({
      status: 200,
      body: { status: 'DUE', lastAction: { action: 'PRICE', amountFen: 400 } },
    });
    expect((await act(lineId, 'dispute', { reason: '金额不符' })).body.allowedActions).toEqual(['CONFIRM', 'WAIVE', 'PRICE']);
    const correction = await api.call('GET', `/v1/ledger-lines/${lineId}-c1`);
    expect(correction.body).toMatchObject({ correctsLineId: lineId, allowedActions: [] });
    expect(await act(`${lineId}-c1`, 'confirm')).toMatchObject({ status: 409, body: { reason: 'LINE_IS_A_CORRECTION' } });
  });

  test('is listed under the month of its statement, however late it was recorded', async () => {
    const { input } = await succeededIntercept(api.database.kysely, { shopId: api.shopId, feeFen: 100 });
    const { interceptId, carrier } = input;
    const late = {
      ...sampleLine({ lineId: 'late', kind: 'ADJUSTMENT' }),
      interceptId,
      carrier,
      occurredAt: Date.parse('2026-01-15T00:00:00Z'),
    };
    await addLine(api.database.kysely, { ...late, shopId: api.shopId });
    const month = shanghaiDay(Date.now()).slice(0, 7);
    const listed = async (query: string) =>
      (await api.call('GET', `/v1/ledger-lines?interceptId=${interceptId}&${query}`)).body.items.map(
        ({ lineId }: { lineId: string }) => lineId,
      );
    expect(await listed(`statementMonth=${month}`)).toEqual([`${interceptId}-fee`, 'late']);
    expect(await listed('statementMonth=2026-01')).toEqual([]);
    expect(await listed('occurredTo=2026-02-01T00:00:00Z')).toEqual(['late']);
    expect((await api.call('GET', '/v1/ledger-lines?statementMonth=2026-13')).status).toBe(400);
  });

  test('is its shop’s alone and needs the scope', async () => {
    const lineId = await feeLine();
    const authorization = `Bearer ${await api.newKey(['intercepts:read', 'settlement:write'], OTHER_SHOP.shopId)}`;
    expect((await api.call('GET', `/v1/ledger-lines/${lineId}`, undefined, { authorization })).status).toBe(404);
    expect((await api.call('POST', `/v1/ledger-lines/${lineId}/confirm`, {}, { authorization })).status).toBe(404);
    expect((await api.call('GET', '/v1/ledger-lines', undefined, { authorization })).body.items).toEqual([]);
    const reader = `Bearer ${await api.newKey(['intercepts:read'])}`;
    expect((await api.call('POST', `/v1/ledger-lines/${lineId}/confirm`, {}, { authorization: reader })).status).toBe(403);
  });
});
