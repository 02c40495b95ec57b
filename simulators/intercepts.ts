import { scansInOrder } from './parcels.ts';
import type { Carrier } from './parties.ts';
import { startReturnRoute } from './routes.ts';
import type { Stage } from './stage.ts';
import type { Parcel, ReturnPlace, ScanEvent } from './state.ts';

/** Why a carrier will not stop a parcel, before it is put into the carrier's own code and words. */
export type Hindrance =
  | 'UNKNOWN_WAYBILL'
  | 'DUPLICATE'
  | 'NO_TRACK'
  | 'SIGNED'
  | 'DISPATCHED'
  | 'AT_STATION'
  | 'RETURNING'
  | 'LOST'
  | 'RULES';

type InterceptDecision =
  | { kind: 'ACCEPTED'; reference: string }
  | { kind: 'REFUSED'; hindrance: Hindrance; code: string | null; message: string | null };

const BLOCKING: Partial<Record<ScanEvent, Hindrance>> = {
  SIGNED: 'SIGNED',
  RETURN_SIGNED: 'SIGNED',
  OUT_FOR_DELIVERY: 'DISPATCHED',
  AWAITING_PICKUP: 'AT_STATION',
  RETURNING: 'RETURNING',
  LOST: 'LOST',
};
/** What a carrier looks at first when several things stand in the way. */
const ORDER: Hindrance[] = ['LOST', 'SIGNED', 'RETURNING', 'AT_STATION', 'DISPATCHED'];

/** What the parcel's scans say against an intercept, null when nothing does. Any dispatch ever made counts (E23120). */
function findHindrance(parcel: Parcel): Hindrance | null {
  const scans = scansInOrder(parcel);
  if (scans.length === 0) return 'NO_TRACK';
  const found = new Set(scans.map((scan) => BLOCKING[scan.event]));
  return ORDER.find((hindrance) => found.has(hindrance)) ?? null;
}

function refuse(hindrance: Hindrance): InterceptDecision {
  return { kind: 'REFUSED', hindrance, code: null, message: null };
}

/**
 * Decides a request to stop a parcel and starts its script when accepted. `requestId` is the carrier's idempotency key
 * (null where it has none): the same one again gives the same answer, another one for the same parcel is a duplicate. A return
 * ends with the sender unless told otherwise.
 */
export function decideIntercept(
  stage: Stage,
  carrier: Carrier,
  waybillNo: string,
  requestId: string | null,
  returnTo?: ReturnPlace,
): InterceptDecision {
  const parcel = stage.state.parcels[waybillNo];
  if (parcel === undefined || parcel.carrier !== carrier) return refuse('UNKNOWN_WAYBILL');
  if (parcel.intercept !== null) {
    if (parcel.intercept.elsewhere) {
      parcel.intercept.elsewhere = false;
      startReturnRoute(stage, parcel);
      stage.changed('parcels', waybillNo);
    }
    const repeated = requestId !== null && parcel.intercept.requestId === requestId;
    return repeated ? { kind: 'ACCEPTED', reference: parcel.intercept.reference } : refuse('DUPLICATE');
  }
  if (isToRefuse(parcel, requestId)) {
    parcel.refusalsGiven += 1;
    if (requestId !== null && !parcel.refusedRequests.includes(requestId)) parcel.refusedRequests.push(requestId);
    stage.changed('parcels', waybillNo);
    return { kind: 'REFUSED', hindrance: 'RULES', code: parcel.refusal?.code ?? null, message: parcel.refusal?.message ?? null };
  }
  const hindrance = findHindrance(parcel);
  if (hindrance !== null) return refuse(hindrance);
  const reference = `${carrier}${stage.nextNumber()}`;
  parcel.intercept = {
    requestId,
    reference,
    acceptedAt: stage.now(),
    status: 'INTERCEPTING',
    elsewhere: false,
    ...(returnTo && { returnTo }),
  };
  stage.changed('parcels', waybillNo);
  startReturnRoute(stage, parcel);
  return { kind: 'ACCEPTED', reference };
}

function isToRefuse(parcel: Parcel, requestId: string | null): boolean {
  if (parcel.onIntercept === 'REFUSES') return true;
  if (parcel.onIntercept !== 'REFUSES_ONCE') return false;
  return parcel.refusalsGiven === 0 || (requestId !== null && parcel.refusedRequests.includes(requestId));
}
