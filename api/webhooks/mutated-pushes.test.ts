import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { openCase } from '../../evidence/test-records.ts';
import { type Database, openDatabase } from '../../store/db.ts';
import { anyText } from '../../test/support/any-text.ts';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts';
import { CARRIER_PUSHES, platformMessage, type Push, resultPush, startWebhooks, WAYBILL } from './test-pushes.ts';

let home: FreshDatabase;
let database: Database;
let app: FastifyInstance;

beforeAll(async () => {
  home = await freshDatabase();
  database = openDatabase(home.url, { max: 4, applicationName: 'mutated-pushes.test', onError: () => undefined });
  app = await startWebhooks(database, () => undefined);
});
afterAll(async () => {
  await app.close();
  await database.close();
  await home.drop();
});
beforeEach(async () => {
  for (const table of ['intercepts', 'parcels', 'waybill_marks'] as const) await database.kysely.deleteFrom(table).execute();
  await openCase(database.kysely, { carrier: 'ZTO' });
});

const RUNS = 120;

/** What is kept of a push, and forgets it; each scan by its canonical event. */
async function forgetKept(): Promise<{ rows: number; events: string[] }> {
  const { rows } = await sql<{ told: number; events: string[] }>`
    with told as (delete from inbox returning 1), scans as (delete from track_events returning event)
    select (select count(*)::int from told) as told, array(select event from scans) as events`.execute(database.kysely);
  const { told, events } = rows[0] ?? { told: Number.NaN, events: [] };
  return { rows: told + events.length, events };
}

/** How a parcel may go on without anything being decided by it. */
const UNDECIDED = ['PICKED_UP', 'DEPARTED', 'ARRIVED', 'OTHER'];
/** The word of each carrier for a parcel that comes back, and for one that arrived at an outlet. */
const WORDS: Record<string, readonly [returning: string, arrived: string]> = {
  ZTO: ['RETURN_SCAN', 'ARRIVAL'],
  YTO: ['TMS_RETURN', 'ARRIVAL'],
  STO: ['退回件', '到件'],
  JT: ['退件扫描', '到件扫描'],
};

/** Whatever comes in, nothing breaks; what is acknowledged is kept, and what is refused leaves nothing. */
async function takes(push: Push): Promise<number> {
  return (await takesAs(push)).statusCode;
}

async function takesAs({ url, headers, payload }: Push): Promise<{ statusCode: number; events: string[] }> {
  const { statusCode } = await app.inject({ method: 'POST', url, headers, payload });
  expect(statusCode).toBeLessThan(500);
  const { rows, events } = await forgetKept();
  expect([statusCode < 300, rows > 0]).toEqual([statusCode < 300, statusCode < 300]);
  return { statusCode, events };
}

/** One byte changed, taken out, put in, or a piece repeated or cut off. */
const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc
  .tuple(
    fc.constantFrom('change', 'remove', 'insert', 'repeat', 'cut'),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 255 }),
  )
  .map(([how, where, byte]) => (bytes) => {
    const at = Math.min(bytes.length - 1, Math.floor(where * bytes.length));
    const [before, rest] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (how === 'change') return Buffer.concat([before, Buffer.from([(rest[0] ?? 0) ^ byte]), rest.subarray(1)]);
    if (how === 'remove') return Buffer.concat([before, rest.subarray(1)]);
    if (how === 'insert') return Buffer.concat([before, Buffer.from([byte]), rest]);
    return how === 'repeat' ? Buffer.concat([bytes, rest]) : before;
  });

/** What a field is made to hold. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    0,
    -1,
    1e308,
    2 ** 53 + 1,
    [],
    {},
    '\u0000',
    '\ud800',
    '‮',
    '=1+1',
    '9'.repeat(4_000),
    '1970-01-01 00:00:00',
  ),
  fc.constantFrom<unknown>(
    '9999-12-31 23:59:59',
    '2026-02-30 25:61:61',
    '1700000000000',
    'null',
    '<a>',
    '&#0;',
    ']]>',
    '%00',
    '../..',
    '{"a":',
    WAYBILL,
  ),
  anyText({ maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
);

type Json = Record<string, unknown>;

/** Every place of a value, as the way to it. */
function placesOf(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...way]];
  return [[...way], ...Object.entries(value).flatMap(([key, part]) => placesOf(part, [...way, key]))];
}

function put(value: unknown, [key, ...way]: readonly string[], what: unknown): unknown {
  if (key === undefined) return what;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Json) }) as Json;
  copy[key] = put(copy[key], way, what);
  return copy;
}

/** The text with the value at one place of it replaced, added to or left out. */
function withOddJson(text: string): fc.Arbitrary<string> {
  const value = JSON.parse(text) as unknown;
  return fc.tuple(fc.constantFrom(...placesOf(value)), odd).map(([way, what]) => JSON.stringify(put(value, way, what)) ?? '');
}

/** The same of XML: the content of one element, written as it is or escaped. */
function withOddXml(text: string): fc.Arbitrary<string> {
  const places = [...text.matchAll(/>([^<]+)</g)].map(({ index }) => index + 1);
  return fc.tuple(fc.constantFrom(...places), odd).map(([at, what]) => {
    const end = text.indexOf('<', at);
    return `${text.slice(0, at)}${typeof what === 'string' ? what : JSON.stringify(what)}${text.slice(end)}`;
  });
}

/** What a form says, however it is written. */
const fieldsOf = (form: string): string =>
  [...new URLSearchParams(form)]
    .map(([name, value]) => `${name}=${value}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join('&');

describe.each(Object.entries(CARRIER_PUSHES))('a track push of %s', (carrier, { sign, content }) => {
  test('changed by a byte anywhere is refused and leaves nothing, or is what it was (S1, S3, S5)', async () => {
    const { url, headers, payload } = sign(content);
    const meant = fieldsOf(payload);
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        const damaged = change(Buffer.from(payload));
        const status = await takes({ url, headers, payload: damaged });
        // A byte of a field that is not signed may change; content and signature may not.
        const fields = fieldsOf(damaged.toString());
        if (fields !== meant && !fields.includes(content)) expect(status).toBe(401);
      }),
      { numRuns: RUNS },
    );
  });

  test('changed in its signed content is refused, whatever the change (S3)', async () => {
    const right = new URLSearchParams(sign(content).payload);
    const { url, headers } = sign(content);
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        const changed = change(Buffer.from(content)).toString();
        if (changed === content) return;
        const fields = new URLSearchParams(right);
        for (const [name, value] of right) if (value === content) fields.set(name, changed);
        expect(await takes({ url, headers, payload: fields.toString() })).toBe(401);
      }),
      { numRuns: RUNS },
    );
  });

  test('signed, with anything at all in one of its fields, is taken and kept (F96, F97, F121)', async () => {
    const withOdd = content.startsWith('<') ? withOddXml(content) : withOddJson(content);
    await fc.assert(
      fc.asyncProperty(withOdd, async (changed) => void (await takes(sign(changed)))),
      { numRuns: RUNS },
    );
  });

  test('that decides nothing decides nothing with anything at all in one of its fields: no money moves by it', async () => {
    const [returning, arrived] = WORDS[carrier] ?? ['', ''];
    const neutral = content.replaceAll(returning, arrived).replaceAll(/退件|退回/g, arrived);
    expect((await takesAs(sign(neutral))).events).toEqual(['ARRIVED']);
    const withOdd = neutral.startsWith('<') ? withOddXml(neutral) : withOddJson(neutral);
    await fc.assert(
      fc.asyncProperty(withOdd, async (changed) => {
        const { events } = await takesAs(sign(changed));
        expect(events.filter((event) => !UNDECIDED.includes(event))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test('of any bytes under any content type breaks nothing (F98, F111)', async () => {
    const { url, headers } = sign(content);
    const types = [
      'application/x-www-form-urlencoded',
      'application/json',
      'multipart/form-data; boundary=b',
      'text/xml; charset=gbk',
      '',
      'x',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.uint8Array({ maxLength: 200 }), async (type, bytes) => {
        expect(await takes({ url, headers: { ...headers, 'content-type': type }, payload: Buffer.from(bytes) })).toBe(401);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the neutral result push', () => {
  const content = JSON.stringify({
    eventId: 'event-1',
    waybillNo: WAYBILL,
    result: 'SUCCEEDED',
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    code: 'S1',
    message: '拦截成功',
  });

  test('changed by a byte, in body or headers, is refused and leaves nothing (S3, S8, S9)', async () => {
    const right = resultPush(content);
    const names = Object.keys(right.headers);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('body', ...names), damage, async (where, change) => {
        const headers = { ...right.headers };
        const isBody = where === 'body';
        if (!isBody)
          headers[where] = change(Buffer.from(headers[where] ?? ''))
            .toString('latin1')
            .replaceAll(/[^\t\u0020-\u007e\u0080-\u00ff]/g, '');
        const payload = isBody ? change(Buffer.from(content)) : content;
        // A repeat of a whole signature or a space around it says the same.
        if (!isBody && where === 'webhook-signature') return void (await takes({ ...right, headers }));
        if (!isBody && headers[where]?.trim() === right.headers[where]) return;
        expect(await takes({ ...right, headers, payload })).toBe(401);
      }),
      { numRuns: RUNS },
    );
  });

  test('signed, with anything at all in one of its fields, is taken and kept or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(withOddJson(content), async (changed) => expect([204, 400]).toContain(await takes(resultPush(changed)))),
      { numRuns: RUNS },
    );
  });
});

describe('a message of the platform', () => {
  const content = JSON.stringify({
    eventId: 'ks-1',
    bizId: 1,
    userId: 1001,
    appKey: 'ks-app',
    event: 'kwaishop_aftersales_updateRefund',
    info: '{"refundId":9007199254740993001,"status":60}',
    createTime: Date.now(),
  });

  test('changed by a byte breaks nothing and is kept only if it can be read', async () => {
    const right = platformMessage(content);
    await fc.assert(
      fc.asyncProperty(damage, async (change) => void (await takes({ ...right, payload: change(Buffer.from(right.payload)) }))),
      { numRuns: RUNS },
    );
  });

  test('with anything at all in one of its fields breaks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(withOddJson(content), async (changed) => {
        const { url, headers, payload } = platformMessage(changed);
        expect((await app.inject({ method: 'POST', url, headers, payload })).statusCode).toBeLessThan(500);
        await forgetKept();
      }),
      { numRuns: RUNS },
    );
  });
});
