import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS, shanghaiMonth, toShanghaiText } from '../../domain/time.ts';
import { findKey } from '../../store/api-keys.ts';
import { missedChanges, settledSequence } from '../../store/case-changes.ts';
import { missingClaimRunCount, openClaims } from '../../store/claim-watch.ts';
import { listClaims, unstartedClaims } from '../../store/claims.ts';
import type { Db } from '../../store/db.ts';
import { deadlinesAhead } from '../../store/deadlines.ts';
import { claimDue, pendingEvidence } from '../../store/inbox.ts';
import { inboxDepth } from '../../store/inbox-depth.ts';
import { type InterceptFilter, listIntercepts } from '../../store/intercept-list.ts';
import { listLog } from '../../store/intercept-log.ts';
import { staleStarting } from '../../store/intercept-opening.ts';
import { findByRefunds, interceptsOf } from '../../store/intercept-reading.ts';
import {
  missingRunCount,
  missingRuns,
  nearDeadlines,
  oldestOpenCase,
  openRecordCount,
  openRecordIds,
  overdueArmedCount,
  refundsToCheck,
  untoldOfExpiry,
} from '../../store/intercept-watch.ts';
import { escalationsOf, undecidedCases } from '../../store/escalations.ts';
import { type LineFilter, listLines } from '../../store/ledger.ts';
import { statementLines } from '../../store/statement-lines.ts';
import { listNotices, markAllNoticesRead, tellQuarantineGrowth, unreadNotices } from '../../store/notices.ts';
import { channelLag, claimChannels, dueNotices, shareNotices } from '../../store/channel-notices.ts';
import { dispatchOutbox, replayOutbox } from '../../store/outbox-dispatch.ts';
import { retentionProgress, takeStep } from '../../store/retention.ts';
import type { Retention } from '../../domain/retention.ts';
import { RETAINED_KINDS } from '../../store/retention-steps.ts';
import { dueSoonCount, openCases } from '../../store/open-work.ts';
import { paymentCallsOf } from '../../store/payment-calls.ts';
import { listSessions } from '../../store/sessions.ts';
import { claimShops, refundListLag } from '../../store/shop-rounds.ts';
import { interceptStatistics } from '../../store/statistics.ts';
import { listTrack } from '../../store/track.ts';
import { countUnconfirmed, untoldUnconfirmed } from '../../store/unconfirmed-refunds.ts';
import { dueSubscriptions, failingSubscriptionCount } from '../../store/track-subscriptions.ts';
import { dueWaybills, pollLag } from '../../store/waybill-marks.ts';
import { claimDeliveries, outgoingDepth } from '../../store/webhook-deliveries.ts';
import { listDeliveries } from '../../store/webhook-delivery-log.ts';
import { countWork } from '../../store/work-counters.ts';
import { freeCrossedEvidence } from '../../evidence/known-waybills.ts';
import { pollPace } from '../../evidence/poll-carriers.ts';
import { REFUNDS_CURSOR } from '../../evidence/sync-refunds.ts';
import { BIG_SHOP, CHANNEL, ENDPOINT, READER, SMALL_SHOP } from './load.ts';

/** Something the service asks its database again and again. */
export interface GrowthQuery {
  name: string;
  serves: 'page' | 'figures' | 'pump' | 'gauge' | 'patrol';
  run(db: Db, at: EpochMs): Promise<unknown>;
}

const PAGE = { limit: 50, after: null };
const ENDED_CASE = { waybillNo: '73100000000036', refundId: '24000000000036', interceptId: '24000000000036-1', orderId: '2536' };

function page(name: string, run: GrowthQuery['run']): GrowthQuery {
  return { name, serves: 'page', run };
}

function intercepts(name: string, filter: (at: EpochMs) => Omit<InterceptFilter, 'shopId'>): GrowthQuery {
  return page(`intercepts ${name}`, (db, at) => listIntercepts(db, { shopId: BIG_SHOP, ...filter(at) }, PAGE));
}

function lines(name: string, filter: Omit<LineFilter, 'shopId'>): GrowthQuery {
  return page(`ledger lines ${name}`, (db) => listLines(db, { shopId: BIG_SHOP, ...filter }, PAGE));
}

const PAGES: GrowthQuery[] = [
  intercepts('newest', () => ({})),
  intercepts('of a carrier', () => ({ carrier: 'ZTO' })),
  intercepts('of an outlet', () => ({ outletCode: 'O16' })),
  intercepts('of a waybill', () => ({ waybillNo: ENDED_CASE.waybillNo })),
  intercepts('of a refund', () => ({ refundId: ENDED_CASE.refundId })),
  intercepts('of an order', () => ({ orderId: ENDED_CASE.orderId })),
  intercepts('of the end of a phone', () => ({ phoneTail: '0036' })),
  intercepts('open', () => ({ refundStatus: 'OPEN' })),
  intercepts('returns in trouble', () => ({ returnStatus: 'RETURN_FAILED' })),
  intercepts('of a month long ago', (at) => ({ initiatedFrom: at - 200 * DAY_MS, initiatedTo: at - 170 * DAY_MS })),
  intercepts('due before a day long ago', (at) => ({ autoRefundBefore: at - 200 * DAY_MS })),
  intercepts('changed lately', (at) => ({ updatedFrom: at - HOUR_MS })),
  intercepts('to handle', () => ({ workList: 'TO_HANDLE' })),
  intercepts('due within 24 h', () => ({ workList: 'DUE_WITHIN_24H' })),
  intercepts('intercepting', () => ({ workList: 'INTERCEPTING' })),
  intercepts('rejectable', () => ({ workList: 'REJECTABLE' })),
  page('intercepts newest, of a small shop', (db) => listIntercepts(db, { shopId: SMALL_SHOP }, PAGE)),
  page('intercepts to handle, of a small shop', (db) => listIntercepts(db, { shopId: SMALL_SHOP, workList: 'TO_HANDLE' }, PAGE)),
  page('work bench counters, of a small shop', (db) => countWork(db, SMALL_SHOP)),
  page('ledger lines newest, of a small shop', (db) => listLines(db, { shopId: SMALL_SHOP }, PAGE)),
  page('notices newest, of a small shop', (db) => listNotices(db, { shopId: SMALL_SHOP, reader: READER }, PAGE)),
  page('notices unread counted, of a small shop', (db) => unreadNotices(db, SMALL_SHOP, READER, 1_000)),
  page('notices marked read, of a small shop', (db) => markAllNoticesRead(db, SMALL_SHOP, READER, null)),
  page('track of a case', (db) => listTrack(db, 'YTO', ENDED_CASE.waybillNo)),
  page('work bench counters', (db) => countWork(db, BIG_SHOP)),
  page('claims newest', (db) => listClaims(db, { shopId: BIG_SHOP }, PAGE)),
  page('claims open', (db) => listClaims(db, { shopId: BIG_SHOP, workList: 'CLAIMING' }, PAGE)),
  page('claims of a waybill', (db) => listClaims(db, { shopId: BIG_SHOP, waybillNo: ENDED_CASE.waybillNo }, PAGE)),
  page('claims of an outlet', (db) => listClaims(db, { shopId: BIG_SHOP, carrier: 'YTO', outletCode: 'O16' }, PAGE)),
  page('claims of a case', (db) => listClaims(db, { shopId: BIG_SHOP, interceptId: ENDED_CASE.interceptId }, PAGE)),
  page('log of a case', (db) => listLog(db, ENDED_CASE.interceptId)),
  page('payment calls of a refund', (db) => paymentCallsOf(db, ENDED_CASE.refundId)),
  lines('newest', {}),
  lines('disputed', { status: 'DISPUTED' }),
  lines('without price', { status: 'PRICE_MISSING' }),
  lines('of an outlet', { carrier: 'YTO', outletCode: 'O16' }),
  lines('of a waybill', { waybillNo: ENDED_CASE.waybillNo }),
  lines('of a claim', { claimId: 'clm_1' }),
  lines('of a case', { interceptId: ENDED_CASE.interceptId }),
  page('notices newest', (db) => listNotices(db, { shopId: BIG_SHOP, reader: READER }, PAGE)),
  page('notices unread, all read', (db) => listNotices(db, { shopId: BIG_SHOP, reader: READER, unread: true }, PAGE)),
  page('escalations of cases', (db) => escalationsOf(db, [ENDED_CASE.interceptId])),
  page('notices of a case', (db) => listNotices(db, { shopId: BIG_SHOP, reader: READER, interceptId: ENDED_CASE.interceptId }, PAGE)),
  page('notices unread counted, all read', (db) => unreadNotices(db, BIG_SHOP, READER, 1_000)),
  page('notices marked read, all read', (db) => markAllNoticesRead(db, BIG_SHOP, READER, null)),
  page('webhook deliveries newest', (db) => listDeliveries(db, { shopId: BIG_SHOP, endpointId: ENDPOINT }, PAGE)),
  page('webhook deliveries failed', (db) => listDeliveries(db, { shopId: BIG_SHOP, endpointId: ENDPOINT, status: 'FAILED' }, PAGE)),
  page('sessions', (db) => listSessions(db, { shopId: BIG_SHOP }, { idleMs: 8 * HOUR_MS, absoluteMs: 7 * DAY_MS })),
  page('API key', (db) => findKey(db, 'ik_live_growth')),
  page('live updates missed', async (db) => missedChanges(db, BIG_SHOP, (await settledSequence(db)) - 20, 50)),
];

/** The last whole Shanghai month before a day two months ago. */
const month = (at: EpochMs) => shanghaiMonth(toShanghaiText(at - 60 * DAY_MS).slice(0, 7));

const FIGURES: GrowthQuery[] = [
  {
    name: 'statistics of a month',
    serves: 'figures',
    run: (db, at) => interceptStatistics(db, BIG_SHOP, { from: month(at).start, to: month(at).end }, 'outlet'),
  },
  {
    name: 'statistics of a month by rule',
    serves: 'figures',
    run: (db, at) => interceptStatistics(db, BIG_SHOP, { from: month(at).start, to: month(at).end }, 'rule'),
  },
  { name: 'deadlines ahead', serves: 'figures', run: (db) => deadlinesAhead(db, BIG_SHOP, 8 * DAY_MS) },
  {
    name: 'statement, one page',
    serves: 'figures',
    run: (db, at) => statementLines(db, { shopId: BIG_SHOP }, month(at), null, 50),
  },
];

const DUE = { endpoints: 64, perEndpoint: 8, leaseMs: MINUTE_MS, lateMs: 10 * MINUTE_MS, exceptEndpoints: [] };

const PUMPS: GrowthQuery[] = [
  { name: 'inbox: claim', serves: 'pump', run: (db) => claimDue(db, 200) },
  { name: 'inbox: evidence that crossed a create', serves: 'pump', run: (db) => freeCrossedEvidence(db, 10 * MINUTE_MS) },
  {
    name: 'inbox: cases of a waybill',
    serves: 'pump',
    run: (db) =>
      interceptsOf(db, [
        { carrier: 'YTO', waybillNo: ENDED_CASE.waybillNo },
        { carrier: 'YTO', waybillNo: 'of nobody' },
      ]),
  },
  {
    name: 'inbox: what a case was not given',
    serves: 'pump',
    run: (db) => pendingEvidence(db, 'YTO', ENDED_CASE.waybillNo, ENDED_CASE.interceptId),
  },
  { name: 'outbox: dispatch', serves: 'pump', run: (db) => dispatchOutbox(db, 200, () => '{}') },
  { name: 'outbox: deliveries due', serves: 'pump', run: (db) => claimDeliveries(db, DUE) },
  { name: 'channels: notices shared', serves: 'pump', run: (db) => shareNotices(db, 200) },
  { name: 'channels: claim', serves: 'pump', run: (db) => claimChannels(db, 16) },
  { name: 'channels: what is due', serves: 'pump', run: (db) => dueNotices(db, CHANNEL, 200) },
  { name: 'outbox: quarantine told', serves: 'pump', run: (db) => tellQuarantineGrowth(db) },
  {
    name: 'outbox: replay of an hour',
    serves: 'pump',
    run: (db, at) =>
      replayOutbox(
        db,
        { shopId: BIG_SHOP, endpointId: ENDPOINT, types: ['intercept.succeeded'], from: at - HOUR_MS, to: null, limit: 100 },
        () => '{}',
      ),
  },
];

const GAUGES: GrowthQuery[] = [
  { name: 'inbox depth', serves: 'gauge', run: (db) => inboxDepth(db) },
  { name: 'outgoing depth', serves: 'gauge', run: (db) => outgoingDepth(db) },
  { name: 'lag of channels', serves: 'gauge', run: (db) => channelLag(db) },
  { name: 'open cases by status', serves: 'gauge', run: (db) => openCases(db) },
  { name: 'refunds due soon', serves: 'gauge', run: (db) => dueSoonCount(db, HOUR_MS) },
  { name: 'overdue refunds', serves: 'gauge', run: (db) => overdueArmedCount(db, MINUTE_MS) },
  { name: 'unconfirmed payments', serves: 'gauge', run: (db) => countUnconfirmed(db, 10 * MINUTE_MS) },
  { name: 'claims without run', serves: 'gauge', run: (db) => missingClaimRunCount(db) },
  { name: 'subscriptions that fail', serves: 'gauge', run: (db) => failingSubscriptionCount(db) },
  { name: 'poll lag', serves: 'gauge', run: (db) => pollLag(db, pollPace(5 * MINUTE_MS)) },
  { name: 'lag of refund lists', serves: 'gauge', run: (db) => refundListLag(db, REFUNDS_CURSOR) },
  { name: 'removal of old', serves: 'gauge', run: (db) => retentionProgress(db) },
  { name: 'cases without run', serves: 'gauge', run: (db) => missingRunCount(db) },
];

const PATROL: GrowthQuery[] = [
  { name: 'starts not finished', serves: 'patrol', run: (db) => staleStarting(db, MINUTE_MS) },
  { name: 'open records counted', serves: 'patrol', run: (db) => openRecordCount(db) },
  { name: 'open records', serves: 'patrol', run: (db) => openRecordIds(db, 5_000) },
  { name: 'records without run', serves: 'patrol', run: (db) => missingRuns(db) },
  { name: 'claims not started', serves: 'patrol', run: (db) => unstartedClaims(db, MINUTE_MS, 100) },
  { name: 'open claims', serves: 'patrol', run: (db) => openClaims(db, { afterId: null, limit: 100, settledForMs: 5_000 }) },
  { name: 'subscriptions due', serves: 'patrol', run: (db) => dueSubscriptions(db, 'ZTO', 200) },
  { name: 'waybills due', serves: 'patrol', run: (db) => dueWaybills(db, 'ZTO', pollPace(5 * MINUTE_MS), 100) },
  { name: 'shops due', serves: 'patrol', run: (db) => claimShops(db, 'REFUNDS', 50) },
  { name: 'oldest case of a shop', serves: 'patrol', run: (db) => oldestOpenCase(db, BIG_SHOP) },
  { name: 'expiring authorisations', serves: 'patrol', run: (db) => untoldOfExpiry(db, 7 * DAY_MS, 500) },
  { name: 'cases of listed refunds', serves: 'patrol', run: (db) => findByRefunds(db, BIG_SHOP, [ENDED_CASE.refundId]) },
  { name: 'unconfirmed payments not told', serves: 'patrol', run: (db) => untoldUnconfirmed(db, 10 * MINUTE_MS, 1_000) },
  { name: 'near deadlines', serves: 'patrol', run: (db) => nearDeadlines(db, 200) },
  { name: 'undecided cases', serves: 'patrol', run: (db) => undecidedCases(db, 200) },
  ...(['OPEN', 'REFUNDING', 'UNDER_ARBITRATION', 'REJECTED'] as const).map(
    (refundStatus): GrowthQuery => ({
      name: `refunds to check: ${refundStatus}`,
      serves: 'patrol',
      run: (db) => refundsToCheck(db, { refundStatus, uncheckedForMs: 30 * MINUTE_MS, limit: 100 }),
    }),
  ),
];

const RETENTION: Retention = {
  inboxMs: 30 * DAY_MS,
  unknownWaybillsMs: 3 * DAY_MS,
  quarantineMs: 180 * DAY_MS,
  scansMs: 10 * DAY_MS,
  rawMs: 180 * DAY_MS,
  webhooksMs: 30 * DAY_MS,
  noticesMs: 180 * DAY_MS,
  sessionsMs: 30 * DAY_MS,
  waybillsMs: 180 * DAY_MS,
  judgementsMs: 180 * DAY_MS,
};

const REMOVALS = RETAINED_KINDS.map(
  (kind): GrowthQuery => ({ name: `removal of old: ${kind}`, serves: 'patrol', run: (db) => takeStep(db, kind, RETENTION, 200) }),
);

/** Everything that is asked while nobody looks, and whenever somebody does. */
export const GROWTH_QUERIES: readonly GrowthQuery[] = [...PAGES, ...FIGURES, ...PUMPS, ...GAUGES, ...PATROL, ...REMOVALS];
