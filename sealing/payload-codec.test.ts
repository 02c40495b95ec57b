import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { payloadCodec, tolerantPayloadCodec, UnopenedPayload } from './payload-codec.ts';
import { readPayloadKeys } from './payload-keys.ts';

const [first, second] = ['2026a', '2026b'].map((id) => ({ id, key: randomBytes(32) })) as [Key, Key];
type Key = { id: string; key: Buffer };

const plain = [{ 运单: '770000101564258' }, null, 'text', new Uint8Array([0, 255]), 'x'.repeat(100_000)].map((value) =>
  defaultPayloadConverter.toPayload(value),
);
const textOf = (payload: Payload, name: string) => Buffer.from(payload.metadata?.[name] ?? []).toString();

describe('a payload', () => {
  test('opens to the same, names its key, and shows nothing of itself', async () => {
    const sealed = await payloadCodec([first]).encode(plain);
    expect(sealed.map((payload) => [textOf(payload, 'encoding'), textOf(payload, 'encryption-key-id')])).toEqual(
      plain.map(() => ['binary/encrypted', '2026a']),
    );
    expect(Buffer.from(sealed[0]?.data ?? []).includes('770000101564258')).toBe(false);
    const opened = await payloadCodec([first]).decode(sealed);
    expect(opened.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual(
      plain.map((payload) => defaultPayloadConverter.fromPayload(payload)),
    );
  });

  test('of a former key opens beside one of the present key and one that was never sealed', async () => {
    const both = payloadCodec([second, first]);
    const mixed = [...(await payloadCodec([first]).encode(plain)), ...(await both.encode(plain)), ...plain];
    const opened = await both.decode(mixed);
    expect(opened.map(({ data }) => Buffer.from(data ?? []))).toEqual(
      [...plain, ...plain, ...plain].map(({ data }) => Buffer.from(data ?? [])),
    );
  });

  test('without a key is left as it is', async () => {
    expect(await payloadCodec([]).encode(plain)).toBe(plain);
    expect(await payloadCodec([]).decode(plain)).toEqual(plain);
  });

  test('of an unknown key is an error that names its id, a changed one too', async () => {
    const [sealed] = (await payloadCodec([first]).encode(plain)) as [Payload];
    await expect(payloadCodec([second]).decode([sealed])).rejects.toThrow('key 2026a, which TEMPORAL_PAYLOAD_KEYS does not hold');
    await expect(payloadCodec([]).decode([sealed])).rejects.toBeInstanceOf(UnopenedPayload);
    const data = Uint8Array.from(sealed.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    for (const changed of [{ ...sealed, data }, { ...sealed, data: data.subarray(0, 5) }, { metadata: sealed.metadata }])
      await expect(payloadCodec([first]).decode([changed])).rejects.toThrow('key 2026a, but changed since');
    await expect(payloadCodec([{ ...second, id: first.id }]).decode([sealed])).rejects.toThrow('another key of that id');
  });

  test('that a worker cannot open fails whoever asks for its value, with the key’s id, and hinders no other', async () => {
    const sealed = await payloadCodec([first]).encode(plain);
    const [unopened, readable] = (await tolerantPayloadCodec([second]).decode([sealed[0] as Payload, plain[2] as Payload])) as [
      Payload,
      Payload,
    ];
    expect(() => defaultPayloadConverter.fromPayload(unopened)).toThrow('key 2026a, which TEMPORAL_PAYLOAD_KEYS does not hold');
    expect(defaultPayloadConverter.fromPayload(readable)).toBe('text');
    const opened = await tolerantPayloadCodec([second, first]).decode(sealed);
    expect(opened.map(({ data }) => Buffer.from(data ?? []))).toEqual(plain.map(({ data }) => Buffer.from(data ?? [])));
  });
});

describe('TEMPORAL_PAYLOAD_KEYS', () => {
  const [one, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

  test('is keys with their ids, in their order; none of none', () => {
    expect(readPayloadKeys(undefined)).toEqual([]);
    expect(readPayloadKeys(`2026a:${one}, 2025.b:${other}`).map(({ id, key }) => [id, Buffer.from(key).toString('base64')])).toEqual([
      ['2026a', one],
      ['2025.b', other],
    ]);
  });

  test.each([
    ['', /entry 1 is no key/],
    [one, /entry 1 is no key/],
    [`a:${one},`, /entry 2 is no key/],
    [`a:${one},b:c2hvcnQ=`, /entry 2 is no key/],
    [`a b:${one}`, /entry 1 is no key/],
    [`a:${one},a:${other}`, /two keys have the id a/],
  ])('written otherwise is refused without repeating a key', (text, fault) => {
    expect(() => readPayloadKeys(text)).toThrow(fault);
    try {
      readPayloadKeys(text);
    } catch (error) {
      expect(String(error)).not.toContain(one);
    }
  });
});
