import { describe, expect, test } from '@jest/globals';
import { maskName, maskPeople, maskPhone, maskPhones, maskRecord } from './masking.ts';

describe('phones', () => {
  test.each([
    ['13812341234', '138****1234'],
    ['如有疑问请电联13812341234，谢谢', '如有疑问请电联138****1234，谢谢'],
    ['+86 138-1234-1234', '+86 138****1234'],
    ['138 1234 1234/19900001111', '138****1234/199****1111'],
    ['{"text":"第一行\\n13812341234"}', '{"text":"第一行\\n138****1234"}'],
    ['138****1234', '138****1234'],
  ])('%s reads %s', (text, masked) => expect(maskPhones(text)).toBe(masked));

  test.each([
    '75312345678901',
    'YT2812345678901',
    '{"time":1764321600000,"bytes":13812341234}',
    'file_0f8f13812341234ab3',
    'claim_13812341234a',
    '12345678901',
  ])('%s holds none', (text) => expect(maskPhones(text)).toBe(text));

  test('a field that is one, whatever its form', () => {
    expect(['13812341234', '0571-85000000', '+86 13812341234', '12345', '', '138****1234'].map(maskPhone)).toEqual([
      '138****1234',
      '057****0000',
      '+86****1234',
      '***45',
      '',
      '138****1234',
    ]);
  });
});

describe('a carrier’s sentence', () => {
  test.each([
    ['【义乌市】快件已签收，签收人：张三丰', '【义乌市】快件已签收，签收人：张**'],
    ['快递员【李四】正在派件', '快递员【李**】正在派件'],
    ['【杭州】派件员李四（13812341234）正在为您派件', '【杭州】派件员李**（138****1234）正在为您派件'],
    ['欧阳锋,电话:13812341234', '欧**,电话:138****1234'],
    ['请联系张三丰13812341234', '请联系张**138****1234'],
    ['签收人：本人', '签收人：本人'],
    ['签收人: 菜鸟驿站', '签收人: 菜鸟驿站'],
    ['如有疑问请联系客服电话13812341234', '如有疑问请联系客服电话138****1234'],
    ['快件到达【义乌转运中心】', '快件到达【义乌转运中心】'],
    ['快递员正在派件', '快递员正在派件'],
  ])('%s reads %s', (sentence, masked) => {
    expect(maskPeople(sentence)).toBe(masked);
    expect(maskPeople(masked)).toBe(masked);
  });
});

test('a record keeps its form and loses who it names', () => {
  const record = {
    billCode: '75312345678901',
    scanSite: { name: '义乌国际商贸城网点', phone: '0579-85000000' },
    signMan: '张三丰',
    operateUser: '李四',
    operateUserPhone: '13812341234',
    expressSigner: '门卫',
    receiverAddress: '义乌市江滨路1号3幢502室',
    list: [{ staffName: '王五', weight: 1.2, at: null, done: true }],
  };
  expect(maskRecord(record)).toEqual({
    billCode: '75312345678901',
    scanSite: { name: '义乌国际商贸城网点', phone: '0579-85000000' },
    signMan: '张**',
    operateUser: '李**',
    operateUserPhone: '138****1234',
    expressSigner: '门卫',
    receiverAddress: '***',
    list: [{ staffName: '王**', weight: 1.2, at: null, done: true }],
  });
});

test.each([
  ['张三丰', '张**'],
  ['𠮷田', '𠮷**'],
])('the name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown));
