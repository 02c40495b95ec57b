import type { EpochMs } from '../../domain/time.ts';
import type { TrackEvent } from '../../domain/track.ts';
import { isDigest } from '../digest.ts';
import { textOf, textOrNull } from '../payload.ts';
import type { PushReading, PushReply, RawPush } from '../port.ts';
import { signedContent } from '../push-fields.ts';
import { readScanTime } from '../scan-time.ts';
import { gatherScans, type ScanReading } from '../scans.ts';
import { troubleIn } from '../trouble.ts';
import { eventOf } from '../words.ts';
import { readXml, writeXml } from '../xml.ts';
import { signYtoPush } from './signature.ts';
import { YTO_PUSH_WORDS } from './words.ts';

/** Reads a track push: fields `logistics_interface` (XML, root UpdateInfo), `data_digest`, `clientId`, `type`; answered in XML. */
export function readYtoPush(push: RawPush, secret: string, now: EpochMs): PushReading {
  const content = signedContent(push, 'logistics_interface', (bytes, fields) =>
    isDigest(signYtoPush(bytes, secret), fields.text('data_digest')),
  );
  if (!content) return { kind: 'BAD_SIGNATURE', reply: xmlReply(401, '', '签名校验失败') };
  const document = readXml(content.toString('utf8'));
  const reply = xmlReply(200, textOf(document?.members['txLogisticID']), '');
  if (document?.root !== 'UpdateInfo') {
    return { kind: 'VERIFIED', reply, scans: [], unreadable: 'logistics_interface is not an UpdateInfo document' };
  }
  return { kind: 'VERIFIED', reply, ...gatherScans([readScan(document.members, now)]) };
}

function readScan(record: Record<string, unknown>, now: EpochMs): ScanReading {
  const waybillNo = textOf(record['mailNo']);
  if (waybillNo === '') return { unreadable: 'no mailNo' };
  const occurredAt = readScanTime(record['acceptTime'], now);
  if (occurredAt === null) return { unreadable: `acceptTime ${textOf(record['acceptTime'])} is no time` };
  const infoContent = textOf(record['infoContent']);
  if (infoContent === '') return { unreadable: 'no infoContent' };
  const sentence = textOf(record['remark']);
  const event = eventOf(YTO_PUSH_WORDS, infoContent, { sentence, signer: textOf(record['signedName']) });
  return {
    carrier: 'YTO',
    waybillNo,
    event: event === 'DELIVERY_FAILED' ? failureOf(textOf(record['questionCause'])) : event,
    occurredAt,
    outletCode: textOrNull(record['orgCode']),
    outletName: textOrNull(record['orgName']),
    text: sentence,
    raw: record,
  };
}

/** FAILED with a cause (问题件原因) is a problem of the parcel, without one a delivery that did not come about. */
function failureOf(questionCause: string): TrackEvent {
  return questionCause === '' ? 'DELIVERY_FAILED' : (troubleIn(questionCause) ?? 'PROBLEM');
}

function xmlReply(status: number, txLogisticID: string, reason: string): PushReply {
  const success = String(status === 200);
  const body = writeXml('Response', { logisticProviderID: 'YTO', txLogisticID, success, reason });
  return { status, contentType: 'text/xml; charset=utf-8', body };
}
