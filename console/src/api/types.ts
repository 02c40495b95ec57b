import type { components, operations } from '../../../client/src/schema.ts';

type Schemas = components['schemas'];
export type Intercept = Schemas['Intercept'];
export type Preview = Schemas['InterceptPreview'];
export type ReturnTo = Preview['returnsTo'][number];
export type ReturnAddress = Schemas['ReturnAddress'];
export type Refund = Schemas['Refund'];
export type Service = Schemas['Service'];
export type Outlet = Schemas['Outlet'];
export type Claim = Schemas['Claim'];
export type LedgerLine = Schemas['LedgerLine'];
export type Statement = Schemas['Statement'];
export type Statistics = Schemas['Statistics'];
export type Deadlines = Schemas['Deadlines'];
export type Notice = Schemas['Notice'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookDelivery = Schemas['WebhookDelivery'];
export type StoredFile = Schemas['File'];
export type OutletPrice = Schemas['OutletPrice'];
export type PersonalDataEntry = Schemas['PersonalDataEntry'];
export type Carrier = Intercept['carrier'];
export type Rules = Schemas['Rules'];
export type Rule = Rules['rules'][number];
export type RuleLimits = Rules['limits'];
export type NoticeChannel = Schemas['NoticeChannel'];
export type RuleConditions = Rule['conditions'];
export type Proposal = NonNullable<Intercept['proposal']>;
export type DecisionSettings = Schemas['DecisionSettings'];
export type Judgement = Schemas['Judgement'];
export type ActionName = Intercept['allowedActions'][number]['action'];
export type AllowedAction = Intercept['allowedActions'][number];
export type WarningCode = Preview['warnings'][number]['code'];

/** What a 200 of an operation carries. */
type Answer<O extends keyof operations> = operations[O] extends { responses: { 200: { content: { 'application/json': infer B } } } }
  ? B
  : never;
export type TrackItem = Answer<'getInterceptTrack'>['items'][number];
export type AuditEntry = Answer<'listInterceptEvents'>['items'][number];
export type BatchResult = Answer<'createInterceptBatch'>['results'][number];
export type DecisionResult = Answer<'approveRefundBatch'>['results'][number];
export type RejectReason = Answer<'listRejectReasons'>['items'][number];
export type InterceptsQuery = NonNullable<operations['listIntercepts']['parameters']['query']>;
export type DryRun = Answer<'dryRunRules'>;
export type StatisticsQuery = NonNullable<operations['getStatistics']['parameters']['query']>;
export type LineAction = 'confirm' | 'dispute' | 'waive' | 'settle';

/** What a person of a shop is; what each may do the service tells. */
export type Role = 'OWNER' | 'OPERATOR' | 'FINANCE' | 'VIEWER';
