import { expect, test } from '@jest/globals';
import { isNumberOf, questionsFor, splitTerms } from './search-terms.ts';

test('pasted numbers are split at whatever people separate them with, each once', () => {
  expect(splitTerms(' 75312345678901\r\n2260718200000012，YT123456;75312345678901、1 ')).toEqual([
    '75312345678901',
    '2260718200000012',
    'YT123456',
    '1',
  ]);
  expect(splitTerms(' \n ')).toEqual([]);
});

test('a number is looked up as everything it may be', () => {
  expect(questionsFor('75312345678901')).toEqual([
    { refundId: '75312345678901' },
    { orderId: '75312345678901' },
    { waybillNo: '75312345678901' },
  ]);
  expect(questionsFor('YT123456')).toEqual([{ waybillNo: 'YT123456' }]);
  expect(questionsFor('12')).toEqual([{ refundId: '12' }, { orderId: '12' }]);
  expect(questionsFor('0123')).toEqual([{ refundId: '0123' }, { orderId: '0123' }, { phoneTail: '0123' }]);
  expect(questionsFor('<script>')).toEqual([]);
});

test('a number finds its refund by any of its three numbers', () => {
  const refund = { refundId: '1', orderId: '2', waybillNo: null };
  expect(isNumberOf('1', refund)).toBe(true);
  expect(isNumberOf('2', refund)).toBe(true);
  expect(isNumberOf('3', refund)).toBe(false);
});
