import { describe, expect, test } from '@jest/globals';
import { NOW } from '../testing/pushes.ts';
import { readJtScan } from './scan.ts';

const RECORD = {
  scanTime: '2023-01-28 10:40:00',
  scanType: '快件揽收',
  desc: '您的极兔小哥已取件',
  scanNetworkId: 1772,
  scanNetworkName: '上海示例网点',
};

describe('scan', () => {
  test('reads every member', () => {
    expect(readJtScan(RECORD, 'JT1', NOW)).toEqual({
      carrier: 'JT',
      waybillNo: 'JT1',
      event: 'PICKED_UP',
      occurredAt: Date.UTC(2023, 0, 28, 2, 40),
      outletCode: '1772',
      outletName: '上海示例网点',
      text: '您的极兔小哥已取件',
      raw: RECORD,
    });
  });

  test.each([
    ['快件揽收', 1, 'PICKED_UP'],
    ['入仓扫描', 2, 'ARRIVED'],
    ['发件扫描', 3, 'DEPARTED'],
    ['到件扫描', 4, 'ARRIVED'],
    ['出仓扫描', 5, 'OUT_FOR_DELIVERY'],
    ['入库扫描', 6, 'AWAITING_PICKUP'],
    ['代理点收入扫描', 7, 'AWAITING_PICKUP'],
    ['快件取出扫描', 8, 'OUT_FOR_DELIVERY'],
    ['出库扫描', 9, 'OTHER'],
    ['快件签收', 10, 'SIGNED'],
    ['问题件扫描', 11, 'PROBLEM'],
    ['安检扫描', 12, 'OTHER'],
    ['其他扫描', 13, 'OTHER'],
    ['退件扫描', 14, 'RETURNING'],
  ])('%s and %i are %s', (word, number, event) => {
    for (const scanType of [word, number, String(number)]) expect(readJtScan({ ...RECORD, scanType }, 'JT1', NOW)).toMatchObject({ event });
  });

  test.each([
    ['派件扫描', 'OUT_FOR_DELIVERY'],
    ['安检', 'OTHER'],
    ['其他', 'OTHER'],
    ['退件登记', 'RETURNING'],
    ['退件签收', 'RETURN_SIGNED'],
    ['拦截件登记', 'OTHER'],
    ['拦截件扫描', 'OTHER'],
    ['从未见过', 'OTHER'],
  ])('%s is %s', (scanType, event) => {
    expect(readJtScan({ ...RECORD, scanType }, 'JT1', NOW)).toMatchObject({ event });
  });

  test.each([
    ['A3', 'REDIRECTED'],
    ['A4', 'RETURNING'],
    ['退回件-网点', 'RETURNING'],
    ['A25', 'RETURNING'],
    ['退回件-中心', 'RETURNING'],
    ['A9', 'DELIVERY_FAILED'],
    ['A10', 'DELIVERY_FAILED'],
    ['A11', 'DELIVERY_FAILED'],
    ['A2', 'PROBLEM'],
    ['客户拒收', 'PROBLEM'],
    ['遗失', 'LOST'],
    ['快件丢失', 'LOST'],
    ['破损件', 'DAMAGED'],
    ['', 'PROBLEM'],
  ])('问题件扫描 with problemType %s is %s', (problemType, event) => {
    for (const scanType of ['问题件扫描', '11'])
      expect(readJtScan({ ...RECORD, scanType, problemType }, 'JT1', NOW)).toMatchObject({ event });
  });

  test('the text of a problem counts too, a problemType on another scan does not', () => {
    expect(readJtScan({ ...RECORD, scanType: '问题件扫描', desc: '快件遗失' }, 'JT1', NOW)).toMatchObject({ event: 'LOST' });
    expect(readJtScan({ ...RECORD, scanType: '到件扫描', problemType: 'A4' }, 'JT1', NOW)).toMatchObject({ event: 'ARRIVED' });
  });

  test.each([[{ scanTime: null }], [{ scanTime: '1998-01-01 00:00:00' }], [{ scanType: '' }], [{ scanType: {} }]])(
    '%j is unreadable',
    (over) => {
      expect(readJtScan({ ...RECORD, ...over }, 'JT1', NOW)).toEqual({ unreadable: expect.any(String) });
    },
  );
});
