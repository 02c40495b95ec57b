import type { Beat, ClaimAct, ClaimStory, MerchantAct, RefundStory, Scenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A life that ends in one of the ways a case can, with nothing in its way. */
export interface Ending {
  name: string;
  /** What its cases are at their end: intercept, refund, cause. */
  ends: string;
  scenario: Scenario;
}

const STORY: RefundStory = {
  parcel: 0,
  createAfterMs: 0,
  feeFen: 9_900,
  payDelayMs: 300,
  payFails: false,
  rejectionIs12: true,
  expireAfterMs: null,
  againAfterMs: null,
  merchant: [],
  platform: [],
};

const beat = (hours: number, word: Beat['word']): Beat => ({
  at: { from: 'START', ms: hours * HOUR },
  word,
  datedBackMs: MINUTE,
  pushesAfterMs: [0],
  queryLagMs: 0,
});

/** Clicks until it is done: what was lost with a process is clicked again. */
const clicks = (hours: number, act: MerchantAct['act']): MerchantAct[] =>
  [0, 5, 30].map((minutes) => ({ at: { from: 'START', ms: hours * HOUR + minutes * MINUTE }, act }));

/** The platform pays whatever it is asked, so that only the service itself stands between a buyer and a second payment. */
function quiet(story: Partial<RefundStory>, beats: Beat[], more: Partial<Scenario> = {}): Scenario {
  return {
    chaos: 1,
    storm: { from: 'START', ms: 0 },
    carrier: 'ZTO',
    careless: true,
    workerSkewMs: 0,
    continueAsNewAfter: 4_096,
    forgetsEvery: 0,
    parcels: [beats],
    refunds: [{ ...STORY, ...story }],
    carrierAnswers: [],
    platformFaults: [],
    carrierFaults: [],
    losesMessage: 0,
    outages: [],
    crashes: [],
    ...more,
  };
}

const CAUGHT = [beat(20, 'RETURNING'), beat(44, 'RETURN_SIGNED')];

/** A claim of the parcel that came back or did not, and what the merchant does about it two hours later. */
function claimed(kind: ClaimStory['kind'], act?: ClaimAct['act']): ClaimStory {
  const at = (hours: number) => ({ from: 'START' as const, ms: hours * HOUR });
  return { refund: 0, at: at(50), kind, acts: act === undefined ? [] : [{ at: at(52), act }] };
}

export const ENDINGS: readonly Ending[] = [
  {
    name: 'caught',
    ends: 'SUCCEEDED REFUNDED INTERCEPT_SUCCEEDED',
    scenario: quiet({}, CAUGHT),
  },
  { name: 'day 5', ends: 'INTERCEPTING REFUNDED DEADLINE_PASSED', scenario: quiet({}, []) },
  {
    name: 'rejected',
    ends: 'FAILED REJECTED null',
    scenario: quiet({ merchant: clicks(31, 'REJECT') }, [beat(30, 'SIGNED')]),
  },
  {
    name: 'refused by the carrier',
    ends: 'REJECTED_BY_CARRIER RELEASED null',
    scenario: quiet({}, [], { carrierAnswers: ['REFUSE', 'REFUSE', 'REFUSE'] }),
  },
  {
    name: 'approved by the merchant',
    ends: 'INTERCEPTING REFUNDED MANUAL_APPROVAL',
    scenario: quiet({ merchant: clicks(10, 'APPROVE') }, []),
  },
  {
    name: 'withdrawn by the buyer',
    ends: 'SUCCEEDED CLOSED BUYER_WITHDREW',
    scenario: quiet({ platform: [{ at: { from: 'START', ms: 10 * HOUR }, change: { kind: 'WITHDRAW' } }] }, CAUGHT),
  },
  {
    name: 'two refunds, one parcel',
    ends: 'SUCCEEDED REFUNDED INTERCEPT_SUCCEEDED',
    scenario: quiet({}, CAUGHT, {
      refunds: [STORY, { ...STORY, createAfterMs: HOUR, feeFen: 100 }],
    }),
  },
  {
    name: 'told at once',
    ends: 'INTERCEPTING REFUNDED MANUAL_APPROVAL',
    scenario: quiet({ merchant: clicks(10, 'APPROVE') }, [], { beside: { claims: [], workOrders: null, receiver: [] } }),
  },
  {
    name: 'told in the end',
    ends: 'INTERCEPTING REFUNDED MANUAL_APPROVAL',
    scenario: quiet({ merchant: clicks(10, 'APPROVE') }, [], {
      beside: { claims: [], workOrders: null, receiver: ['FAILS', 'SILENT', 'FAILS'] },
    }),
  },
  {
    name: 'claimed and paid',
    ends: 'SUCCEEDED REFUNDED INTERCEPT_SUCCEEDED, DAMAGE CARRIER_API UPHELD',
    // Its carrier tells the damage when the case has ended.
    scenario: quiet({}, [...CAUGHT, beat(46, 'DAMAGED')], {
      beside: { claims: [claimed('DAMAGE')], workOrders: 'SAME_AGAIN', receiver: null },
    }),
  },
  {
    name: 'claimed by sheet',
    ends: 'SUCCEEDED REFUNDED INTERCEPT_SUCCEEDED, DAMAGE CLAIM_SHEET UPHELD',
    scenario: quiet({}, CAUGHT, {
      beside: { claims: [claimed('DAMAGE', 'ENTER_UPHELD')], workOrders: 'REFUSES', receiver: null },
    }),
  },
  {
    name: 'claimed and withdrawn',
    ends: 'SUCCEEDED REFUNDED INTERCEPT_SUCCEEDED, LOSS CARRIER_API WITHDRAWN',
    scenario: quiet({}, CAUGHT.slice(0, 1), {
      beside: { claims: [claimed('LOSS', 'WITHDRAW')], workOrders: 'EXISTS_AGAIN', receiver: null },
    }),
  },
];
