import fc from 'fast-check';
import type { CarrierAnswer, PlannedCarrierFault } from './outside/carrier.ts';
import type { PlannedFault, RefundChange } from './outside/plans.ts';
import type { ReceiverAnswer } from './outside/receiver.ts';
import type { WorkOrderCustom } from './outside/work-orders.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When something happens: so long after the first case of the world began, or around one of its deadlines, or around the world's storm. */
export interface When {
  from: 'START' | 'UNLOCK' | 'DUE' | 'STORM';
  ms: number;
}

/** What a carrier says of a parcel, and how the service comes to hear of it. */
export interface Beat {
  at: When;
  word:
    | 'PICKED_UP'
    | 'ARRIVED'
    | 'OUT_FOR_DELIVERY'
    | 'AWAITING_PICKUP'
    | 'SIGNED'
    | 'RETURNING'
    | 'RETURN_SIGNED'
    | 'LOST'
    | 'DAMAGED'
    | 'RESULT_SUCCEEDED'
    | 'RESULT_FAILED'
    | 'RESULT_REFUSED';
  /** The carrier dates it so much before it tells it. */
  datedBackMs: number;
  /** Each push so long after it happened; none: only a query shows it. */
  pushesAfterMs: number[];
  /** A query shows it only so much later. */
  queryLagMs: number;
}

export interface MerchantAct {
  at: When;
  act: 'APPROVE' | 'APPROVE_AMOUNT' | 'REJECT' | 'ARBITRATE' | 'CREATE_AGAIN' | 'CANCEL';
}

export interface PlatformAct {
  at: When;
  change: RefundChange;
}

export interface RefundStory {
  /** Which parcel: refunds may share one. */
  parcel: number;
  createAfterMs: number;
  feeFen: number;
  payDelayMs: number;
  payFails: boolean;
  rejectionIs12: boolean;
  expireAfterMs: number | null;
  /** The merchant tries again so long after a refusal. */
  againAfterMs: number | null;
  merchant: MerchantAct[];
  platform: PlatformAct[];
}

export interface ClaimAct {
  at: When;
  act: 'WITHDRAW' | 'ENTER_UPHELD';
}

/** A claim for the parcel of a refund, and what its merchant does about it later. */
export interface ClaimStory {
  /** Which refund. */
  refund: number;
  at: When;
  kind: 'DAMAGE' | 'LOSS';
  acts: ClaimAct[];
}

/** What a world has beside cases: claims, and an endpoint that is told. */
export interface Beside {
  claims: ClaimStory[];
  /** Null: the carrier has no work orders. */
  workOrders: WorkOrderCustom | null;
  /** What the shop's own system answers each time a message comes, before it takes it; null: the shop wants to be told nothing. */
  receiver: ReceiverAnswer[] | null;
}

/** A time of trouble. */
export interface Outage {
  part: 'PLATFORM' | 'DATABASE' | 'TEMPORAL' | 'CARRIER' | 'REFUSING';
  at: When;
  forMs: number;
}

/** A process dies: at its `steps`-th event after the instant, between any two of its awaits. */
export interface Crash {
  process: 'WORKER' | 'API';
  at: When;
  steps: number;
  downMs: number;
}

/** One world, as plain data: what is taken out of it leaves the rest as it was. */
export interface Scenario {
  /** Names the draws of latencies. */
  chaos: number;
  /** The moment that many things of this world fall on, so that they meet. */
  storm: When;
  carrier: 'ZTO' | 'STO';
  careless: boolean;
  workerSkewMs: number;
  continueAsNewAfter: number;
  /** The worker forgets every run after each so many events of its own; 0: never. */
  forgetsEvery: number;
  parcels: Beat[][];
  refunds: RefundStory[];
  carrierAnswers: CarrierAnswer[];
  platformFaults: PlannedFault[];
  carrierFaults: PlannedCarrierFault[];
  /** Messages of the platform that never arrive: every so-manieth. */
  losesMessage: number;
  outages: Outage[];
  crashes: Crash[];
  /** Only in lives that are played for it: the worlds of the seeds have neither. */
  beside?: Beside;
}

const edges = fc.constantFrom(0, 1, -1, 250, -250, SECOND, -SECOND, 5 * SECOND, -5 * SECOND, MINUTE, -MINUTE);
const around = (from: When['from']) => fc.record({ from: fc.constant(from), ms: edges });
const storm = fc.record({
  from: fc.constant('STORM' as const),
  ms: fc.oneof(edges, fc.integer({ min: 0, max: 300 }), fc.integer({ min: -5 * SECOND, max: 5 * SECOND })),
});
const spread = fc.record({
  from: fc.constant('START' as const),
  ms: fc.oneof(
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 30 * SECOND }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 5 * DAY }) },
    { weight: 1, arbitrary: fc.integer({ min: 5 * DAY, max: 20 * DAY }) },
  ),
});
const when: fc.Arbitrary<When> = fc.oneof(
  { weight: 4, arbitrary: spread },
  { weight: 4, arbitrary: storm },
  { weight: 1, arbitrary: around('UNLOCK') },
  { weight: 1, arbitrary: around('DUE') },
);
/** Between the unlock and day 5, where a rejection needs no failure. */
const unlocked: fc.Arbitrary<When> = fc.record({ from: fc.constant('UNLOCK' as const), ms: fc.integer({ min: 0, max: 48 * HOUR }) });
/** Where troubles hurt. */
const inTrouble: fc.Arbitrary<When> = fc.oneof(
  { weight: 4, arbitrary: storm },
  { weight: 2, arbitrary: around('DUE') },
  { weight: 1, arbitrary: when },
  { weight: 1, arbitrary: fc.record({ from: fc.constant('START' as const), ms: fc.integer({ min: 0, max: 2 * SECOND }) }) },
);
const whenItStorms: fc.Arbitrary<When> = fc.oneof(spread, unlocked, around('DUE'));

const fewMs = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 * SECOND }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 * HOUR }) },
);

const beat: fc.Arbitrary<Beat> = fc.record({
  at: when,
  word: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('RETURNING' as const, 'SIGNED' as const) },
    { weight: 2, arbitrary: fc.constantFrom('RETURN_SIGNED' as const, 'RESULT_SUCCEEDED' as const, 'RESULT_FAILED' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'ARRIVED' as const,
        'OUT_FOR_DELIVERY' as const,
        'AWAITING_PICKUP' as const,
        'LOST' as const,
        'DAMAGED' as const,
        'RESULT_REFUSED' as const,
      ),
    },
  ),
  datedBackMs: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fewMs },
    // Before the pick-up: another parcel had the number then.
    { weight: 1, arbitrary: fc.constant(30 * DAY) },
  ),
  pushesAfterMs: fc.oneof({ weight: 4, arbitrary: fewMs.map((ms) => [ms]) }, { weight: 1, arbitrary: fc.array(fewMs, { maxLength: 3 }) }),
  queryLagMs: fewMs,
});

const merchantAct: fc.Arbitrary<MerchantAct> = fc.oneof(
  fc.record({ at: when, act: fc.constantFrom('APPROVE', 'APPROVE_AMOUNT', 'ARBITRATE', 'CREATE_AGAIN', 'CANCEL') }),
  fc.record({ at: fc.oneof(when, unlocked), act: fc.constant('REJECT' as const) }),
);

const refundChange: fc.Arbitrary<RefundChange> = fc.oneof(
  fc.record({ kind: fc.constantFrom('WITHDRAW' as const, 'BUYER_ARBITRATES' as const, 'ASKS_AGAIN' as const) }),
  fc.record({ kind: fc.constant('TYPE' as const) }),
  fc.record({ kind: fc.constant('WAYBILL' as const), waybillNo: fc.constantFrom('73199999999999') }),
  fc.record({ kind: fc.constant('AMOUNT' as const), feeFen: fc.constantFrom(5_000, 9_900, 12_000) }),
  ...[1, 2].map(() =>
    fc.record({
      kind: fc.constant('VERDICT' as const),
      verdict: fc.constantFrom('PAY' as const, 'CLOSE' as const, 'BACK' as const, 'BACK' as const),
    }),
  ),
  fc.record({ kind: fc.constant('BACK_OFFICE' as const), does: fc.constantFrom('PAY' as const, 'REJECT' as const) }),
);

const platformAct: fc.Arbitrary<PlatformAct> = fc.record({ at: when, change: refundChange });

function refundStory(parcels: number): fc.Arbitrary<RefundStory> {
  return fc.record({
    parcel: fc.integer({ min: 0, max: parcels - 1 }),
    createAfterMs: fc.oneof(fc.integer({ min: 0, max: 10 * SECOND }), fc.integer({ min: 0, max: 3 * DAY })),
    feeFen: fc.constantFrom(9_900, 100, 49_999),
    payDelayMs: fc.oneof(
      { weight: 4, arbitrary: fc.constant(300) },
      { weight: 1, arbitrary: fc.constantFrom(0, 10 * SECOND, 20 * MINUTE, 3 * HOUR) },
    ),
    payFails: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    rejectionIs12: fc.boolean(),
    expireAfterMs: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(3 * DAY, 30 * DAY) }),
    againAfterMs: fc.oneof(fc.constant(null), fc.constantFrom(MINUTE, 2 * HOUR)),
    merchant: fc.array(merchantAct, { maxLength: 3 }),
    platform: fc.oneof(
      { weight: 2, arbitrary: fc.constant<PlatformAct[]>([]) },
      { weight: 1, arbitrary: fc.array(platformAct, { maxLength: 3 }) },
    ),
  });
}

const platformFault: fc.Arbitrary<PlannedFault> = fc.record({
  call: fc.constantFrom('READ', 'APPROVE', 'APPROVE', 'APPROVE', 'REJECT', 'ARBITRATE'),
  nth: fc.integer({ min: 1, max: 4 }),
  how: fc.constantFrom('NEVER_SENT', 'LOST_REQUEST', 'LOST_ANSWER', 'LOST_ANSWER', 'LATE_EFFECT', 'SLOW', 'REFUSED', 'STALE'),
});

const carrierFault: fc.Arbitrary<PlannedCarrierFault> = fc.record({
  nth: fc.integer({ min: 1, max: 4 }),
  how: fc.constantFrom('NEVER_SENT', 'LOST_REQUEST', 'LOST_ANSWER', 'SLOW'),
});

const outage: fc.Arbitrary<Outage> = fc.oneof(
  fc.record({
    part: fc.constantFrom('PLATFORM', 'DATABASE', 'CARRIER', 'REFUSING'),
    at: inTrouble,
    forMs: fc.constantFrom(SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR),
  }),
  // Evidence of a case whose run could not be started is tried again several times a second: long ones cost much and show nothing new.
  fc.record({ part: fc.constant('TEMPORAL' as const), at: inTrouble, forMs: fc.constantFrom(SECOND, 10 * SECOND, MINUTE, 8 * MINUTE) }),
);

const crash: fc.Arbitrary<Crash> = fc.record({
  process: fc.constantFrom('WORKER', 'WORKER', 'API'),
  at: inTrouble,
  steps: fc.integer({ min: 0, max: 40 }),
  downMs: fc.constantFrom(SECOND, 5 * SECOND, MINUTE, HOUR),
});

const rarely = <T>(usual: T, other: fc.Arbitrary<T>, usually = 5) =>
  fc.oneof({ weight: usually, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

/** Any world with at most so many refunds. */
export function anyScenario(mostCases: number): fc.Arbitrary<Scenario> {
  return fc.integer({ min: 1, max: 2 }).chain((parcels) =>
    fc.record<Scenario>({
      chaos: fc.nat(),
      storm: whenItStorms,
      carrier: fc.constantFrom('ZTO', 'STO'),
      careless: rarely(false, fc.constant(true)),
      workerSkewMs: rarely(0, fc.constantFrom(-MINUTE, MINUTE, 10 * SECOND)),
      continueAsNewAfter: rarely(4_096, fc.constantFrom(30, 60)),
      forgetsEvery: rarely(0, fc.constantFrom(1, 10)),
      parcels: fc.array(fc.array(beat, { maxLength: 5 }), { minLength: parcels, maxLength: parcels }),
      refunds: fc.array(refundStory(parcels), { minLength: 1, maxLength: mostCases }),
      carrierAnswers: fc.array(fc.constantFrom<CarrierAnswer>('ACCEPT', 'ACCEPT', 'REFUSE'), { maxLength: 3 }),
      platformFaults: rarely([], fc.array(platformFault, { minLength: 1, maxLength: 3 }), 2),
      carrierFaults: rarely([], fc.array(carrierFault, { minLength: 1, maxLength: 2 })),
      losesMessage: rarely(0, fc.constantFrom(1, 2)),
      outages: rarely([], fc.array(outage, { minLength: 1, maxLength: 2 }), 3),
      crashes: rarely([], fc.array(crash, { minLength: 1, maxLength: 3 }), 2),
    }),
  );
}
