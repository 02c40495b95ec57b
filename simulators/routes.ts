import { CARRIER_FACTS } from './parties.ts';
import { describeReturnToOutlet } from './scans.ts';
import { latestScan, presentStation, recordScan } from './parcels.ts';
import type { Station } from './parties.ts';
import type { Stage } from './stage.ts';
import type { Deed, InterceptStatus, Parcel, ScanEvent, Script, Task } from './state.ts';

interface Step {
  scan: { event: ScanEvent; station: Station; text?: string } | null;
  status: InterceptStatus | null;
}

const CRAWL_EVERY_MS = 12 * 3_600_000;
/** Scans after which a parcel that delivers itself goes on with the rest of this list. */
const FORWARD_EVENTS = ['PICKED_UP', 'DEPARTED', 'ARRIVED', 'OUT_FOR_DELIVERY', 'SIGNED'] as const;

function step(event: ScanEvent, station: Station, status: InterceptStatus | null = null, text?: string): Step {
  return { scan: { event, station, ...(text === undefined ? {} : { text }) }, status };
}

/** What happens to a parcel after the carrier accepted the intercept, one entry a pace. */
function stepsAfterIntercept(script: Script, parcel: Parcel): Step[] {
  const { hubNearSender, outletNearBuyer } = CARRIER_FACTS[parcel.carrier];
  const here = presentStation(parcel);
  const turned = step('RETURNING', here, 'PACKAGE_DELIVERYING');
  const { kind = 'SENDER', ...place } = parcel.intercept?.returnTo ?? {};
  const atOutlet = kind === 'OUTLET' ? [step('ARRIVED', parcel.origin)] : [];
  const end: Station = { ...parcel.origin, ...place };
  const back = [
    ...atOutlet,
    step('RETURN_SIGNED', end, 'INTERCEPT_DISCONTINUE', kind === 'OUTLET' ? describeReturnToOutlet(end) : undefined),
  ];
  switch (script) {
    case 'SUCCEEDS':
    case 'REFUSES_ONCE':
      return [turned, step('DEPARTED', here), step('ARRIVED', hubNearSender), ...back];
    case 'FAILS':
      return [step('OUT_FOR_DELIVERY', outletNearBuyer), step('SIGNED', outletNearBuyer, 'INTERCEPT_FAIL')];
    case 'RETURN_LOST':
      return [turned, step('LOST', hubNearSender)];
    case 'RETURN_DAMAGED':
      return [turned, step('DAMAGED', hubNearSender), ...back];
    case 'DELIVERED_ANYWAY':
      return [turned, step('OUT_FOR_DELIVERY', outletNearBuyer), step('SIGNED', outletNearBuyer, 'INTERCEPT_DISCONTINUE')];
    case 'STALLS':
      return [turned, ...atOutlet];
    case 'STATUS_SUCCEEDS':
      return [{ scan: null, status: 'INTERCEPT_SUCCESS' }];
    case 'STATUS_FAILS':
      return [{ scan: null, status: 'INTERCEPT_FAIL' }];
    case 'SILENT':
    case 'REFUSES':
      return [];
  }
}

/** Puts the script of an accepted intercept on the list; whatever the parcel would have done otherwise is off. */
export function startReturnRoute(stage: Stage, parcel: Parcel): void {
  stopForwardRoute(stage, parcel);
  stepsAfterIntercept(parcel.onIntercept, parcel).forEach((each, index) => {
    stage.schedule.add(
      { kind: 'STEP', waybillNo: parcel.waybillNo, stage: 'AFTER_INTERCEPT', ...each },
      (index + 1) * stage.settings.paceMs,
    );
  });
}

/** Puts the parcel's own way on the list: on to the buyer, or a hub scan twice a day so that it never counts as stalled. */
export function startForwardRoute(stage: Stage, parcel: Parcel): void {
  if (parcel.forward === 'STAYS') return;
  if (parcel.forward === 'CRAWLS') {
    stage.schedule.add({ kind: 'CRAWL', waybillNo: parcel.waybillNo }, CRAWL_EVERY_MS);
    return;
  }
  const { hubNearSender, hubNearBuyer, outletNearBuyer } = CARRIER_FACTS[parcel.carrier];
  const done = FORWARD_EVENTS.findIndex((event) => event === latestScan(parcel)?.event);
  const stations = [parcel.origin, hubNearSender, hubNearBuyer, outletNearBuyer, outletNearBuyer];
  FORWARD_EVENTS.forEach((event, index) => {
    const station = stations[index];
    if (index <= done || station === undefined) return;
    const afterMs = (index - done) * stage.settings.paceMs;
    stage.schedule.add({ kind: 'STEP', waybillNo: parcel.waybillNo, stage: 'FORWARD', ...step(event, station) }, afterMs);
  });
}

/** Takes the parcel's own way off the list. */
export function stopForwardRoute(stage: Stage, parcel: Parcel): void {
  const ownWay = ({ deed }: Task) => deed.kind === 'CRAWL' || (deed.kind === 'STEP' && deed.stage === 'FORWARD');
  for (const { taskId } of stage.lookup.tasksOfParcel(parcel.waybillNo).filter(ownWay)) stage.schedule.drop(taskId);
}

/** Lets one step of a route happen. */
export function takeStep(stage: Stage, deed: Extract<Deed, { kind: 'STEP' }>): void {
  const parcel = stage.state.parcels[deed.waybillNo];
  if (parcel === undefined) return;
  if (deed.status !== null && parcel.intercept !== null) parcel.intercept.status = deed.status;
  if (deed.scan !== null) recordScan(stage, parcel, { text: null, ...deed.scan, occurredAt: null, push: parcel.pushes, twice: false });
  stage.changed('parcels', deed.waybillNo);
}

/** One more hub scan of a parcel that crawls; returns when the next is due. */
export function crawl(stage: Stage, deed: Extract<Deed, { kind: 'CRAWL' }>): { deed: Deed; afterMs: number } | null {
  const parcel = stage.state.parcels[deed.waybillNo];
  if (parcel === undefined) return null;
  const { hubNearBuyer, hubNearSender } = CARRIER_FACTS[parcel.carrier];
  const station = presentStation(parcel).code === hubNearBuyer.code ? hubNearSender : hubNearBuyer;
  recordScan(stage, parcel, { event: 'ARRIVED', station, occurredAt: null, text: null, push: parcel.pushes, twice: false });
  return { deed, afterMs: CRAWL_EVERY_MS };
}
