import { awardsAreTrue, claimsAreTold, everyClaimEnds, lodgedOnce, oneOpenClaim } from './claims.ts';
import { deliveriesEnd, toldAtLeastOnce, toldUnderOneId } from './deliveries.ts';
import type { Facts, Violation } from './facts.ts';
import { neverEarly, neverMore, paidOnce, paidWhenDue, readFirst, rejectedStays, rightParcel, successPays } from './money.ts';
import { neverSilent, returnsAreTold } from './notices.ts';
import {
  asksOnce,
  carriersWordStands,
  damageIsKnown,
  endsAsTheParcel,
  homeIsHome,
  refusedIsReleased,
  rejectsInTime,
  unlocksInTime,
} from './parcel.ts';
import {
  ackedIsKept,
  causeIsTrue,
  everyCaseEnds,
  feesAreRight,
  noDefects,
  nothingUnwritten,
  onlyForward,
  ordersAreLogged,
  recordTellsTheTruth,
  toldTruly,
  turnsAreLogged,
} from './record.ts';

/** Every promise, each a function of what was seen: none knows how the service decides. */
const PROMISES = [
  noDefects,
  paidOnce,
  readFirst,
  neverMore,
  rightParcel,
  neverEarly,
  paidWhenDue,
  successPays,
  rejectedStays,
  rejectsInTime,
  unlocksInTime,
  endsAsTheParcel,
  homeIsHome,
  damageIsKnown,
  carriersWordStands,
  refusedIsReleased,
  asksOnce,
  everyCaseEnds,
  recordTellsTheTruth,
  causeIsTrue,
  onlyForward,
  nothingUnwritten,
  ordersAreLogged,
  turnsAreLogged,
  feesAreRight,
  toldTruly,
  ackedIsKept,
  neverSilent,
  returnsAreTold,
  lodgedOnce,
  oneOpenClaim,
  everyClaimEnds,
  awardsAreTrue,
  claimsAreTold,
  toldUnderOneId,
  toldAtLeastOnce,
  deliveriesEnd,
];

/** What was broken in a world, the gravest first. */
export function judge(facts: Facts): Violation[] {
  return PROMISES.flatMap((promise) => promise(facts));
}
