import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { ChannelKind, ChannelSettings } from '../domain/channel/channel.ts';
import type { ClaimGoods, ClaimKind, ClaimState, ClaimStatus } from '../domain/claim/claim.ts';
import type { ClaimLine } from '../domain/claim/progress.ts';
import type { LogLine } from '../domain/intercept/event.ts';
import type {
  AutomaticRefund,
  ForeignReason,
  InterceptInput,
  InterceptState,
  InterceptStatus,
  RefundCause,
  RefundStatus,
  ReturnFailure,
  ReturnStatus,
} from '../domain/intercept/state.ts';
import type { RefundFinding } from '../domain/intercept/unconfirmed.ts';
import type { Fen } from '../domain/money.ts';
import type { LineActionName, LineKind, LineStatus } from '../domain/settlement/line.ts';
import type { NoticeDetail } from '../domain/notice.ts';
import type { Role } from '../domain/role.ts';
import type { ProposalRule } from '../domain/decisions/settings.ts';
import type { RuleFacts } from '../domain/rules/facts.ts';
import type { JudgementCause, RuleVerdict } from '../domain/rules/judge.ts';
import type { RuleAction, RuleSet } from '../domain/rules/rule.ts';
import type { EpochMs } from '../domain/time.ts';
import type { TrackEvent, TrackSource } from '../domain/track.ts';

/** A jsonb column: read as `T`, written as `jsonb(value)` of values.ts. */
type Json<T> = ColumnType<T, T, T>;
/** A timestamptz column: read as epoch milliseconds, written and compared as `instant(at)` of values.ts. */
type DefaultInstant = Generated<EpochMs>;
/** A column that may be left out, then null. */
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>;

export type ShopStatus = 'OPERATING' | 'SUSPENDED';

interface ShopsTable {
  shop_id: string;
  platform: string;
  name: string;
  status: Generated<ShopStatus>;
  sandbox: Generated<boolean>;
  tokens_sealed: Optional<string>;
  authorisation_expires_at: Optional<EpochMs>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

interface ApiKeysTable {
  key_id: string;
  shop_id: string;
  label: string;
  secret_hash: Buffer;
  prefix: string;
  last4: string;
  scopes: string[];
  demo: Generated<boolean>;
  created_at: DefaultInstant;
  expires_at: Optional<EpochMs>;
  revoked_at: Optional<EpochMs>;
  last_used_at: Optional<EpochMs>;
}

interface IdempotencyKeysTable {
  key_id: string;
  operation: string;
  idempotency_key: string;
  fingerprint: string;
  holder: string;
  status: 'RUNNING' | 'DONE';
  response_status: Optional<number>;
  response_headers: Optional<Record<string, string>>;
  response_body: Optional<string>;
  created_at: DefaultInstant;
  held_until: EpochMs;
  expires_at: EpochMs;
}

interface StaffTable {
  staff_id: string;
  shop_id: string;
  name: string;
  role: Role;
  password_hash: string;
  must_change: Generated<boolean>;
  demo: Generated<boolean>;
  created_at: DefaultInstant;
  disabled_at: Optional<EpochMs>;
}

interface SignInAttemptsTable {
  shop_id: string;
  name: string;
  failed: number;
  last_at: DefaultInstant;
  locked_until: Optional<EpochMs>;
}

interface SessionsTable {
  session_hash: Buffer;
  staff_id: string;
  created_at: DefaultInstant;
  last_seen_at: DefaultInstant;
  revoked_at: Optional<EpochMs>;
}

interface ServiceAgreementsTable {
  agreement_id: GeneratedAlways<number>;
  shop_id: string;
  agreement_version: string;
  signed_at: DefaultInstant;
  signed_by: string;
  closed_at: Optional<EpochMs>;
  closed_by: Optional<string>;
  close_reason: Optional<string>;
}

export type SubscriptionStatus = 'PENDING' | 'ACTIVE' | 'REJECTED' | 'CLOSED';
export type SubscriptionSource = 'MERCHANT' | 'DEFAULT';

interface OutletSubscriptionsTable {
  subscription_id: string;
  shop_id: string;
  carrier: string;
  outlet_code: string;
  outlet_name: string;
  status: SubscriptionStatus;
  source: SubscriptionSource;
  reason: Optional<string>;
  created_at: DefaultInstant;
  reminded_at: Optional<EpochMs>;
  reviewed_at: Optional<EpochMs>;
  reviewed_by: Optional<string>;
  closed_at: Optional<EpochMs>;
}

interface OutletPricesTable {
  shop_id: string;
  carrier: string;
  outlet_code: string;
  effective_from: EpochMs;
  fee_fen: Fen;
  set_by: string;
  set_at: DefaultInstant;
}

interface WaybillsTable {
  shop_id: string;
  carrier: string;
  waybill_no: string;
  outlet_code: string;
  outlet_name: string;
  created_at: DefaultInstant;
}

interface PriceProtectionsTable {
  refund_id: string;
  said_at: DefaultInstant;
}

interface RateLimitsTable {
  name: string;
  full_at: EpochMs;
}

interface PlatformCursorsTable {
  shop_id: string;
  name: string;
  position: EpochMs;
  updated_at: DefaultInstant;
}

/** The rounds of the patrol that go through the shops. */
export type ShopRound = 'REFUNDS' | 'TOKENS';

interface ShopRoundsTable {
  shop_id: string;
  round: ShopRound;
  served_at: Optional<EpochMs>;
  due_at: EpochMs;
  failures: Generated<number>;
}

interface TrackEventsTable {
  track_id: GeneratedAlways<number>;
  scan_key: string;
  carrier: string;
  waybill_no: string;
  event: TrackEvent;
  occurred_at: EpochMs;
  received_at: DefaultInstant;
  outlet_code: string | null;
  outlet_name: string | null;
  text: string;
  source: TrackSource;
  raw: Json<unknown>;
}

export type InboxKind = 'TRACK' | 'RESULT' | 'PLATFORM' | 'ANSWER';
export type InboxStatus = 'PENDING' | 'DELIVERED' | 'SUPERSEDED' | 'QUARANTINED';

interface InboxTable {
  inbox_id: GeneratedAlways<number>;
  event_key: string;
  kind: InboxKind;
  carrier: Optional<string>;
  waybill_no: Optional<string>;
  refund_id: Optional<string>;
  shop_id: Optional<string>;
  payload: Json<unknown>;
  raw_body: Optional<Buffer>;
  received_at: DefaultInstant;
  status: Generated<InboxStatus>;
  reason: Optional<string>;
  attempts: Generated<number>;
  next_attempt_at: DefaultInstant;
  last_error: Optional<string>;
  settled_at: Optional<EpochMs>;
}

interface InboxDeliveriesTable {
  inbox_id: number;
  intercept_id: string;
  delivered_at: DefaultInstant;
}

interface WaybillMarksTable {
  carrier: string;
  waybill_no: string;
  last_push_at: Optional<EpochMs>;
  last_poll_at: Optional<EpochMs>;
}

interface ParcelsTable {
  carrier: string;
  waybill_no: string;
  leader_intercept_id: string | null;
}

/** STARTING: inserted, its run not yet known to have started. OPEN: its run lives. ENDED: its run ran its course. */
export type InterceptPhase = 'STARTING' | 'OPEN' | 'ENDED';

interface InterceptsTable {
  intercept_id: string;
  refund_id: string;
  attempt: number;
  shop_id: string;
  order_id: string;
  waybill_no: string;
  carrier: string;
  outlet_code: string;
  outlet_name: string;
  follows_intercept_id: string | null;
  evidence_from: EpochMs;
  scans_judged_at: Optional<EpochMs>;
  phase: InterceptPhase;
  start_input: Json<InterceptInput>;
  state: Json<InterceptState>;
  version: number;
  initiated_at: EpochMs;
  initiated_by: string;
  updated_at: EpochMs;
  recorded_at: DefaultInstant;
  reject_unlock_at: EpochMs;
  auto_refund_at: EpochMs;
  intercept_status: InterceptStatus;
  refund_status: RefundStatus;
  refund_cause: RefundCause | null;
  return_status: ReturnStatus | null;
  return_failure: ReturnFailure | null;
  automatic_refund: AutomaticRefund;
  refund_fee_fen: Fen;
  fee_fen: Fen | null;
  accepted_at: EpochMs | null;
  result_at: EpochMs | null;
  succeeded_at: EpochMs | null;
  refund_decided_at: EpochMs | null;
  refunded_at: EpochMs | null;
  return_signed_at: EpochMs | null;
  run_missing_since: Optional<EpochMs>;
  raw_removed_at: Optional<EpochMs>;
}

interface InterceptLogTable {
  log_id: GeneratedAlways<number>;
  intercept_id: string;
  initiated_at: EpochMs;
  version: number;
  n: number;
  at: EpochMs;
  actor_kind: LogLine['actorKind'];
  actor: string;
  what: string;
  before: Json<LogLine['before']>;
  after: Json<LogLine['after']>;
  reference: string | null;
  recorded_at: DefaultInstant;
}

interface PaymentCallsTable {
  call_id: GeneratedAlways<number>;
  call_key: string;
  refund_id: string;
  intercept_id: string;
  sequence: number;
  amount_fen: Fen;
  sent_at: EpochMs;
  answer: Optional<string>;
  answered_at: Optional<EpochMs>;
  refusal: ColumnType<ForeignReason | null, ForeignReason | null | undefined, ForeignReason | null>;
  recorded_at: DefaultInstant;
}

interface RefundChecksTable {
  refund_id: string;
  checks: number;
  last_checked_at: EpochMs;
  found: Optional<RefundFinding>;
}

interface OutboxTable {
  outbox_id: GeneratedAlways<number>;
  event_key: string;
  message_id: string;
  shop_id: string;
  intercept_id: string | null;
  sequence: number | null;
  type: string;
  payload: Json<unknown>;
  occurred_at: EpochMs;
  created_at: DefaultInstant;
  dispatched_at: Optional<EpochMs>;
}

interface NoticesTable {
  notice_id: GeneratedAlways<number>;
  event_key: string;
  shop_id: string;
  intercept_id: string | null;
  kind: 'NOTICE' | 'EVENT';
  code: string;
  at: EpochMs;
  reference: Optional<string>;
  detail: ColumnType<NoticeDetail, NoticeDetail | undefined, NoticeDetail>;
  created_at: DefaultInstant;
  unshared: Generated<boolean>;
}

interface NoticeChannelsTable {
  channel_id: string;
  shop_id: string;
  kind: ChannelKind;
  settings: Json<ChannelSettings>;
  target_sealed: string;
  target_shown: string;
  enabled: Generated<boolean>;
  disabled_reason: Optional<'FAILING'>;
  failing_since: Optional<EpochMs>;
  failed_attempts: Generated<number>;
  last_error: Optional<string>;
  last_error_at: Optional<EpochMs>;
  last_sent_at: Optional<EpochMs>;
  held_until: DefaultInstant;
  tested_at: Optional<EpochMs>;
  created_at: DefaultInstant;
}

interface ChannelNoticesTable {
  channel_id: string;
  notice_id: number;
  due_at: EpochMs;
  sent_at: Optional<EpochMs>;
}

interface NoticeMarksTable {
  shop_id: string;
  reader: string;
  read_up_to: number;
}

interface NoticeReadsTable {
  reader: string;
  notice_id: number;
  read_at: DefaultInstant;
}

interface LedgerLinesTable {
  line_id: string;
  shop_id: string;
  carrier: string;
  outlet_code: string;
  outlet_name: string;
  intercept_id: string;
  waybill_no: string;
  claim_id: Optional<string>;
  corrects_line_id: Optional<string>;
  kind: LineKind;
  amount_fen: Fen | null;
  occurred_at: EpochMs;
  note: Optional<string>;
  recorded_at: DefaultInstant;
}

interface LedgerStandingsTable {
  line_id: string;
  shop_id: string;
  status: LineStatus;
  occurred_at: EpochMs;
}

interface LedgerActionsTable {
  action_id: GeneratedAlways<number>;
  line_id: string;
  action: LineActionName;
  amount_fen: Optional<Fen>;
  reason: Optional<string>;
  actor: string;
  at: DefaultInstant;
}

interface FilesTable {
  file_id: string;
  shop_id: string;
  name: string;
  content_type: string;
  sha256: Buffer;
  bytes: Buffer;
  uploaded_by: string;
  created_at: DefaultInstant;
}

interface ClaimsTable {
  claim_id: string;
  shop_id: string;
  intercept_id: string;
  carrier: string;
  outlet_code: string;
  outlet_name: string;
  waybill_no: string;
  kind: ClaimKind;
  status: ClaimStatus;
  contact_phone: string;
  goods: Json<ClaimGoods[]>;
  claimed_fen: Fen;
  awarded_fen: Optional<Fen>;
  description: string;
  evidence: string[];
  carrier_reference: Optional<string>;
  opened_by: string;
  state: Json<ClaimState>;
  run_started_at: Optional<EpochMs>;
  run_missing_since: Optional<EpochMs>;
  version: Generated<number>;
  created_at: DefaultInstant;
  updated_at: DefaultInstant;
}

interface ClaimEventsTable {
  claim_event_id: GeneratedAlways<number>;
  event_key: string;
  claim_id: string;
  at: EpochMs;
  actor_kind: ClaimLine['actorKind'];
  actor: string;
  what: string;
  detail: Json<ClaimLine['detail']>;
  recorded_at: DefaultInstant;
}

interface WebhookEndpointsTable {
  endpoint_id: string;
  shop_id: string;
  url: string;
  types: string[];
  secrets_sealed: string[];
  enabled: Generated<boolean>;
  disabled_reason: Optional<string>;
  failing_since: Optional<EpochMs>;
  created_at: DefaultInstant;
  deleted_at: Optional<EpochMs>;
}

interface WebhookDeliveriesTable {
  delivery_id: string;
  endpoint_id: string;
  outbox_id: number | null;
  message_id: string;
  shop_id: string;
  type: string;
  body: string;
  status: 'PENDING' | 'DELIVERED' | 'FAILED';
  attempts: Generated<number>;
  created_at: DefaultInstant;
  next_attempt_at: Optional<EpochMs>;
  settled_at: Optional<EpochMs>;
  handed_over_at: Optional<EpochMs>;
  uncounted_attempts: Generated<number>;
  failure: Optional<string>;
}

interface WebhookAttemptsTable {
  delivery_id: string;
  attempt: number;
  at: EpochMs;
  duration_ms: number;
  response_status: number | null;
  error: string | null;
}

interface CarrierAccessFaultsTable {
  carrier: string;
  operation: string;
  code: string | null;
  message: string;
  last_at: DefaultInstant;
}

interface TrackSubscriptionsTable {
  carrier: string;
  waybill_no: string;
  status: Generated<'PENDING' | 'SUBSCRIBED' | 'REFUSED'>;
  phone_tail: Optional<string>;
  attempts: Generated<number>;
  next_attempt_at: DefaultInstant;
  last_error: Optional<string>;
  settled_at: Optional<EpochMs>;
  created_at: DefaultInstant;
}

interface RuleVersionsTable {
  shop_id: string;
  version: number;
  rule_set: Json<RuleSet>;
  saved_by: string;
  saved_at: DefaultInstant;
}

interface RuleTasksTable {
  refund_id: string;
  shop_id: string;
  seen_at: EpochMs;
  due_at: DefaultInstant;
  held_until: Optional<EpochMs>;
  attempts: Generated<number>;
  last_error: Optional<string>;
}

interface RuleJudgementsTable {
  judgement_id: GeneratedAlways<number>;
  shop_id: string;
  refund_id: string;
  version: number;
  decision: RuleAction;
  cause: JudgementCause;
  rule_id: string | null;
  buyer_key: string | null;
  facts: Json<RuleFacts>;
  verdicts: Json<RuleVerdict[]>;
  seen_at: EpochMs;
  judged_at: DefaultInstant;
}

interface RuleReservationsTable {
  refund_id: string;
  shop_id: string;
  rule_id: string;
  judgement_id: number;
  day: string;
  fee_fen: Fen;
  state: Generated<'RESERVED' | 'USED' | 'RELEASED'>;
  reserved_at: DefaultInstant;
}

interface DecisionSettingsTable {
  shop_id: string;
  version: number;
  proposals: Json<readonly ProposalRule[]>;
  remind_hours: number[];
  escalate_to: string | null;
  escalate_hours: number | null;
  saved_by: string;
  saved_at: DefaultInstant;
}

/** A page of the console whose list can be kept as a view. */
export type SavedViewPage = 'WORKBENCH' | 'INTERCEPTS' | 'CLAIMS';

interface SavedViewsTable {
  view_id: string;
  staff_id: string;
  page: SavedViewPage;
  name: string;
  query: string;
  created_at: DefaultInstant;
}

interface ReturnAddressesTable {
  shop_id: string;
  version: number;
  sealed: string | null;
  saved_by: string;
  saved_at: DefaultInstant;
}

interface RetentionSweepsTable {
  name: string;
  position: Generated<number>;
  removed: Generated<number>;
  pass_ended_at: Optional<EpochMs>;
  resumes_at: DefaultInstant;
}

/** What was done with what is personal: shown to somebody, erased, given out. */
export type PersonalDataDeed = 'PHONE_SHOWN' | 'FILE_SHOWN' | 'ORDER_ERASED' | 'SHOP_ERASED' | 'SHOP_EXPORTED';

interface PersonalDataLogTable {
  entry_id: GeneratedAlways<number>;
  shop_id: string;
  at: DefaultInstant;
  actor: string;
  what: PersonalDataDeed;
  about: string;
  detail: Json<Record<string, string | number>>;
}

/** Every table of migrations/, by name. */
export interface Tables {
  shops: ShopsTable;
  api_keys: ApiKeysTable;
  idempotency_keys: IdempotencyKeysTable;
  staff: StaffTable;
  sign_in_attempts: SignInAttemptsTable;
  sessions: SessionsTable;
  service_agreements: ServiceAgreementsTable;
  outlet_subscriptions: OutletSubscriptionsTable;
  outlet_prices: OutletPricesTable;
  waybills: WaybillsTable;
  platform_cursors: PlatformCursorsTable;
  price_protections: PriceProtectionsTable;
  rate_limits: RateLimitsTable;
  shop_rounds: ShopRoundsTable;
  track_events: TrackEventsTable;
  inbox: InboxTable;
  inbox_deliveries: InboxDeliveriesTable;
  waybill_marks: WaybillMarksTable;
  parcels: ParcelsTable;
  intercepts: InterceptsTable;
  intercept_log: InterceptLogTable;
  payment_calls: PaymentCallsTable;
  refund_checks: RefundChecksTable;
  outbox: OutboxTable;
  notices: NoticesTable;
  notice_marks: NoticeMarksTable;
  notice_reads: NoticeReadsTable;
  notice_channels: NoticeChannelsTable;
  channel_notices: ChannelNoticesTable;
  ledger_lines: LedgerLinesTable;
  ledger_standings: LedgerStandingsTable;
  ledger_actions: LedgerActionsTable;
  files: FilesTable;
  claims: ClaimsTable;
  claim_events: ClaimEventsTable;
  webhook_endpoints: WebhookEndpointsTable;
  webhook_deliveries: WebhookDeliveriesTable;
  webhook_attempts: WebhookAttemptsTable;
  carrier_access_faults: CarrierAccessFaultsTable;
  track_subscriptions: TrackSubscriptionsTable;
  rule_versions: RuleVersionsTable;
  rule_tasks: RuleTasksTable;
  rule_judgements: RuleJudgementsTable;
  rule_reservations: RuleReservationsTable;
  decision_settings: DecisionSettingsTable;
  saved_views: SavedViewsTable;
  return_addresses: ReturnAddressesTable;
  retention_sweeps: RetentionSweepsTable;
  personal_data_log: PersonalDataLogTable;
}
