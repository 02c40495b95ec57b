import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { openSealed, readDataKey, seal } from './secrets.ts';

const key = readDataKey(randomBytes(32).toString('base64'));
const purpose = { shopId: '1001', purpose: 'platform-tokens' };

describe('sealing', () => {
  test('opens to the same text, and two seals of one text differ', () => {
    for (const plain of ['', '令牌 token', 'x'.repeat(10_000)]) {
      const sealed = seal(key, plain, purpose);
      expect(openSealed(key, sealed, purpose)).toBe(plain);
      expect(seal(key, plain, purpose)).not.toBe(sealed);
      if (plain) expect(sealed).not.toContain(Buffer.from(plain).toString('base64url').slice(0, 8));
    }
  });

  test('opens for no other shop, purpose or key', () => {
    const sealed = seal(key, 'token', purpose);
    expect(() => openSealed(key, sealed, { ...purpose, shopId: '1002' })).toThrow('shop 1002');
    expect(() => openSealed(key, sealed, { ...purpose, purpose: 'webhook' })).toThrow('another shop or purpose');
    expect(() => openSealed(readDataKey(randomBytes(32).toString('base64')), sealed, purpose)).toThrow('DATA_KEY');
  });

  test('a changed bit or a missing byte is noticed', () => {
    const sealed = seal(key, 'token', purpose);
    const [version, id, body] = sealed.split('.') as [string, string, string];
    const bytes = Buffer.from(body, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => openSealed(key, `${version}.${id}.${changed.toString('base64url')}`, purpose)).toThrow('changed');
    }
    expect(() => openSealed(key, `${version}.${id}.${bytes.subarray(1).toString('base64url')}`, purpose)).toThrow('changed');
    expect(() => openSealed(key, `${version}.${id}.AAAA`, purpose)).toThrow('changed or cut short');
    expect(() => openSealed(key, 'token', purpose)).toThrow('not a sealed text');
  });

  test('a key is 32 bytes of Base64 and nothing else', () => {
    for (const bad of ['', 'secret', randomBytes(31).toString('base64'), randomBytes(33).toString('base64'), `${'!'.repeat(43)}=`]) {
      expect(() => readDataKey(bad)).toThrow('DATA_KEY');
    }
  });
});
