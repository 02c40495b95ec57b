import { FORM_TYPE, spoil } from '../carrier.ts';
import type { Pusher } from '../carrier.ts';
import { parseRecord } from '../exact-json.ts';
import { problemWord } from '../scans.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import { signSto } from './signature.ts';
import { SCAN_TYPE } from './words.ts';

/** STO's own name at its gateway, as sender of pushes. */
const STO_PUSHER = 'sto_trace_platform';

/** STO's track push `STO_TRACE_PLATFORM_PUSH`; `outBizCode` is its idempotency key. Received when the answer says `success` true. */
export const stoPusher: Pusher = {
  carrier: 'STO',
  write(parcel, scan, credentials, _now, breakSignature) {
    const content = JSON.stringify({
      waybillNo: parcel.waybillNo,
      linkCode: '',
      trace: {
        outBizCode: `${parcel.waybillNo}-${scan.scanId}`,
        opTime: toShanghaiText(scan.occurredAt),
        scanType: SCAN_TYPE[scan.event],
        memo: scan.text,
        opOrgCode: scan.station.code,
        opOrgName: scan.station.name,
        opOrgType: scan.station.kind === 'HUB' ? '2' : '1',
        opOrgCityName: scan.station.city,
        opOrgProvinceName: scan.station.province,
        opOrgTel: '',
        opEmpCode: '',
        opEmpName: '',
        nextOrgName: '',
        nextOrgCode: '',
        issueName: problemWord(scan.event) ?? '',
        signoffPeople: scan.event === 'SIGNED' ? '本人' : '',
        weight: '1.20',
        remark: '',
      },
    });
    const digest = signSto(content, credentials.STO_SECRET);
    const form = new URLSearchParams({
      content,
      data_digest: breakSignature ? spoil(digest) : digest,
      api_name: 'STO_TRACE_PLATFORM_PUSH',
      from_appkey: STO_PUSHER,
      from_code: STO_PUSHER,
      to_appkey: credentials.STO_FROM_APPKEY,
      to_code: credentials.STO_FROM_CODE,
    });
    return { path: '/webhooks/carriers/sto/track', headers: { 'content-type': FORM_TYPE }, body: form.toString() };
  },
  acknowledged(body) {
    const success = parseRecord(body)?.success;
    return success === true || success === 'true';
  },
};
