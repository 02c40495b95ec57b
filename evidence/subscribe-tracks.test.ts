import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { CARRIERS } from '../carriers/index.ts';
import type { CarrierClient } from '../carriers/port.ts';
import type { InterceptState } from '../domain/intercept/state.ts';
import { control, seed } from '../simulators/testing/callers.ts';
import { type Receiver, startReceiver } from '../simulators/testing/receiver.ts';
import { type Simulators, startSimulators } from '../simulators/world.ts';
import { type Database, openDatabase } from '../store/db.ts';
import { listLog } from '../store/intercept-log.ts';
import { removeStarting } from '../store/intercept-opening.ts';
import { failingSubscriptionCount, keepPhoneTail, phoneTailOf } from '../store/track-subscriptions.ts';
import { instant } from '../store/values.ts';
import { type FreshDatabase, freshDatabase } from '../test/support/database.ts';
import { subscribeTracks } from './subscribe-tracks.ts';
import { openCase, recordCase } from './test-records.ts';

let sim: Simulators;
let receiver: Receiver;
let home: FreshDatabase;
let database: Database;
let carriers: ReadonlyMap<string, CarrierClient>;
let logged: object[];
const log = { info: () => {}, warn: (about: object) => void logged.push(about), error: () => {} };

beforeAll(async () => {
  receiver = await startReceiver();
  sim = await startSimulators({ webhookBase: receiver.url, pushOnlySubscribed: true, paceMs: 60_000 });
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 5, applicationName: 'subscribe-tracks-test', onError: () => undefined });
  carriers = new Map(CARRIERS.map((carrier) => [carrier.code, carrier.connect(sim.credentials)]));
});
beforeEach(() => {
  logged = [];
});
afterEach(() => control(sim, 'DELETE', '/faults'));
afterAll(async () => {
  await sim.close();
  await receiver.close();
  await database.close();
  await home.drop();
});

let cases = 0;
async function open(carrier: string, waybillNo: string, starting = false): Promise<InterceptState> {
  cases += 1;
  return openCase(database.kysely, { carrier, waybillNo, refundId: `8${cases}` }, starting);
}
const round = (over: Partial<Parameters<typeof subscribeTracks>[0]> = {}) =>
  subscribeTracks({ db: database.kysely, carriers, log, ...over }, { limit: 50 });
const rowOf = (waybillNo: string) =>
  database.kysely.selectFrom('track_subscriptions').selectAll().where('waybill_no', '=', waybillNo).executeTakeFirst();
const linesOf = async ({ input }: InterceptState) =>
  (await listLog(database.kysely, input.interceptId)).map(({ what }) => what).filter((what) => what.startsWith('TRACK_'));
async function makeDue(waybillNo: string): Promise<void> {
  await database.kysely
    .updateTable('track_subscriptions')
    .set({ next_attempt_at: instant(Date.now() - 60_000) })
    .where('waybill_no', '=', waybillNo)
    .execute();
}

describe('case 13: nobody pushes what nobody subscribed', () => {
  test.each(['ZTO', 'YTO', 'STO', 'JT'])('%s pushes a scan once the waybill was subscribed, and none before', async (carrier) => {
    const { waybillNo } = await seed(sim, { carrier, notify: false });
    const state = await open(carrier, waybillNo);
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'DEPARTED', text: '未订阅' });
    expect(await round()).toBe(1);
    expect(await rowOf(waybillNo)).toMatchObject({ status: 'SUBSCRIBED', attempts: 0, last_error: null });
    expect(await linesOf(state)).toEqual(['TRACK_SUBSCRIBED']);
    await control(sim, 'POST', `/parcels/${waybillNo}/scan`, { event: 'RETURNING', text: '已订阅' });
    const isAboutIt = ({ body }: { body: string }) => decodeURIComponent(body.replaceAll('+', ' ')).includes(waybillNo);
    const [push, ...others] = await receiver.waitFor(1, isAboutIt);
    expect([decodeURIComponent(push?.body.replaceAll('+', ' ') ?? '').includes('已订阅'), others]).toEqual([true, []]);
    expect(await round()).toBe(0);
  });

  test('a later case of the waybill says at once that it is subscribed', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'YTO', notify: false });
    await open('YTO', waybillNo);
    await round();
    expect(await linesOf(await open('YTO', waybillNo))).toEqual(['TRACK_SUBSCRIBED']);
    expect(await round()).toBe(0);
  });

  test('without an answer it is asked for again, later and later, and counted after three tries', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', notify: false });
    const state = await open('ZTO', waybillNo);
    await control(sim, 'POST', '/faults', { party: 'ZTO', kind: 'http-500' });
    const waits: number[] = [];
    for (let n = 1; n <= 3; n += 1) {
      expect(await failingSubscriptionCount(database.kysely)).toBe(0);
      expect(await round()).toBe(1);
      const row = await rowOf(waybillNo);
      expect(row).toMatchObject({ status: 'PENDING', attempts: n, last_error: 'HTTP 500' });
      waits.push(Math.round(((row?.next_attempt_at ?? 0) - Date.now()) / 30_000));
      expect(await round()).toBe(0);
      await makeDue(waybillNo);
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(await failingSubscriptionCount(database.kysely)).toBe(1);
    await control(sim, 'DELETE', '/faults');
    await round();
    expect([await failingSubscriptionCount(database.kysely), await linesOf(state)]).toEqual([0, ['TRACK_SUBSCRIBED']]);
  });

  test('refused for good is a line in the log; a new case of the waybill asks again', async () => {
    const waybillNo = 'YT0000000000404';
    const state = await open('YTO', waybillNo);
    expect(await round()).toBe(1);
    expect(await rowOf(waybillNo)).toMatchObject({ status: 'REFUSED', last_error: '1001 运单号不存在' });
    expect(logged).toEqual([{ carrier: 'YTO', waybillNo, code: '1001', message: '运单号不存在' }]);
    expect((await listLog(database.kysely, state.input.interceptId)).at(-1)).toMatchObject({
      what: 'TRACK_SUBSCRIPTION_REFUSED',
      actorKind: 'CARRIER',
      actor: 'YTO',
      reference: '1001',
      after: { message: '运单号不存在' },
    });
    expect(await round()).toBe(0);
    await open('YTO', waybillNo);
    expect(await rowOf(waybillNo)).toMatchObject({ status: 'PENDING' });
    await round();
  });

  test('a carrier without subscriptions is left alone, one that throws holds up nobody', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'JT', notify: false });
    await open('JT', waybillNo);
    const [jt, sto] = [carriers.get('JT'), carriers.get('STO')];
    if (jt === undefined || sto === undefined) throw new Error('not connected');
    expect(await round({ carriers: new Map([['JT', { ...jt, subscribeTrack: null }]]) })).toBe(0);
    const broken = { ...jt, subscribeTrack: () => Promise.reject(new Error('a defect')) };
    expect(
      await round({
        carriers: new Map([
          ['JT', broken],
          ['STO', sto],
        ]),
      }),
    ).toBe(1);
    expect(logged).toEqual([{ carrier: 'JT', waybillNo, error: 'Error: a defect' }]);
    expect(await round()).toBe(1);
  });
});

describe('case 12: four digits of the phone', () => {
  test('go with the subscription, and stay nowhere once the last case of the waybill has ended', async () => {
    const { waybillNo } = await seed(sim, { carrier: 'ZTO', notify: false, parcel: { asksPhone: '0000' } });
    const parcel = { carrier: 'ZTO', waybillNo };
    const first = await open('ZTO', waybillNo);
    await round();
    expect(await rowOf(waybillNo)).toMatchObject({ status: 'PENDING', last_error: expect.stringMatching(/^E413/) });
    await keepPhoneTail(database.kysely, parcel, '0000');
    await makeDue(waybillNo);
    await round();
    expect(await rowOf(waybillNo)).toMatchObject({ status: 'SUBSCRIBED', phone_tail: '0000' });
    const second = await open('ZTO', waybillNo);
    await recordCase(database.kysely, first, {}, true);
    expect(await phoneTailOf(database.kysely, parcel)).toBe('0000');
    await recordCase(database.kysely, second, {}, true);
    expect(await rowOf(waybillNo)).toBeUndefined();
  });

  test('a create that is taken back leaves none', async () => {
    const state = await open('ZTO', '73000000000012', true);
    await keepPhoneTail(database.kysely, state.input, '1234');
    expect(await removeStarting(database.kysely, state.input.interceptId)).toBe('REMOVED');
    expect(await rowOf('73000000000012')).toBeUndefined();
  });
});
