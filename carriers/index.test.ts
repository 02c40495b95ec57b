import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { md5Base64 } from './digest.ts';
import { CARRIERS, connectCarriers, findCarrier, findCarrierByExpressCode, publishedExamples } from './index.ts';
import type { CarrierClient, RawPush } from './port.ts';
import { formPush } from './testing/pushes.ts';

const SECRET = 'a-secret-of-our-own';

/** Every setting filled: the URL with a closed port, everything else with one secret. */
function connectAll(): { code: string; client: CarrierClient }[] {
  return CARRIERS.map((carrier) => {
    const settings = Object.fromEntries(
      Object.keys(carrier.settings.properties).map((name) => [name, name === carrier.urlSetting ? 'http://127.0.0.1:1' : SECRET]),
    );
    return { code: carrier.code, client: carrier.connect(settings) };
  });
}

describe('registry', () => {
  test('the carriers in order, as the platform numbers them', () => {
    expect(
      CARRIERS.map(({ code, platform, outletsOpenByDefault }) => [code, platform.expressCode, platform.companyCode, outletsOpenByDefault]),
    ).toEqual([
      ['ZTO', 9, 'ZTO', false],
      ['YTO', 6, 'YTO', true],
      ['STO', 3, 'STO', false],
      ['JT', 109, 'JTSD', false],
      ['JD', 14, 'JD', true],
    ]);
  });

  test('only ZTO’s call names a destination beside the sender', () => {
    expect(CARRIERS.map(({ returnsTo }) => returnsTo)).toEqual([
      ['SENDER', 'OUTLET', 'ADDRESS'],
      ['SENDER'],
      ['SENDER'],
      ['SENDER'],
      ['SENDER'],
    ]);
  });

  test('finds by code and by the platform’s number', () => {
    expect(findCarrier('STO')?.nameZh).toBe('申通快递');
    expect(findCarrier('SF')).toBeUndefined();
    expect(findCarrierByExpressCode(109)?.code).toBe('JT');
    expect(findCarrierByExpressCode(0)).toBeUndefined();
  });

  test.each(CARRIERS.map((carrier) => [carrier.code, carrier] as const))(
    '%s describes each of its variables and shares none',
    (code, carrier) => {
      for (const [name, schema] of Object.entries(carrier.settings.properties)) {
        expect(name).toMatch(new RegExp(`^${code}_[A-Z_]+$`));
        expect((schema as { description?: string }).description).toMatch(/\S.{10,}/);
      }
      expect(Object.keys(carrier.settings.properties)).toEqual(expect.arrayContaining([carrier.urlSetting, ...carrier.secretSettings]));
      expect(carrier.callsPerSecond).toBeGreaterThan(0);
    },
  );

  test('the variables are those others rely on', () => {
    expect(CARRIERS.flatMap((carrier) => Object.keys(carrier.settings.properties))).toEqual([
      'ZTO_URL',
      'ZTO_APP_KEY',
      'ZTO_APP_SECRET',
      'YTO_URL',
      'YTO_APP_KEY',
      'YTO_URL_KEY',
      'YTO_SECRET',
      'YTO_CLIENT_ID',
      'YTO_TRACK_URL_KEY',
      'YTO_TRACK_SECRET',
      'YTO_SUBSCRIBE_URL_KEY',
      'YTO_SUBSCRIBE_SECRET',
      'STO_URL',
      'STO_FROM_APPKEY',
      'STO_FROM_CODE',
      'STO_SECRET',
      'JT_URL',
      'JT_API_ACCOUNT',
      'JT_PRIVATE_KEY',
      'JD_URL',
      'JD_APP_KEY',
      'JD_APP_SECRET',
      'JD_ACCESS_TOKEN',
      'JD_CUSTOMER_CODE',
    ]);
  });

  test('one that is off by default is connected only where it has settings', () => {
    const settingsOf = (codes: readonly string[]) =>
      Object.fromEntries(
        CARRIERS.filter(({ code }) => codes.includes(code)).map(({ code, settings }) => [
          code,
          Object.fromEntries(Object.keys(settings.properties).map((name) => [name, SECRET])),
        ]),
      );
    const connected = (codes: readonly string[]) => connectCarriers(settingsOf(codes)).map(({ carrier }) => carrier.code);
    const on = ['ZTO', 'YTO', 'STO', 'JT'];
    expect(CARRIERS.filter(({ offByDefault }) => !offByDefault).map(({ code }) => code)).toEqual(on);
    expect(connected(on)).toEqual(on);
    expect(connected([...on, 'JD'])).toEqual([...on, 'JD']);
  });

  test('published examples hold the documents’ own', () => {
    expect(publishedExamples).toEqual(expect.arrayContaining(['123456', 'opentest', 'test-secret']));
  });
});

/** Carriers whose pushes are signed in a way that is public; of the others none is believed. */
const NOT_VERIFIABLE = ['JD'];

describe('hostile pushes', () => {
  const everyone = connectAll();
  const clients = everyone.filter(({ code }) => !NOT_VERIFIABLE.includes(code));
  /** A push as only its true sender could make it, by carrier: the content in its place, signed right. */
  const envelopes: Record<string, (content: string, digest: string) => RawPush> = {
    ZTO: (content, digest) => formPush({ data: content, data_digest: digest }),
    YTO: (content, digest) => formPush({ logistics_interface: content, data_digest: digest }),
    STO: (content, digest) => formPush({ content, data_digest: digest }),
    JT: (content, digest) => formPush({ bizContent: content }, { digest }),
  };
  /** One departure scan as each carrier writes it, with what escaping would change. */
  const wrappedContent: Record<string, string> = {
    ZTO: '{"billCode":"73","action":"DEPARTURE","actionTime":"2024-01-01 00:00:00","desc":"100% + 发往 & \\"杭州\\""}',
    YTO: '<UpdateInfo><mailNo>YT1</mailNo><infoContent>DEPARTURE</infoContent><acceptTime>2024-01-01 00:00:00</acceptTime><remark>100% + &lt;杭州&gt;</remark></UpdateInfo>',
    STO: '{"waybillNo":"77","trace":{"opTime":"2024-01-01 00:00:00","scanType":"发件","memo":"100% + 发往 & \\"杭州\\""}}',
    JT: '{"billCode":"JT1","details":[{"scanTime":"2024-01-01 00:00:00","scanType":"发件扫描","desc":"100% + 发往 & \\"杭州\\""}]}',
  };
  const signedPush = (code: string, content: string): RawPush => {
    const envelope = envelopes[code];
    if (!envelope) throw new Error(`no envelope for ${code}: add one here`);
    return envelope(content, md5Base64(content, SECRET));
  };

  test.each(Object.keys(envelopes))('a push of %s is verified and read whatever wraps it', (code) => {
    const client = clients.find((one) => one.code === code)?.client;
    const content = wrappedContent[code] ?? '';
    const form = signedPush(code, content);
    const fields = [...new URLSearchParams(form.body.toString())];
    const line = '----a1b2';
    const bodies = {
      form: form.body.toString(),
      unescaped: fields.map(([name, value]) => `${name}=${value}`).join('&'),
      JSON: JSON.stringify(Object.fromEntries(fields)),
      multipart: `${fields
        .map(([name, value]) => `--${line}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join('')}--${line}--\r\n`,
    };
    const expected = client?.readPush(form);
    expect(expected).toMatchObject({ kind: 'VERIFIED', unreadable: null, scans: [{ carrier: code, event: 'DEPARTED' }] });
    for (const body of Object.values(bodies)) {
      // But for the reply, which has an id of its own.
      expect(client?.readPush({ ...form, body: Buffer.from(body) })).toEqual({ ...expected, reply: expect.any(Object) });
      const tampered = Buffer.from(body.replace('2024', '2025'));
      expect(client?.readPush({ ...form, body: tampered })).toMatchObject({ kind: 'BAD_SIGNATURE', reply: { status: 401 } });
    }
  });

  test('bytes of any kind are refused, never thrown on', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, digest) => {
        for (const { client } of everyone) {
          const push = { body: Buffer.from(bytes), contentType: 'text/plain', headers: { digest } };
          expect(client.readPush(push)).toMatchObject({ kind: 'BAD_SIGNATURE', reply: { status: 401 } });
        }
      }),
    );
  });

  test('rightly signed content of any kind is acknowledged, never thrown on', () => {
    const json = fc.jsonValue().map((value) => JSON.stringify(value));
    const names = [
      'billCode',
      'action',
      'actionTime',
      'waybillNo',
      'trace',
      'opTime',
      'scanType',
      'details',
      'scanTime',
      'mailNo',
      '__proto__',
    ];
    const nearly = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 })).map((value) => JSON.stringify(value));
    const xml = fc
      .array(
        fc.constantFrom('<UpdateInfo>', '</UpdateInfo>', '<mailNo>', '</mailNo>', '&x;', '&#0;', '<![CDATA[', ']]>', 'x', '<acceptTime/>'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(json, nearly, xml, fc.string()), (content) => {
        for (const { code, client } of clients) {
          const reading = client.readPush(signedPush(code, content));
          expect(reading).toMatchObject({ kind: 'VERIFIED', reply: { status: 200 } });
          if (reading.kind === 'VERIFIED' && reading.scans.length === 0) expect(reading.unreadable).toEqual(expect.any(String));
        }
      }),
    );
  });

  test('deep nesting and long lists', () => {
    for (const content of ['['.repeat(50_000) + ']'.repeat(50_000), `[${'{},'.repeat(20_000)}{}]`, `<UpdateInfo>${'<a>'.repeat(20_000)}`]) {
      for (const { code, client } of clients)
        expect(client.readPush(signedPush(code, content))).toMatchObject({ kind: 'VERIFIED', scans: [], unreadable: expect.any(String) });
    }
  });

  test.each(NOT_VERIFIABLE)('a push of %s is not believed, however it looks', (code) => {
    const client = everyone.find((one) => one.code === code)?.client;
    const body =
      '{"waybillCode":"JDVA1","state":"200020","operationTime":"2024-01-01 00:00:00","operationRemark":"新运单号JDVC00000000001"}';
    for (const headers of [{}, { sign: md5Base64(body, SECRET) }]) {
      expect(client?.readPush({ body: Buffer.from(body), contentType: 'application/json', headers })).toMatchObject({
        kind: 'BAD_SIGNATURE',
        reply: { status: 401 },
      });
    }
    expect(client?.subscribeTrack).toBeNull();
  });

  test('another account’s signature is refused', () => {
    const data = '{"billCode":"73","action":"SIGNED","actionTime":"2024-01-01 00:00:00"}';
    const other = CARRIERS[0]?.connect({ ZTO_URL: 'http://127.0.0.1:1', ZTO_APP_KEY: 'k', ZTO_APP_SECRET: 'another' });
    expect(other?.readPush(signedPush('ZTO', data)).kind).toBe('BAD_SIGNATURE');
  });
});
