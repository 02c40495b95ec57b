import { parseRecord } from '../exact-json.ts';
import { FORM_TYPE, spoil } from '../carrier.ts';
import type { Pusher } from '../carrier.ts';
import { problemWord } from '../scans.ts';
import { toShanghaiText } from '../shanghai-time.ts';
import { signZto } from './signature.ts';
import { PUSH_ACTION, returnType } from './words.ts';

/** ZTO's track push: form with `data` (JSON), `data_digest`, `msg_type=Traces`, `company_id`; received when the answer says `status: true`. */
export const ztoPusher: Pusher = {
  carrier: 'ZTO',
  write(parcel, scan, credentials, _now, breakSignature) {
    const data = JSON.stringify({
      billCode: parcel.waybillNo,
      action: PUSH_ACTION[scan.event],
      actionTime: toShanghaiText(scan.occurredAt),
      desc: scan.text,
      facilityCode: scan.station.code,
      facilityName: scan.station.name,
      facilityContactPhone: '0579-85000000',
      city: scan.station.city,
      dist: '',
      nextNodeCode: '',
      nextNodeName: '',
      nextCity: '',
      courier: '',
      courierPhone: '',
      expressSigner: scan.event === 'SIGNED' ? '本人' : '',
      comCode: 'zto',
      comName: '中通快递',
      problemCode: problemWord(scan.event) ?? '',
      returnType: returnType(scan.event),
      returnUpdateType: returnType(scan.event),
      remark: '',
    });
    const digest = signZto(data, credentials.ZTO_APP_SECRET);
    const form = new URLSearchParams({
      data,
      data_digest: breakSignature ? spoil(digest) : digest,
      msg_type: 'Traces',
      company_id: credentials.ZTO_APP_KEY,
    });
    return { path: '/webhooks/carriers/zto/track', headers: { 'content-type': FORM_TYPE }, body: form.toString() };
  },
  acknowledged: (body) => parseRecord(body)?.status === true,
};
