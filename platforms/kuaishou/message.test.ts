import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readMessage, readMessageKey } from './message.ts';

const KEY: Buffer = Buffer.alloc(16, 7);

function encrypt(clear: string | Buffer, key: Buffer = KEY): Buffer {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(16));
  return Buffer.from(Buffer.concat([cipher.update(clear), cipher.final()]).toString('base64'));
}

const INFO =
  '{"orderId":9007199254740995,"refundId":9007199254740993,"handlingWay":10,"status":60,"eventType":60,"updateTime":1674873600000}';
const MESSAGE = `{"eventId":"267_2345_147402","bizId":9007199254740993,"userId":2788410001,"openId":"o","appKey":"ks-test","event":"kwaishop_aftersales_updateRefund","info":${JSON.stringify(INFO)},"createTime":1674873600001}`;

describe('pushed messages', () => {
  test('an after-sales message, every digit of its ids kept', () => {
    expect(readMessage(encrypt(MESSAGE), KEY, 'ks-test')).toEqual({
      kind: 'MESSAGE',
      eventId: '267_2345_147402',
      event: 'kwaishop_aftersales_updateRefund',
      shopId: '2788410001',
      refundId: '9007199254740993',
      specialRefundType: null,
      sentAt: 1674873600001,
      body: {
        eventId: '267_2345_147402',
        bizId: '9007199254740993',
        userId: 2788410001,
        openId: 'o',
        appKey: 'ks-test',
        event: 'kwaishop_aftersales_updateRefund',
        createTime: 1674873600001,
        info: {
          orderId: '9007199254740995',
          refundId: '9007199254740993',
          handlingWay: 10,
          status: 60,
          eventType: 60,
          updateTime: 1674873600000,
        },
      },
    });
  });
  test('field case 6: names price protection, which the refund itself may not', () => {
    const added = MESSAGE.replace(
      JSON.stringify(INFO),
      JSON.stringify(INFO.replace('"handlingWay":10', '"handlingWay":10,"specialRefundType":1')),
    );
    expect(readMessage(encrypt(added), KEY, 'ks-test')).toMatchObject({ refundId: '9007199254740993', specialRefundType: 1 });
  });
  test.each([16, 24, 32])('a key of %i bytes', (bytes) => {
    const key = readMessageKey(Buffer.alloc(bytes, 3).toString('base64'));
    expect(readMessage(encrypt(MESSAGE, key), key, 'ks-test').kind).toBe('MESSAGE');
  });
  test('line breaks in the Base64 text are no harm', () => {
    const text = encrypt(MESSAGE)
      .toString()
      .replaceAll(/(.{76})/g, '$1\r\n');
    expect(readMessage(Buffer.from(`${text}\n`), KEY, 'ks-test').kind).toBe('MESSAGE');
  });
  test('the heartbeat concerns no refund', () => {
    expect(readMessage(encrypt('{"test":true}'), KEY, 'ks-test')).toMatchObject({
      kind: 'MESSAGE',
      event: 'heartbeat',
      refundId: null,
      shopId: null,
    });
    expect(readMessage(encrypt('{"test":true,"appKey":"ks-test"}'), KEY, 'ks-test')).toMatchObject({ kind: 'MESSAGE', refundId: null });
  });
  test('another event concerns no refund, whatever its business id', () => {
    const order = MESSAGE.replace('kwaishop_aftersales_updateRefund', 'kwaishop_order_addOrder');
    expect(readMessage(encrypt(order), KEY, 'ks-test')).toMatchObject({ kind: 'MESSAGE', refundId: null });
  });
  test('without an event id its content names it: the same twice, another for another', () => {
    const nameless = MESSAGE.replace('"eventId":"267_2345_147402",', '');
    const [first, again, other] = [nameless, nameless, nameless.replace('"userId":2788410001', '"userId":2788410002')].map((text) =>
      readMessage(encrypt(text), KEY, 'ks-test'),
    );
    expect(first).toMatchObject({ kind: 'MESSAGE', eventId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(again).toEqual(first);
    expect(other).not.toMatchObject({ eventId: first?.kind === 'MESSAGE' ? first.eventId : '' });
  });
  test('unreadable info still leads to its refund by the business id', () => {
    const broken = MESSAGE.replace(JSON.stringify(INFO), '"{not json"');
    expect(readMessage(encrypt(broken), KEY, 'ks-test')).toMatchObject({ kind: 'MESSAGE', refundId: '9007199254740993' });
  });
});

describe('what is no message of ours', () => {
  const rejected = { kind: 'REJECTED' };
  test('another key', () => expect(readMessage(encrypt(MESSAGE, Buffer.alloc(16, 8)), KEY, 'ks-test')).toEqual(rejected));
  test('another application', () => expect(readMessage(encrypt(MESSAGE), KEY, 'ks-other')).toEqual(rejected));
  test('no application', () => expect(readMessage(encrypt(MESSAGE.replace('"appKey":"ks-test",', '')), KEY, 'ks-test')).toEqual(rejected));
  test('a heartbeat of another application', () => {
    expect(readMessage(encrypt('{"test":true,"appKey":"ks-other"}'), KEY, 'ks-test')).toEqual(rejected);
  });
  test.each([
    '',
    '{"test":true}',
    'AAAA',
    encrypt('').toString(),
    encrypt('[]').toString(),
    encrypt('null').toString(),
    encrypt('no json').toString(),
  ])('body %j', (body) => expect(readMessage(Buffer.from(body), KEY, 'ks-test')).toEqual(rejected));
  test('bytes that are no text', () =>
    expect(readMessage(encrypt(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), KEY, 'ks-test')).toEqual(rejected));
  test('nesting without end', () => {
    expect(readMessage(encrypt(`{"appKey":"ks-test","a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), KEY, 'ks-test')).toEqual(rejected);
  });
  test('no bytes make it throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(readMessage(Buffer.from(bytes), KEY, 'ks-test')).toEqual(rejected)),
    );
    fc.assert(fc.property(fc.json(), (text) => expect(readMessage(encrypt(text), KEY, 'ks-test')).toEqual(rejected)));
    const anyMessage = fc.record({
      appKey: fc.constant('ks-test'),
      info: fc.jsonValue(),
      event: fc.jsonValue(),
      bizId: fc.jsonValue(),
      userId: fc.jsonValue(),
    });
    fc.assert(
      fc.property(anyMessage, (message) => expect(readMessage(encrypt(JSON.stringify(message)), KEY, 'ks-test').kind).toBe('MESSAGE')),
    );
  });
  test.each(['', 'AAAA', Buffer.alloc(15).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'key %j is refused at the start',
    (key) => {
      expect(() => readMessageKey(key)).toThrow(/16, 24 or 32/);
    },
  );
});
