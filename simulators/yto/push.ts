import { XMLParser } from 'fast-xml-parser';
import { FORM_TYPE, spoil } from '../carrier.ts';
import type { Pusher } from '../carrier.ts';
import { asRecord } from '../exact-json.ts';
import { problemWord } from '../scans.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import { writeXml } from '../xml.ts';
import { signYtoPush } from './signature.ts';
import { INFO_CONTENT } from './words.ts';

const parser = new XMLParser({ parseTagValue: false, processEntities: false });

/** YTO's track push: form with `logistics_interface` (XML), `data_digest`, `clientId`, `type`; received when the XML answer says success. */
export const ytoPusher: Pusher = {
  carrier: 'YTO',
  write(parcel, scan, credentials, _now, breakSignature) {
    const xml = writeXml('UpdateInfo', {
      logisticProviderID: 'YTO',
      clientID: credentials.YTO_CLIENT_ID,
      mailNo: parcel.waybillNo,
      txLogisticID: parcel.waybillNo,
      infoType: 'STATUS',
      infoContent: INFO_CONTENT[scan.event],
      acceptTime: toShanghaiText(scan.occurredAt),
      remark: scan.text,
      orgName: scan.station.name,
      orgCode: scan.station.code,
      orgPhone: '',
      empName: '',
      empCode: '',
      city: scan.station.city,
      district: '',
      signedName: scan.event === 'SIGNED' ? '本人' : '',
      deliveryName: '',
      contactInfo: '',
      questionCause: problemWord(scan.event) ?? '',
      weight: '0.68',
    });
    const digest = signYtoPush(xml, credentials.YTO_SECRET);
    const form = new URLSearchParams({
      logistics_interface: xml,
      data_digest: breakSignature ? spoil(digest) : digest,
      clientId: credentials.YTO_CLIENT_ID,
      type: 'online',
    });
    return { path: '/webhooks/carriers/yto/track', headers: { 'content-type': FORM_TYPE }, body: form.toString() };
  },
  acknowledged(body) {
    try {
      const response = asRecord(asRecord(parser.parse(body))?.Response);
      return response?.success === 'true' && response.logisticProviderID === 'YTO';
    } catch {
      return false;
    }
  },
};
