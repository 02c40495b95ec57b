import { describe, expect, test } from '@jest/globals';
import { NOW } from '../testing/pushes.ts';
import { readStoScan, STO_PUSH_EVENTS } from './scan.ts';
import { STO_QUERY_EVENTS } from './track.ts';

const RECORD = {
  opTime: '2023-01-28 10:40:00',
  scanType: '收件',
  memo: '【上海示例公司】已收件',
  opOrgCode: '200001',
  opOrgName: '上海示例公司',
};
const WORDS = [
  ['收件', 'PICKED_UP'],
  ['发件', 'DEPARTED'],
  ['到件', 'ARRIVED'],
  ['派件', 'OUT_FOR_DELIVERY'],
  ['第三方代派', 'OUT_FOR_DELIVERY'],
  ['柜机代收', 'AWAITING_PICKUP'],
  ['驿站代收', 'AWAITING_PICKUP'],
  ['派件入柜', 'AWAITING_PICKUP'],
  ['第三方代收', 'AWAITING_PICKUP'],
  ['签收', 'SIGNED'],
  ['驿站出库', 'SIGNED'],
  ['问题件', 'PROBLEM'],
  ['退回件', 'RETURNING'],
  ['改地址件', 'REDIRECTED'],
  ['快件取出', 'OTHER'],
  ['转邮', 'OTHER'],
  ['转同行', 'OTHER'],
  ['留仓件', 'OTHER'],
  ['代取快递', 'OTHER'],
  ['从未见过', 'OTHER'],
];

describe('scan', () => {
  test('reads every member', () => {
    expect(readStoScan(RECORD, '77', STO_PUSH_EVENTS, NOW)).toEqual({
      carrier: 'STO',
      waybillNo: '77',
      event: 'PICKED_UP',
      occurredAt: Date.UTC(2023, 0, 28, 2, 40),
      outletCode: '200001',
      outletName: '上海示例公司',
      text: '【上海示例公司】已收件',
      raw: RECORD,
    });
  });

  test.each(WORDS)('%s is %s in both channels', (scanType, event) => {
    expect(readStoScan({ ...RECORD, scanType }, '77', STO_PUSH_EVENTS, NOW)).toMatchObject({ event });
    expect(readStoScan({ ...RECORD, scanType }, '77', STO_QUERY_EVENTS, NOW)).toMatchObject({ event });
  });

  test('客户签收 is a word of the query', () => {
    expect(readStoScan({ ...RECORD, scanType: '客户签收' }, '77', STO_QUERY_EVENTS, NOW)).toMatchObject({ event: 'SIGNED' });
    expect(readStoScan({ ...RECORD, scanType: '客户签收' }, '77', STO_PUSH_EVENTS, NOW)).toMatchObject({ event: 'OTHER' });
  });

  test.each([
    ['遗失', 'LOST'],
    ['快件丢失', 'LOST'],
    ['破损', 'DAMAGED'],
    ['拒收', 'PROBLEM'],
  ])('问题件 with issueName %s is %s', (issueName, event) => {
    expect(readStoScan({ ...RECORD, scanType: '问题件', issueName }, '77', STO_PUSH_EVENTS, NOW)).toMatchObject({ event });
  });

  test.each([[{ opTime: '' }], [{ opTime: 'x' }], [{ scanType: '' }], [{ scanType: null }]])('%j is unreadable', (over) => {
    expect(readStoScan({ ...RECORD, ...over }, '77', STO_PUSH_EVENTS, NOW)).toEqual({ unreadable: expect.any(String) });
  });
});
