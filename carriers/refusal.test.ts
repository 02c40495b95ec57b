import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refusalInWords, saysAlreadyThere } from './refusal.ts';
import { ALREADY_THERE, REFUSING } from './testing/refusals.ts';

test.each(ALREADY_THERE)('%s: there already is one', (text) => {
  expect(refusalInWords('1', text)).toEqual({ kind: 'EXISTS', code: '1', message: text });
});

test.each(REFUSING)('%s: a refusal', (text) => {
  expect(refusalInWords('1', text)).toMatchObject({ kind: 'REFUSED', code: '1', message: text });
});

test('the list has two hundred sentences and more, each once', () => {
  const all = [...ALREADY_THERE, ...REFUSING];
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(200);
});

describe('any of the sentences', () => {
  const positive = fc.constantFrom(...ALREADY_THERE);
  const refusing = fc.constantFrom(
    '快件已签收',
    '已派送',
    '派件中',
    '问题件',
    '已取消',
    '现已恢复',
    '已撤销',
    '包裹遗失',
    '网点拒绝',
    '已入柜',
    '拦截失败',
    '待核实',
    '已解除',
  );

  test('with a signature, a dispatch, a problem or an end beside it is a refusal', () => {
    fc.assert(
      fc.property(positive, refusing, fc.boolean(), fc.constantFrom('，', '。', ' ', '；', ''), (text, word, before, mark) => {
        expect(saysAlreadyThere(before ? `${word}${mark}${text}` : `${text}${mark}${word}`)).toBe(false);
      }),
    );
  });

  test('in doubt or denied is a refusal', () => {
    fc.assert(
      fc.property(positive, fc.constantFrom('是否', '疑似', '可能', '并非', '不存在', '未发现', '没有', '曾经', '不确定'), (text, word) => {
        expect(saysAlreadyThere(`${word}${text}`)).toBe(false);
      }),
    );
  });

  test('reads the same with spaces and full or half width marks', () => {
    fc.assert(
      fc.property(positive, (text) => {
        expect(saysAlreadyThere(` ${text.replaceAll('，', ', ')}。`)).toBe(true);
      }),
    );
  });
});

test.each(['重复提交', '请勿重复提交', '重复'])('%s alone may be our own earlier request', (text) => {
  expect(refusalInWords(null, text)).toEqual({ kind: 'REFUSED', code: null, message: text, perhapsOurs: true });
});

test.each(['快件已签收，请勿重复提交', '不能重复，已有派件', '未发现重复'])('%s is a refusal and nothing of ours', (text) => {
  expect(refusalInWords(null, text)).toEqual({ kind: 'REFUSED', code: null, message: text });
});
