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
    ['退件登记', 'OTHER'],
    ['退件撤销', 'PROBLEM'],
    ['退件签收', 'RETURN_SIGNED'],
    ['拦截件登记', 'OTHER'],
    ['拦截件扫描', 'OTHER'],
    ['拦截件撤销', 'PROBLEM'],
    ['转寄登记', 'OTHER'],
    ['转寄撤销', 'OTHER'],
    ['转寄扫描', 'REDIRECTED'],
    ['中心到件', 'ARRIVED'],
    ['集货到件', 'ARRIVED'],
    ['航空到件', 'ARRIVED'],
    ['卸车到件', 'ARRIVED'],
    ['航空发件', 'DEPARTED'],
    ['装车发件', 'DEPARTED'],
    ['留仓件入仓', 'OTHER'],
    ['完结', 'PROBLEM'],
    ['从未见过', 'OTHER'],
  ])('%s is %s', (scanType, event) => {
    expect(readJtScan({ ...RECORD, scanType }, 'JT1', NOW)).toMatchObject({ event });
  });

  test.each([
    ['A1', '客户取消寄件-网点', 'PROBLEM'],
    ['A2', '客户拒收', 'PROBLEM'],
    ['A3', '更改派送地址', 'REDIRECTED'],
    ['A4', '退回件-网点', 'RETURNING'],
    ['A5', '疫情退回-网点', 'PROBLEM'],
    ['A6', '疫情延迟', 'PROBLEM'],
    ['A7', '异常件提醒', 'PROBLEM'],
    ['A8', '包裹异常-网点', 'PROBLEM'],
    ['A9', '收件人联系不上', 'DELIVERY_FAILED'],
    ['A10', '收件人联系不上', 'DELIVERY_FAILED'],
    ['A11', '多次派件失败', 'DELIVERY_FAILED'],
    ['A12', '收件人信息错误', 'PROBLEM'],
    ['A13', '更改派送时间', 'PROBLEM'],
    ['A14', '客户拒收', 'PROBLEM'],
    ['A15', '收件地址不详', 'PROBLEM'],
    ['A16', '收件地址错误', 'PROBLEM'],
    ['A17', '包裹存放至网点', 'PROBLEM'],
    ['A18', '包裹存放至网点', 'PROBLEM'],
    ['A19', '收件地址禁止', 'PROBLEM'],
    ['A20', '包裹异常', 'PROBLEM'],
    ['A21', '包裹暂存网点', 'PROBLEM'],
    ['A22', '疫情退回-中心', 'PROBLEM'],
    ['A23', '包裹延迟-节假日', 'PROBLEM'],
    ['A24', '包裹异常-中心', 'PROBLEM'],
    ['A25', '退回件-中心', 'RETURNING'],
    ['A26', '客户取消寄件-中心', 'PROBLEM'],
    ['A27', '异常天气', 'PROBLEM'],
    ['A28', '自然灾害', 'PROBLEM'],
    ['A29', '代收/到付结算异议拒付', 'PROBLEM'],
    ['A30', '货未到齐', 'PROBLEM'],
    ['A31', '作废件', 'PROBLEM'],
    ['A32', '未录进仓编码', 'PROBLEM'],
    ['A33', '政府管制', 'PROBLEM'],
    ['A34', '乡镇件', 'PROBLEM'],
    ['A35', '发票问题客户拒收', 'PROBLEM'],
  ])('问题件扫描 with problemType %s is what it is with %s: %s', (code, name, event) => {
    const forms = [code, name, code.toLowerCase(), ` ${name} `, `${code}、${name}`, `${code} ${name}`, name.replace('-', '－')];
    for (const scanType of ['问题件扫描', '11', 11]) {
      for (const problemType of forms) expect(readJtScan({ ...RECORD, scanType, problemType }, 'JT1', NOW)).toMatchObject({ event });
    }
  });

  test.each([
    ['遗失', 'LOST'],
    ['快件丢失', 'LOST'],
    ['疑似丢失', 'PROBLEM'],
    ['破损件', 'DAMAGED'],
    ['A99', 'PROBLEM'],
    ['', 'PROBLEM'],
    [undefined, 'PROBLEM'],
  ])('问题件扫描 with problemType %s, which J&T’s list does not have, is %s', (problemType, event) => {
    expect(readJtScan({ ...RECORD, scanType: '问题件扫描', problemType }, 'JT1', NOW)).toMatchObject({ event });
  });

  test('the sentence of a problem never makes a loss, and a problemType counts on a problem scan alone', () => {
    for (const problemType of ['', 'A7', '客户拒收']) {
      expect(readJtScan({ ...RECORD, scanType: '问题件扫描', problemType, desc: '快件遗失' }, 'JT1', NOW)).toMatchObject({
        event: 'PROBLEM',
      });
    }
    for (const [scanType, event] of [
      ['到件扫描', 'ARRIVED'],
      ['拦截件撤销', 'PROBLEM'],
      ['完结', 'PROBLEM'],
    ]) {
      expect(readJtScan({ ...RECORD, scanType, problemType: 'A4' }, 'JT1', NOW)).toMatchObject({ event });
    }
  });

  test.each([
    ['快件签收', '包裹已签收！签收人是【本人】，如有疑问请联系', 'SIGNED'],
    ['快件签收', '包裹已签收！签收人是【兔喜生活】，如有疑问请联系', 'AWAITING_PICKUP'],
    ['出库扫描', '包裹已签收！签收人凭取件码签收，如有疑问请联系', 'SIGNED'],
    ['出库扫描', '您的包裹已从驿站取出', 'OTHER'],
    ['入库扫描', '您的包裹已存放至【丰巢】，记得早点来取件哦', 'AWAITING_PICKUP'],
  ])('put into a shop is not signed: %s, %s is %s', (scanType, desc, event) => {
    expect(readJtScan({ ...RECORD, scanType, desc }, 'JT1', NOW)).toMatchObject({ event });
  });

  test.each([[{ scanTime: null }], [{ scanTime: '1998-01-01 00:00:00' }], [{ scanType: '' }], [{ scanType: {} }]])(
    '%j is unreadable',
    (over) => {
      expect(readJtScan({ ...RECORD, ...over }, 'JT1', NOW)).toEqual({ unreadable: expect.any(String) });
    },
  );
});
