import { CARRIER_FACTS } from './parties.ts';
import type { Carrier, Station } from './parties.ts';
import { describeScan } from './scans.ts';
import { toWholeSecond } from './shanghai-time.ts';
import type { Stage } from './stage.ts';
import type { ForwardRoute, Parcel, PushManners, Scan, ScanEvent, Script } from './state.ts';

interface NewParcel {
  carrier: Carrier;
  waybillNo: string | null;
  outletCode: string;
  outletName: string;
  province: string;
  city: string;
  onIntercept: Script;
  forward: ForwardRoute;
  refusal: Parcel['refusal'];
  asksPhone: string | null;
  pushes: boolean;
  manners: PushManners;
}

/** Puts a parcel into the world, without any scan. */
export function createParcel(stage: Stage, given: NewParcel): Parcel {
  const waybillNo = given.waybillNo ?? CARRIER_FACTS[given.carrier].waybillNo(stage.nextNumber());
  const parcel: Parcel = {
    waybillNo,
    carrier: given.carrier,
    origin: { code: given.outletCode, name: given.outletName, province: given.province, city: given.city, kind: 'OUTLET' },
    scans: [],
    onIntercept: given.onIntercept,
    forward: given.forward,
    refusal: given.refusal,
    asksPhone: given.asksPhone,
    refusalsGiven: 0,
    refusedRequests: [],
    intercept: null,
    pushes: given.pushes,
    subscribed: false,
    manners: given.manners,
  };
  stage.state.parcels[waybillNo] = parcel;
  stage.changed('parcels', waybillNo);
  return parcel;
}

/** Has the parcel's further scans pushed; false when this carrier has no such parcel. */
export function subscribeParcel(stage: Stage, carrier: Carrier, waybillNo: string): boolean {
  const parcel = stage.state.parcels[waybillNo];
  if (parcel?.carrier !== carrier) return false;
  parcel.subscribed = true;
  stage.changed('parcels', waybillNo);
  return true;
}

/** Where the parcel was scanned last; before the first scan: the outlet that issued the waybill. */
export function presentStation(parcel: Parcel): Station {
  return latestScan(parcel)?.station ?? parcel.origin;
}

/** The scan with the latest instant, null before the pick-up. */
export function latestScan(parcel: Parcel): Scan | null {
  return scansInOrder(parcel).at(-1) ?? null;
}

/** Scans by their instant, oldest first; equal instants in the order they were made. */
export function scansInOrder(parcel: Parcel): Scan[] {
  return parcel.scans.toSorted((a, b) => a.occurredAt - b.occurredAt);
}

/** The station where an event of this kind usually happens to this parcel. */
export function usualStation(parcel: Parcel, event: ScanEvent): Station {
  const facts = CARRIER_FACTS[parcel.carrier];
  switch (event) {
    case 'PICKED_UP':
    case 'RETURN_SIGNED':
      return parcel.origin;
    case 'OUT_FOR_DELIVERY':
    case 'AWAITING_PICKUP':
    case 'SIGNED':
    case 'DELIVERY_FAILED':
      return facts.outletNearBuyer;
    case 'DEPARTED':
      return facts.hubNearSender;
    case 'ARRIVED':
      return facts.hubNearBuyer;
    default:
      return parcel.scans.length > 0 ? presentStation(parcel) : facts.hubNearBuyer;
  }
}

interface NewScan {
  event: ScanEvent;
  station: Station | null;
  occurredAt: number | null;
  text: string | null;
  /** Whether the carrier pushes it. */
  push: boolean;
  twice: boolean;
}

/** Records a scan and, when asked, puts its pushes on the list as the parcel's manners say. */
export function recordScan(stage: Stage, parcel: Parcel, given: NewScan): Scan {
  const station = given.station ?? usualStation(parcel, given.event);
  const scan: Scan = {
    scanId: `S${stage.nextNumber()}`,
    event: given.event,
    occurredAt: toWholeSecond(given.occurredAt ?? stage.now()),
    station,
    text: given.text ?? describeScan(given.event, station),
  };
  parcel.scans.push(scan);
  stage.changed('parcels', parcel.waybillNo);
  const isWanted = parcel.subscribed || !stage.settings.pushOnlySubscribed;
  if (given.push && isWanted && stage.settings.webhookBase !== null) {
    for (const afterMs of pushDelays(stage, parcel, scan, given.twice)) {
      stage.schedule.add({ kind: 'PUSH', waybillNo: parcel.waybillNo, scanId: scan.scanId, attempt: 1 }, afterMs);
    }
  }
  return scan;
}

/** When each push of a scan leaves. Realistic carriers push pick-ups late, departures after the next arrival, and every third scan twice. */
function pushDelays(stage: Stage, parcel: Parcel, scan: Scan, twice: boolean): number[] {
  const { paceMs } = stage.settings;
  if (parcel.manners === 'EXACT') return twice ? [0, 0] : [0];
  const first = scan.event === 'PICKED_UP' || scan.event === 'DEPARTED' ? Math.round(paceMs * 1.4) : 0;
  const doubled = twice || parcel.scans.length % 3 === 0;
  return doubled ? [first, first + Math.round(paceMs / 2)] : [first];
}
