import { toShanghaiText } from '../shanghai-time.ts';
import type { Scan } from '../state.ts';
import { problemType, SCAN_TYPE } from './words.ts';

/** A scan as J&T writes it, the same in push and query. The network id is a number where the code is one. */
export function writeJtScan(scan: Scan): Record<string, unknown> {
  const { code, name, province, city, kind } = scan.station;
  return {
    scanTime: toShanghaiText(scan.occurredAt),
    desc: scan.text,
    scanType: SCAN_TYPE[scan.event],
    problemType: problemType(scan.event),
    scanNetworkId: /^[1-9]\d{0,9}$/.test(code) ? Number(code) : code,
    scanNetworkName: name,
    scanNetworkTypeName: kind === 'HUB' ? '中心' : '网点',
    scanNetworkProvince: province,
    scanNetworkCity: city,
    scanNetworkArea: '',
    scanNetworkContact: '',
    staffName: '业务员',
    staffContact: '',
    nextStopName: '',
  };
}
