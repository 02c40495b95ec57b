import { describe, expect, test } from '@jest/globals';
import { lackOfVerdict } from './answer-codes.ts';
import { CARRIERS } from './index.ts';
import { ZTO_CODES } from './zto/codes.ts';

describe.each(CARRIERS)('codes of $code', ({ codes }) => {
  test('every one has its words and a source; a fault of our access says what to do', () => {
    for (const { meaning, words, source, remedy } of codes.values()) {
      expect([words, source].every((text) => text.length > 0)).toBe(true);
      expect(remedy !== null).toBe(meaning === 'ACCESS');
    }
  });

  test('what is no verdict: only our access and a full door are certainly unsent', () => {
    for (const [code, { meaning, words }] of codes) {
      const lack = lackOfVerdict(codes, code, words);
      expect(lack === null).toBe(['PARCEL', 'EXISTS', 'PERHAPS_OURS'].includes(meaning));
      if (lack !== null) expect(lack.sent).toBe(meaning === 'PASSING');
      expect(lack?.accessFault !== undefined).toBe(meaning === 'ACCESS');
    }
  });
});

describe('a code in no table', () => {
  test.each(['签名校验失败', '验签错误', 'IP不在白名单', 'illegal sign', 'Invalid app_key', '没有接口权限', '接口不存在'])(
    '%s: our access',
    (message) => {
      expect(lackOfVerdict(ZTO_CODES, 'X1', message)).toMatchObject({ sent: false, accessFault: { code: 'X1', message, remedy: null } });
    },
  );

  test.each(['无权限', 'CRM无权限', '签名签收失败', '快件已签收', '系统繁忙', '运单不存在', '该渠道无拦截权限', ''])(
    '%s: a refusal',
    (message) => {
      expect(lackOfVerdict(ZTO_CODES, 'X1', message)).toBeNull();
    },
  );
});
