import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { anyText } from '../../test/support/any-text.ts';
import { isSigned, keyOf } from './standard-webhooks.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes len').toString('base64')}`;
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const SECOND = String(NOW / 1_000);
const BODY = Buffer.from('{"eventId":"e-1"}');

function sign(body: Buffer, id = 'msg_1', timestamp = SECOND, secret = SECRET): string {
  return `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
const headers = (over: Partial<Record<'id' | 'timestamp' | 'signature', string[]>> = {}) => ({
  id: ['msg_1'],
  timestamp: [SECOND],
  signature: [sign(BODY)],
  ...over,
});

describe('a right signature', () => {
  test('is the one the reference library makes', () => {
    const signature = new Webhook(SECRET).sign('msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', new Date(NOW), BODY.toString());
    expect(isSigned(SECRET, headers({ id: ['msg_2KWPBgLlAfxdpx2AI54pPJ85f4W'], signature: [signature] }), BODY, NOW)).toBe(true);
  });

  test('may be one of several while a secret is being changed', () => {
    const old = sign(BODY, 'msg_1', SECOND, `whsec_${randomBytes(32).toString('base64')}`);
    expect(isSigned(SECRET, headers({ signature: [`${old} v1a,xyz ${sign(BODY)}`] }), BODY, NOW)).toBe(true);
  });

  test('holds for 300 s to either side and no longer', () => {
    for (const [offsetMs, right] of [
      [300_000, true],
      [-300_000, true],
      [300_001, false],
      [-300_001, false],
    ] as const) {
      expect(isSigned(SECRET, headers(), BODY, NOW + offsetMs)).toBe(right);
    }
  });

  test('covers empty and non-UTF-8 bodies', () => {
    for (const body of [Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0x00])]) {
      expect(isSigned(SECRET, headers({ signature: [sign(body)] }), body, NOW)).toBe(true);
    }
  });
});

describe('a wrong signature', () => {
  const wrong: Record<string, Parameters<typeof headers>[0]> = {
    'no id': { id: [] },
    'no timestamp': { timestamp: [] },
    'no signature': { signature: [] },
    'two ids': { id: ['msg_1', 'msg_1'] },
    'two timestamps': { timestamp: [SECOND, SECOND] },
    'two signature headers': { signature: [sign(BODY), sign(BODY)] },
    'a dot in the id': { id: ['msg.1'], signature: [sign(BODY, 'msg.1')] },
    'an empty id': { id: [''], signature: [sign(BODY, '')] },
    'a timestamp with letters behind': { timestamp: [`${SECOND}abc`], signature: [sign(BODY, 'msg_1', `${SECOND}abc`)] },
    'a timestamp with a fraction': { timestamp: [`${SECOND}.9`], signature: [sign(BODY, 'msg_1', `${SECOND}.9`)] },
    'a timestamp in milliseconds': { timestamp: [String(NOW)], signature: [sign(BODY, 'msg_1', String(NOW))] },
    'a timestamp with a sign': { timestamp: [`+${SECOND.slice(1)}`], signature: [sign(BODY, 'msg_1', `+${SECOND.slice(1)}`)] },
    'another version': { signature: [sign(BODY).replace('v1,', 'v2,')] },
    'no version': { signature: [sign(BODY).slice(3)] },
    'an empty digest': { signature: ['v1,'] },
    'a short digest': { signature: [`v1,${Buffer.alloc(16).toString('base64')}`] },
    'a long digest': { signature: [`v1,${Buffer.alloc(64).toString('base64')}`] },
    'a digest without padding': { signature: [sign(BODY).replace(/=+$/, '')] },
    'more signatures than anybody needs': { signature: [`${'v1,x '.repeat(20)}${sign(BODY)}`] },
    'another id than signed': { id: ['msg_2'] },
  };
  test.each(Object.entries(wrong))('%s', (_what, over) => {
    expect(isSigned(SECRET, headers(over), BODY, NOW)).toBe(false);
  });

  test('another secret', () => {
    expect(isSigned(`whsec_${randomBytes(32).toString('base64')}`, headers(), BODY, NOW)).toBe(false);
  });

  test('any other body, also one that decodes to the same text', () => {
    const one = Buffer.from([0x7b, 0xff, 0x7d]);
    const other = Buffer.from([0x7b, 0xfe, 0x7d]);
    expect(one.toString()).toBe(other.toString());
    expect(isSigned(SECRET, headers({ signature: [sign(one)] }), one, NOW)).toBe(true);
    expect(isSigned(SECRET, headers({ signature: [sign(one)] }), other, NOW)).toBe(false);
  });

  test('never throws, whatever the headers hold', () => {
    const texts = fc.array(fc.oneof(fc.string(), anyText(), fc.constant('v1,')), { maxLength: 3 });
    fc.assert(
      fc.property(texts, texts, texts, fc.uint8Array(), (id, timestamp, signature, body) => {
        expect(isSigned(SECRET, { id, timestamp, signature }, Buffer.from(body), NOW)).toBe(false);
      }),
    );
  });
});

test('a secret is told apart from other text', () => {
  for (const bad of ['', 'whsec_', 'whsec_abc', Buffer.alloc(32).toString('base64'), `whsec_${Buffer.alloc(65).toString('base64')}`]) {
    expect(() => keyOf(bad)).toThrow('whsec_');
  }
});
