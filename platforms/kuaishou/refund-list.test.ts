import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';
import { PlatformUnavailable } from '../port.ts';
import { settingsFor, startFakePlatform, storeTokens, tokensOf } from './fake-platform.ts';
import { connectKuaishou } from './kuaishou.ts';

const NOW = 1_674_873_600_000;
const SHOP = '2788410001';

interface Listed {
  refundId: number;
  createTime: number;
  updateTime: number;
  status?: number;
  handlingWay?: number;
  negotiateStatus?: number;
}
interface Query {
  beginTime: number;
  endTime: number;
  type: number;
  queryType: number;
  pageSize: number;
  currentPage: number;
  pcursor: string;
}

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const platform of open.splice(0)) await platform.close();
});

/** A platform that lists by days as the real one: at most a day, at most 90 days back, pages by cursor until `nomore`. */
async function listing(refunds: Listed[], cursorOf: (next: number) => string = String) {
  const queries: Query[] = [];
  const clock = { now: NOW };
  const fake = await startFakePlatform(({ parameters }) => {
    const query = JSON.parse(parameters.param ?? '{}') as Query;
    queries.push(query);
    const { beginTime, endTime, queryType, pageSize, pcursor } = query;
    if (endTime <= beginTime) return { text: '{"result":300003,"error_msg":"结束时间要晚于开始时间"}' };
    if (endTime - beginTime > DAY_MS) return { text: '{"result":300019,"error_msg":"时间范围超限"}' };
    if (beginTime < clock.now - 90 * DAY_MS) return { text: '{"result":300005,"error_msg":"只能查询最近90天内的订单"}' };
    const timeOf = (refund: Listed) => (queryType === 2 ? refund.updateTime : refund.createTime);
    const found = refunds
      .filter((refund) => timeOf(refund) >= beginTime && timeOf(refund) <= endTime)
      .sort((a, b) => timeOf(b) - timeOf(a));
    const from = pcursor === '' ? 0 : Number(pcursor);
    const page = found.slice(from, from + pageSize);
    const refundOrderInfoList = page.map((refund) => ({
      oid: 5,
      refundFee: 100,
      status: 10,
      handlingWay: 10,
      negotiateStatus: 1,
      ...refund,
    }));
    return {
      text: JSON.stringify({
        result: 1,
        data: { pcursor: from + pageSize < found.length ? cursorOf(from + pageSize) : 'nomore', refundOrderInfoList },
      }),
    };
  });
  open.push(fake);
  const platform = connectKuaishou(settingsFor(fake.url), storeTokens({ [SHOP]: tokensOf('at-test') }).store, () => clock.now);
  return { platform, queries, clock };
}

const refund = (refundId: number, agoMs: number, change: Partial<Listed> = {}): Listed => ({
  refundId,
  createTime: NOW - agoMs,
  updateTime: NOW - agoMs,
  ...change,
});

describe('updated refunds', () => {
  test('every page, in whatever state', async () => {
    const all = Array.from({ length: 250 }, (_, index) => refund(index + 1, index * 1000, { status: index % 2 ? 60 : 10, handlingWay: 1 }));
    const { platform, queries } = await listing(all);
    const found = await platform.listUpdatedRefunds(SHOP, NOW - DAY_MS, NOW);
    expect(found.map(({ refundId }) => Number(refundId))).toEqual(all.map(({ refundId }) => refundId));
    expect(queries.map(({ type, queryType, pageSize, currentPage, pcursor }) => [type, queryType, pageSize, currentPage, pcursor])).toEqual(
      [
        [9, 2, 100, 1, ''],
        [9, 2, 100, 2, '100'],
        [9, 2, 100, 3, '200'],
      ],
    );
  });
  test('a single instant', async () => {
    const { platform } = await listing([refund(1, 0), refund(2, 5)]);
    expect((await platform.listUpdatedRefunds(SHOP, NOW, NOW)).map(({ refundId }) => refundId)).toEqual(['1']);
  });
  test('more than a day at once is our own mistake', async () => {
    const { platform, queries } = await listing([]);
    await expect(platform.listUpdatedRefunds(SHOP, NOW - DAY_MS - 1, NOW)).rejects.toThrow(RangeError);
    await expect(platform.listUpdatedRefunds(SHOP, NOW, NOW - 1)).rejects.toThrow(RangeError);
    expect(queries).toEqual([]);
  });
  test('a refusal, and a cursor that does not move on, are unavailable: a list is whole or none', async () => {
    const { platform } = await listing([refund(1, 0)]);
    await expect(platform.listUpdatedRefunds(SHOP, NOW - 91 * DAY_MS, NOW - 90.5 * DAY_MS)).rejects.toThrow(PlatformUnavailable);
    const stuck = await listing(
      Array.from({ length: 300 }, (_, index) => refund(index + 1, index)),
      () => '100',
    );
    await expect(stuck.platform.listUpdatedRefunds(SHOP, NOW - DAY_MS, NOW)).rejects.toThrow('the same cursor again');
  });
});

describe('open refunds', () => {
  async function collect(platform: Awaited<ReturnType<typeof listing>>['platform'], limit: number) {
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const page: { refunds: { refundId: string }[]; nextCursor: string | null } = await platform.listOpenRefunds(SHOP, { cursor, limit });
      pages.push(page.refunds.map(({ refundId }) => refundId));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return pages;
  }

  test('only refund-only requests that wait for the merchant', async () => {
    const { platform } = await listing([
      refund(1, HOUR_MS),
      refund(2, HOUR_MS, { handlingWay: 1 }),
      refund(3, HOUR_MS, { status: 60 }),
      refund(4, HOUR_MS, { status: 20 }),
      refund(5, HOUR_MS, { negotiateStatus: 3 }),
      refund(6, 2 * HOUR_MS, { negotiateStatus: 0 }),
    ]);
    const { refunds } = await platform.listOpenRefunds(SHOP, { cursor: null, limit: 50 });
    expect(refunds.map(({ refundId }) => refundId)).toEqual(['1', '6']);
  });

  test.each([1, 3, 7, 50])('over days, with gaps, newest first, each once, in pages of at most %i', async (limit) => {
    const days = [0, 0.2, 0.4, 0.9, 1, 1.1, 2.5, 2.6, 2.7, 2.8, 20, 20.1, 47, 89.9];
    const all = days.map((day, index) => refund(index + 1, Math.round(day * DAY_MS)));
    const hidden = days.map((day, index) => refund(100 + index, Math.round(day * DAY_MS) + 1, { handlingWay: 1 }));
    const { platform, queries } = await listing([...all, ...hidden]);
    const pages = await collect(platform, limit);
    expect(pages.flat()).toEqual(all.map(({ refundId }) => String(refundId)));
    for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
    for (const { beginTime, endTime, type, queryType } of queries) {
      expect([type, queryType]).toEqual([8, 1]);
      expect(endTime - beginTime).toBeLessThan(DAY_MS);
      expect(beginTime).toBeGreaterThanOrEqual(NOW - 90 * DAY_MS);
    }
  });

  test('one page costs a limited number of calls, and an empty shop comes to an end', async () => {
    const { platform, queries } = await listing([]);
    const { refunds, nextCursor } = await platform.listOpenRefunds(SHOP, { cursor: null, limit: 50 });
    expect([refunds, queries.length]).toEqual([[], 15]);
    expect(nextCursor).not.toBeNull();
    expect((await collect(platform, 50)).flat()).toEqual([]);
  });

  test('a day over in which nothing waits is asked about once in five minutes; today, yesterday and days with something always', async () => {
    const waiting = [refund(1, HOUR_MS), refund(2, 3 * DAY_MS)];
    const { platform, queries, clock } = await listing(waiting);
    const asked = async () => {
      const since = queries.length;
      expect((await collect(platform, 50)).flat()).toEqual(waiting.map(({ refundId }) => String(refundId)));
      return queries.slice(since).map(({ beginTime }) => Math.floor((NOW - beginTime) / DAY_MS));
    };
    expect(await asked()).toHaveLength(91);
    const { now } = performance;
    const passed = jest.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + clock.now - NOW);
    clock.now += 5 * MINUTE_MS - SECOND_MS * 10;
    expect(await asked()).toEqual([0, 3, 89]);
    waiting.push(refund(3, 7 * DAY_MS));
    waiting.unshift(refund(4, -MINUTE_MS));
    clock.now += 10 * SECOND_MS;
    expect(await asked()).toHaveLength(91);
    clock.now += MINUTE_MS;
    waiting.pop();
    expect(await asked()).toEqual([0, 3, 7, 89]);
    passed.mockRestore();
  });

  test('a day of which only a part was asked for is not taken for quiet', async () => {
    const waiting = [refund(1, 0), refund(2, MINUTE_MS)];
    const { platform, clock } = await listing(waiting);
    const { nextCursor } = await platform.listOpenRefunds(SHOP, { cursor: null, limit: 1 });
    waiting.splice(0, 2, refund(3, -HOUR_MS));
    clock.now += 2 * DAY_MS;
    await platform.listOpenRefunds(SHOP, { cursor: nextCursor, limit: 1 });
    expect((await collect(platform, 50)).flat()).toEqual(['3']);
  });

  test.each(['', 'x', Buffer.from('[1,2]').toString('base64url'), Buffer.from('[-1,1,"",0]').toString('base64url')])(
    '“%s” is no cursor',
    async (cursor) => {
      const { platform } = await listing([]);
      await expect(platform.listOpenRefunds(SHOP, { cursor, limit: 50 })).rejects.toThrow(RangeError);
    },
  );
});
