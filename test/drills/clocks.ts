import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, HOUR_MS, toShanghaiText } from '../../domain/time.ts';
import { waitFor } from '../../dev/waiting.ts';
import { type Apart, startApart } from './apart.ts';
import { acceptedCase, type Drill, lateMs, paidOnce, turnRound } from './scene.ts';

const REJECT_UNLOCK_AFTER = '20s';
const AUTO_REFUND_AFTER = '25s';
/** As while all is well. */
const LATE_AT_MOST_MS = 5_000;
const PAID_WITHIN_MS = 60_000;
/** A process looks once a second what time it is told, and writes it without milliseconds. */
const SHOWN_WITHIN_MS = 3_000;

/** A zone with summer time: at its changes 02:00 is 03:00, or 01:00. */
const ZONE = 'America/New_York';
const JUST_BEFORE_MS = 5_000;

/** https://github.com/wolfcw/libfaketime, where Debian, Fedora and Alpine put it. */
const LIBRARIES = [
  `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/faketime/libfaketime.so.1`,
  '/usr/lib64/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
];

/** The time of day of some processes, which may step while they run; how fast time passes is never wrong. */
interface WrongClock {
  environment: Record<string, string>;
  /** From now on it is so much ahead of the machine's. */
  stepTo(aheadMs: number): Promise<void>;
}

async function wrongClock(folder: string, library: string): Promise<WrongClock> {
  const file = join(folder, 'wrong-clock');
  const stepTo = async (aheadMs: number): Promise<void> => {
    const seconds = Math.round(aheadMs / 1_000);
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    await rename(`${file}.new`, file);
  };
  await stepTo(0);
  const faketime = { FAKETIME_TIMESTAMP_FILE: file, FAKETIME_DONT_FAKE_MONOTONIC: '1', FAKETIME_CACHE_DURATION: '1', NO_FAKE_STAT: '1' };
  return { environment: { ...faketime, LD_PRELOAD: library, TZ: ZONE }, stepTo };
}

/** When the clocks of the zone change next. */
function changeAfter(at: EpochMs): EpochMs {
  const offsets = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' });
  const offsetAt = (hour: EpochMs) => offsets.formatToParts(hour).find(({ type }) => type === 'timeZoneName')?.value;
  let hour = Math.ceil(at / HOUR_MS) * HOUR_MS;
  while (offsetAt(hour) === offsetAt(hour + HOUR_MS)) hour += HOUR_MS;
  return hour + HOUR_MS;
}

const CHANGE = changeAfter(Date.now());
const untilJustBefore = (change: EpochMs) => (): number => change - JUST_BEFORE_MS - Date.now();
/** What the clocks tell as the cases begin, and from the middle of them on. */
const TELLINGS = [
  { name: '48 h ahead, then 48 h behind', before: () => 48 * HOUR_MS, during: () => -48 * HOUR_MS },
  { name: '48 h behind, then right', before: () => -48 * HOUR_MS, during: () => 0 },
  { name: 'at a change of summer time', before: untilJustBefore(CHANGE), during: untilJustBefore(CHANGE) },
  { name: 'at the change back', before: untilJustBefore(changeAfter(CHANGE)), during: untilJustBefore(changeAfter(CHANGE)) },
];

/** Sets the clocks, and waits until the API dates its answers by them. */
async function setClocks({ get }: Apart, clock: WrongClock, aheadMs: number): Promise<void> {
  await clock.stepTo(aheadMs);
  const isShown = async () =>
    Math.abs(Date.parse((await get('/service')).headers.get('date') ?? '') - Date.now() - aheadMs) < SHOWN_WITHIN_MS;
  if ((await waitFor(isShown, PAID_WITHIN_MS)) !== true) throw new Error(`no clock went ${aheadMs} ms ahead`);
}

/** One case lies untouched to its day 5, another's parcel turns round half-way; `meanwhile` is between. */
async function playCases(apart: Apart, meanwhile: () => Promise<void>): Promise<number> {
  const { stack } = apart;
  const [due, caught] = [await acceptedCase({ stack }, 'ZTO'), await acceptedCase({ stack }, 'YTO')];
  await meanwhile();
  await turnRound({ stack }, caught);
  for (const one of [caught, due]) await paidOnce({ stack }, one, PAID_WITHIN_MS);
  const { refundCause } = await stack.shop.get(caught.interceptId);
  if (refundCause !== 'INTERCEPT_SUCCEEDED') throw new Error(`a parcel that came back was paid as ${refundCause}`);
  const late = await lateMs({ stack }, due);
  if (late > LATE_AT_MOST_MS) throw new Error(`a refund was paid ${late} ms after its day 5`);
  await expectShanghaiDates(apart, caught);
  return late;
}

/** Throws unless the fee stands in the statement of the month and at the time that Shanghai's clocks show. */
async function expectShanghaiDates({ stack, get }: Apart, { interceptId }: { interceptId: string }): Promise<void> {
  type Line = { interceptId: string; kind: string; occurredAt: string };
  const feeOf = async () => {
    const { body } = await stack.shop.call<{ items: Line[] }>('GET', `/ledger-lines?interceptId=${interceptId}`);
    return body.items.find(({ kind }) => kind === 'FEE');
  };
  const fee = await waitFor(feeOf, PAID_WITHIN_MS);
  if (fee === undefined) throw new Error(`${interceptId} has no fee`);
  const shown = toShanghaiText(Date.parse(fee.occurredAt));
  const statement = await (await get(`/statements.csv?month=${shown.slice(0, 7)}`)).text();
  if (!statement.includes(shown)) throw new Error(`the statement does not say ${shown} of ${interceptId}`);
}

const wrongClocks: Drill = {
  name: 'the clocks of worker and API are wrong, step, and change with summer time',
  section: 'a-payment-is-not-confirmed',
  alerts: [],
  async play(scene) {
    const library = LIBRARIES.find((path) => existsSync(path));
    if (library === undefined) return scene.note('skipped: libfaketime is not installed (Debian: apt-get install libfaketime)');
    const clock = await wrongClock(scene.folder, library);
    const apart = await startApart(scene, { REJECT_UNLOCK_AFTER, AUTO_REFUND_AFTER }, { environment: clock.environment });
    try {
      for (const { name, before, during } of TELLINGS) {
        await setClocks(apart, clock, before());
        const late = await playCases(apart, () => setClocks(apart, clock, during()));
        scene.note(`${name}: paid ${late} ms after it was due`);
      }
      await apart.holdInvariants();
    } finally {
      await apart.close();
    }
  },
};

/** Some processes tell another time than the others. */
export const CLOCKS: readonly Drill[] = [wrongClocks];
