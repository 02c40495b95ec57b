import { describe, expect, test } from '@jest/globals';
import { NOW } from '../testing/pushes.ts';
import { readStoScan, STO_PUSH_WORDS, STO_QUERY_WORDS } from './scan.ts';

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
  ['驿站出库', 'OTHER'],
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
    expect(readStoScan(RECORD, '77', STO_PUSH_WORDS, NOW)).toEqual({
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
    expect(readStoScan({ ...RECORD, scanType }, '77', STO_PUSH_WORDS, NOW)).toMatchObject({ event });
    expect(readStoScan({ ...RECORD, scanType }, '77', STO_QUERY_WORDS, NOW)).toMatchObject({ event });
  });

  test('客户签收 is a word of the query', () => {
    expect(readStoScan({ ...RECORD, scanType: '客户签收' }, '77', STO_QUERY_WORDS, NOW)).toMatchObject({ event: 'SIGNED' });
    expect(readStoScan({ ...RECORD, scanType: '客户签收' }, '77', STO_PUSH_WORDS, NOW)).toMatchObject({ event: 'OTHER' });
  });

  test.each([
    ['遗失', 'LOST'],
    ['快件丢失', 'LOST'],
    ['破损', 'DAMAGED'],
    ['疑似丢失', 'PROBLEM'],
    ['拒收', 'PROBLEM'],
    ['', 'PROBLEM'],
  ])('问题件 with issueName %s is %s', (issueName, event) => {
    expect(readStoScan({ ...RECORD, scanType: '问题件', issueName }, '77', STO_PUSH_WORDS, NOW)).toMatchObject({ event });
  });

  test('the sentence beside the problem’s name never makes a loss', () => {
    const record = { ...RECORD, scanType: '问题件', memo: '快件遗失' };
    for (const issueName of ['', '拒收', undefined])
      expect(readStoScan({ ...record, issueName }, '77', STO_PUSH_WORDS, NOW)).toMatchObject({ event: 'PROBLEM' });
  });

  test.each([
    [{ scanType: '签收' }, 'SIGNED'],
    [{ scanType: '签收', opOrgType: '3' }, 'AWAITING_PICKUP'],
    [{ scanType: '签收', opOrgType: 3, signoffPeople: '王五' }, 'AWAITING_PICKUP'],
    [{ scanType: '签收', opOrgType: '3', signoffPeople: '本人' }, 'SIGNED'],
    [{ scanType: '签收', opOrgType: '3', memo: '已签收，签收人凭取件码签收' }, 'SIGNED'],
    [{ scanType: '签收', opOrgType: '1', signoffPeople: '丰巢' }, 'AWAITING_PICKUP'],
    [{ scanType: '驿站出库', opOrgType: '3', memo: '快件已从驿站取出' }, 'OTHER'],
    [{ scanType: '驿站出库', opOrgType: '3', memo: '客户已取走' }, 'SIGNED'],
    [{ scanType: '快件取出', memo: '客户已取走' }, 'OTHER'],
    [{ scanType: '退回件', opOrgType: '3' }, 'RETURNING'],
  ])('put into a shop is not signed: %j is %s', (over, event) => {
    expect(readStoScan({ ...RECORD, ...over }, '77', STO_PUSH_WORDS, NOW)).toMatchObject({ event });
  });

  test.each([[{ opTime: '' }], [{ opTime: 'x' }], [{ scanType: '' }], [{ scanType: null }]])('%j is unreadable', (over) => {
    expect(readStoScan({ ...RECORD, ...over }, '77', STO_PUSH_WORDS, NOW)).toEqual({ unreadable: expect.any(String) });
  });
});
