import { toYuanText } from '../money.ts';
import { mayLieAtOutlet, type NoticeCode, type NoticeDetail } from '../notice.ts';
import { toShanghaiText } from '../time.ts';
import type { UnconfirmedCause } from '../intercept/unconfirmed.ts';
import type { ReturnFailure } from '../intercept/state.ts';

const CLAIM_STATUS: Record<string, string> = {
  SUBMITTED: 'submitted',
  ACCEPTED: 'accepted',
  ARBITRATING: 'in arbitration',
  UPHELD: 'upheld',
  DISMISSED: 'dismissed',
  WITHDRAWN: 'withdrawn',
};

const CAUSE: Record<UnconfirmedCause, string> = {
  REFUSED: 'the platform refuses it',
  TAKEN: 'the platform took it and has not confirmed it',
  UNAUTHORISED: 'the authorisation of the shop has lapsed',
  SILENT: 'the platform does not answer',
  NOT_SENT: 'it was not sent, ask who runs this service',
  CLOCKS_DISAGREE: 'clocks disagree, ask who runs this service',
};

const RETURN_FAILURE: Record<ReturnFailure, string> = {
  LOST: 'lost',
  DAMAGED: 'damaged',
  DELIVERED_TO_BUYER: 'delivered to the buyer',
  STALLED: 'standing still',
  OVERDUE: 'overdue',
};

const word = (words: Record<string, string>, value: string | number | null | undefined): string | undefined =>
  Object.hasOwn(words, String(value)) ? words[String(value)] : undefined;

const amount = ({ refundFeeFen }: NoticeDetail): string => (typeof refundFeeFen === 'number' ? ` ¥${toYuanText(refundFeeFen)}` : '');

const inBrackets = (words: string | undefined): string => (words === undefined ? '' : ` (${words})`);

function near(detail: NoticeDetail): string {
  const at = Date.parse(String(detail['autoRefundAt']));
  return `Refund${amount(detail)} is about to be paid by itself${Number.isNaN(at) ? '' : ` at ${toShanghaiText(at).slice(0, 16)} (Beijing time)`}`;
}

const TITLES: Record<NoticeCode, string | ((detail: NoticeDetail) => string)> = {
  'intercept.requested': 'Intercept requested',
  'intercept.accepted': 'The carrier accepted the intercept',
  'intercept.refused': 'The carrier refused the intercept; the refund is back in its ordinary handling',
  'intercept.succeeded': 'Intercepted: the parcel comes back',
  'intercept.failed': 'Not intercepted: please decide the refund',
  'refund.reject_unlocked': 'No result after 72 hours: the refund may be rejected now',
  'refund.deadline_near': near,
  'refund.refunded': (detail) => `Refunded${amount(detail)}`,
  'refund.rejected': 'The refund was rejected',
  'refund.arbitration_requested': 'The platform arbitrates; the automatic refund is suspended',
  'refund.closed': 'The refund is closed',
  'return.returning': 'The parcel is on its way back',
  'return.signed': (detail) =>
    detail['returnTo'] === 'OUTLET'
      ? 'The pick-up outlet signed for the parcel on its return: please fetch it there'
      : 'The parcel was signed for on its return',
  'return.failed': (detail) =>
    `The return went wrong: ${word(RETURN_FAILURE, detail['returnFailure']) ?? 'cause unknown'}${mayLieAtOutlet(detail) ? ' (it goes to the pick-up outlet and may lie there: please ask the outlet)' : ''}`,
  'subscription.reviewed': (detail) => `An outlet ${detail['status'] === 'ACTIVE' ? 'approved' : 'refused'} the subscription`,
  'claim.updated': (detail) => `Claim ${word(CLAIM_STATUS, detail['status']) ?? 'has news'}`,
  REFUND_PAYMENT_FAILED: 'The platform failed to pay the refund; it is open again, please handle it',
  REFUND_UNCONFIRMED: (detail) =>
    `The platform has not confirmed a refund that was due${inBrackets(word(CAUSE, detail['cause']))}; please check there`,
  REFUND_REOPENED: 'The buyer asked for the refund again after its rejection',
  REJECTION_UNCONFIRMED: 'A rejection is over an hour old and the platform still shows the refund as open; please check there',
  REFUND_AMOUNT_RAISED: 'The buyer raised the amount; the automatic refund is stopped, please decide',
  REFUND_TYPE_CHANGED: 'The buyer changed the kind of request; the automatic refund is stopped, please decide',
  WAYBILL_CHANGED: 'The refund names another waybill than the intercepted one; the automatic refund is stopped, please decide',
  LATE_SUCCESS_AFTER_REJECTION: 'The parcel was caught after the refund had been rejected; please settle with the buyer',
  PARCEL_RETURNS_AFTER_WITHDRAWAL: 'The buyer withdrew the refund, but the parcel comes back; please contact the buyer',
  PARCEL_RETURNS_AFTER_REFUSAL: 'The carrier had refused the intercept, but the parcel comes back',
  ACTION_REFUSED_BY_PLATFORM: (detail) =>
    `The platform refused an action${inBrackets(typeof detail['code'] === 'string' ? detail['code'] : undefined)}`,
  PLATFORM_DEADLINE_EARLIER: 'The platform’s deadline is earlier than the automatic refund; please act soon',
  PLATFORM_AUTHORISATION_EXPIRING: 'The authorisation of the shop ends soon; please renew it',
  CARRIER_ACCESS_BROKEN: 'The connection to the carrier is being repaired; the intercept is sent as soon as it works',
  WEBHOOK_ENDPOINT_DISABLED: 'A webhook endpoint was disabled: its deliveries failed, or it asked for no more',
  QUARANTINE_GREW: (detail) => `${String(detail['count'] ?? 'Some')} messages of carriers or the platform were set aside to be looked at`,
  CLAIM_QUIET: 'A claim has not moved for days; please ask the outlet',
  CLAIM_VERDICT_MISSING: 'The carrier closed a claim without saying what it pays; please check and enter it',
  CLAIM_REFUSED_BY_CARRIER: 'The carrier did not take a claim; please print its sheet for the outlet',
  DECISION_ESCALATED: (detail) =>
    `Escalated${detail['deactivated'] === 1 ? ' to somebody deactivated (an owner has to see to it)' : ''}: nobody decided. ${near(detail)}`,
  NOTICE_CHANNEL_DISABLED: 'A notice channel was turned off: it took nothing for three days',
};

/** One line of English for a notice. A code of a newer version reads as itself. */
export function englishTitle(code: string, detail: NoticeDetail): string {
  const title = Object.hasOwn(TITLES, code) ? TITLES[code as NoticeCode] : code;
  return typeof title === 'string' ? title : title(detail);
}
