import { FORM_TYPE, spoil } from '../carrier.ts';
import type { Pusher } from '../carrier.ts';
import { parseRecord } from '../exact-json.ts';
import { writeJtScan } from './scan.ts';
import { signJt } from './signature.ts';

/** J&T's track push: form `bizContent`, signed in the headers; received when the answer's `code` is 1. */
export const jtPusher: Pusher = {
  carrier: 'JT',
  write(parcel, scan, credentials, now, breakSignature) {
    const bizContent = JSON.stringify({ billCode: parcel.waybillNo, txlogisticId: '', details: [writeJtScan(scan)] });
    const digest = signJt(bizContent, credentials.JT_PRIVATE_KEY);
    return {
      path: '/webhooks/carriers/jt/track',
      headers: {
        'content-type': FORM_TYPE,
        apiAccount: credentials.JT_API_ACCOUNT,
        digest: breakSignature ? spoil(digest) : digest,
        timestamp: String(now),
      },
      body: new URLSearchParams({ bizContent }).toString(),
    };
  },
  acknowledged(body) {
    const code = parseRecord(body)?.code;
    return code === '1' || code === 1;
  },
};
