import { describe, expect, test } from '@jest/globals';
import { formPush, NOW } from '../testing/pushes.ts';
import { readXml } from '../xml.ts';
import { readYtoPush } from './push.ts';
import { signYtoPush } from './signature.ts';

const SECRET = 'yto-track-secret';
const FIELDS = {
  logisticProviderID: 'YTO',
  clientID: 'K1',
  mailNo: 'YT0000000000001',
  txLogisticID: 'TX-1',
  infoType: 'STATUS',
  infoContent: 'GOT',
  acceptTime: '2023-01-28 10:40:00',
  remark: '已揽收 &lt;示例&gt;',
  orgName: '上海示例公司',
  orgCode: '210045',
};
const xmlOf = (over: Record<string, string> = {}) =>
  `<UpdateInfo>${Object.entries({ ...FIELDS, ...over })
    .map(([name, text]) => `<${name}>${text}</${name}>`)
    .join('')}</UpdateInfo>`;
const pushOf = (xml: string) =>
  formPush({ logistics_interface: xml, data_digest: signYtoPush(xml, SECRET), clientId: 'K1', type: 'online' });
const read = (xml: string) => readYtoPush(pushOf(xml), SECRET, NOW);

describe('track push', () => {
  test('reads a scan and answers in XML', () => {
    const reading = read(`<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf()}`);
    expect(reading).toMatchObject({
      kind: 'VERIFIED',
      unreadable: null,
      scans: [
        {
          carrier: 'YTO',
          waybillNo: 'YT0000000000001',
          event: 'PICKED_UP',
          occurredAt: Date.UTC(2023, 0, 28, 2, 40),
          outletCode: '210045',
          outletName: '上海示例公司',
          text: '已揽收 <示例>',
          raw: { ...FIELDS, remark: '已揽收 <示例>' },
        },
      ],
    });
    expect(reading.reply).toEqual({
      status: 200,
      contentType: 'text/xml; charset=utf-8',
      body: '<Response><logisticProviderID>YTO</logisticProviderID><txLogisticID>TX-1</txLogisticID><success>true</success><reason></reason></Response>',
    });
  });

  test.each([
    ['ACCEPT', 'OTHER'],
    ['ORDER_BOOKING', 'OTHER'],
    ['NOT_SEND', 'OTHER'],
    ['GOT', 'PICKED_UP'],
    ['DEPARTURE', 'DEPARTED'],
    ['AIRSEND', 'DEPARTED'],
    ['ARRIVAL', 'ARRIVED'],
    ['AIRPICK', 'ARRIVED'],
    ['SENT_SCAN', 'OUT_FOR_DELIVERY'],
    ['INBOUND', 'AWAITING_PICKUP'],
    ['SIGNED', 'SIGNED'],
    ['FAILED', 'DELIVERY_FAILED'],
    ['TMS_RETURN', 'RETURNING'],
    ['FORWARDING', 'REDIRECTED'],
    ['NEW_WORD', 'OTHER'],
  ])('infoContent %s is %s', (infoContent, event) => {
    expect(read(xmlOf({ infoContent }))).toMatchObject({ scans: [{ event }], unreadable: null });
  });

  test.each([
    ['遗失', 'LOST'],
    ['快件丢失', 'LOST'],
    ['破损', 'DAMAGED'],
    ['疑似遗失', 'PROBLEM'],
    ['未破损', 'PROBLEM'],
    ['客户拒收', 'PROBLEM'],
  ])('FAILED with questionCause %s is %s', (questionCause, event) => {
    expect(read(xmlOf({ infoContent: 'FAILED', questionCause }))).toMatchObject({ scans: [{ event }] });
  });

  test('the remark beside the cause never makes a loss', () => {
    expect(read(xmlOf({ infoContent: 'FAILED', questionCause: '客户拒收', remark: '快件遗失' }))).toMatchObject({
      scans: [{ event: 'PROBLEM' }],
    });
    expect(read(xmlOf({ infoContent: 'FAILED', remark: '快件遗失' }))).toMatchObject({ scans: [{ event: 'DELIVERY_FAILED' }] });
  });

  test.each([
    [{ signedName: '本人' }, 'SIGNED'],
    [{ signedName: '妈妈驿站' }, 'AWAITING_PICKUP'],
    [{ remark: '已签收，签收人：丰巢' }, 'AWAITING_PICKUP'],
    [{ signedName: '丰巢', remark: '客户已取走' }, 'SIGNED'],
  ])('put into a shop is not signed: SIGNED with %j is %s', (over, event) => {
    expect(read(xmlOf({ infoContent: 'SIGNED', ...over }))).toMatchObject({ scans: [{ event }] });
  });

  test('an old push: a time with a zone, a name beside it, no outlet', () => {
    const { orgName: _name, orgCode: _code, ...fields } = FIELDS;
    const xml = `<UpdateInfo>${Object.entries({ ...fields, name: '周', acceptTime: '2023-01-28 10:40:00.541 CST' })
      .map(([name, text]) => `<${name}>${text}</${name}>`)
      .join('')}</UpdateInfo>`;
    expect(read(xml)).toMatchObject({ unreadable: null, scans: [{ occurredAt: Date.UTC(2023, 0, 28, 2, 40, 0, 541), outletCode: null }] });
  });

  test.each(['0012345678901234567890', '1e5'])('the number %s stays the text it is, in CDATA too', (mailNo) => {
    for (const written of [mailNo, `<![CDATA[${mailNo}]]>`]) {
      expect(read(xmlOf({ mailNo: written }))).toMatchObject({ scans: [{ waybillNo: mailNo }] });
    }
  });

  test('SIGNED alone stays SIGNED: what came before is not known here', () => {
    expect(read(xmlOf({ infoContent: 'SIGNED' }))).toMatchObject({ scans: [{ event: 'SIGNED' }] });
  });

  test('the acknowledgement escapes what it repeats', () => {
    expect(readXml(read(xmlOf({ txLogisticID: '&lt;/x&gt;' })).reply.body)?.members).toMatchObject({ txLogisticID: '</x>' });
  });
});

describe('signature', () => {
  const xml = xmlOf();

  test.each([
    ['wrong', formPush({ logistics_interface: xml, data_digest: signYtoPush(xml, 'other') })],
    ['missing', formPush({ logistics_interface: xml })],
    ['of another length', formPush({ logistics_interface: xml, data_digest: 'abc' })],
    ['content missing', formPush({ data_digest: signYtoPush('', SECRET) })],
  ])('%s is refused in YTO’s form', (_case, push) => {
    const reading = readYtoPush(push, SECRET, NOW);
    expect(reading.kind).toBe('BAD_SIGNATURE');
    expect(reading.reply.status).toBe(401);
    expect(readXml(reading.reply.body)?.members).toMatchObject({ logisticProviderID: 'YTO', success: 'false' });
  });
});

describe('content that was not understood', () => {
  test.each([
    ['not XML'],
    ['{"mailNo":"YT1"}'],
    ['<Other><mailNo>YT1</mailNo></Other>'],
    ['<UpdateInfo></UpdateInfo>'],
    [`<!DOCTYPE UpdateInfo [<!ENTITY a "b">]>${xmlOf({ remark: '&a;' })}`],
    [xmlOf({ mailNo: '' })],
    [xmlOf({ acceptTime: '28.01.2023' })],
    [xmlOf({ infoContent: '' })],
  ])('%s is acknowledged and unreadable', (xml) => {
    expect(read(xml)).toMatchObject({ kind: 'VERIFIED', scans: [], unreadable: expect.any(String), reply: { status: 200 } });
  });
});
