import { describe, expect, test } from '@jest/globals';
import { CARRIERS } from './index.ts';
import { WORD_SOURCES } from './word-sources.ts';
import { eventOf, wordTable } from './words.ts';

const SAID = { sentence: '' };

describe('eventOf', () => {
  const table = wordTable([
    { words: ['GOT', '收件'], event: 'PICKED_UP', sources: ['ZTO_EVENTS'] },
    { words: ['SIGN'], event: 'SIGNED', decidedBy: 'SIGNER', sources: ['ZTO_EVENTS'] },
    { words: ['OUT'], event: 'OTHER', decidedBy: 'FETCH', sources: ['ZTO_EVENTS'] },
  ]);

  test('an unknown word is OTHER, one that differs in case as well', () => {
    expect(eventOf(table, 'GOT', SAID)).toBe('PICKED_UP');
    expect(eventOf(table, '收件', SAID)).toBe('PICKED_UP');
    expect(eventOf(table, 'got', SAID)).toBe('OTHER');
    expect(eventOf(table, '__proto__', SAID)).toBe('OTHER');
  });

  test('a word of two meanings is decided by the signer or by the sentence', () => {
    expect(eventOf(table, 'SIGN', SAID)).toBe('SIGNED');
    expect(eventOf(table, 'SIGN', { sentence: '快件已签收', signer: '丰巢' })).toBe('AWAITING_PICKUP');
    expect(eventOf(table, 'OUT', { sentence: '快递员已取出' })).toBe('OTHER');
    expect(eventOf(table, 'OUT', { sentence: '已签收，签收人凭取件码签收' })).toBe('SIGNED');
    expect(eventOf(table, 'GOT', { sentence: '签收人凭取件码签收', signer: '丰巢' })).toBe('PICKED_UP');
  });

  test('a word in two rows is a mistake', () => {
    const row = { words: ['GOT'], event: 'PICKED_UP', sources: ['ZTO_EVENTS'] } as const;
    expect(() => wordTable([row, { ...row, event: 'ARRIVED' }])).toThrow('GOT');
  });
});

const TABLES = CARRIERS.flatMap(({ code, words }) => Object.entries(words).map(([name, table]) => [`${code} ${name}`, table] as const));

/** Words that pay, fail or end a case, by table. */
const WEIGHTY: Record<string, string[]> = {
  'ZTO push': ['DEPARTURE_SIGNED', 'SIGNED', 'RETURN_SCAN', 'RETURN_SIGNED'],
  'ZTO query': ['签收', '5', 'SIGNED', '退件', '8', '退件签收'],
  'YTO push': ['SIGNED', 'TMS_RETURN'],
  'YTO query': ['SIGNED', 'TMS_RETURN'],
  'STO push': ['签收', '退回件'],
  'STO query': ['签收', '退回件', '客户签收'],
  'JT scans': ['快件签收', '10', '退件扫描', '14', '退件签收'],
  'JT problems': ['A4', '退回件-网点', 'A25', '退回件-中心'],
  'JD states': ['10034', '200020', '200054'],
};

describe.each(TABLES)('the table %s', (name, table) => {
  test('every source is described', () => {
    for (const row of table.values()) for (const source of row.sources) expect(WORD_SOURCES[source]).toMatch(/\S.{10,}/);
  });

  test('only words that public material says so of pay, fail or end a case; a loss or damage is no word of its own', () => {
    const weighty = [...table].filter(([, row]) => ['RETURNING', 'RETURN_SIGNED', 'SIGNED', 'LOST', 'DAMAGED'].includes(row.event));
    expect(weighty.map(([word]) => word)).toEqual(WEIGHTY[name]);
  });
});
