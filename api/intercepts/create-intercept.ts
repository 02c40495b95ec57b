import { type Eligibility, judgeEligibility } from '../../domain/eligibility/eligibility.ts';
import { summariseTrack } from '../../domain/eligibility/track-summary.ts';
import type { ReturnTo } from '../../domain/intercept/return-to.ts';
import type { InterceptState } from '../../domain/intercept/state.ts';
import type { Fen } from '../../domain/money.ts';
import { openCase } from '../../evidence/at-create.ts';
import type { InterceptDraft, Opening } from '../../store/intercept-opening.ts';
import { findByRefund, findIntercept } from '../../store/intercept-reading.ts';
import type { InterceptRecord } from '../../store/intercept-row.ts';
import { keepPhoneTail } from '../../store/track-subscriptions.ts';
import type { AppDeps } from '../deps.ts';
import type { Caller } from '../http/request.ts';
import type { ProblemCode } from '../problems/catalogue.ts';
import { isProblem, type Language, problem } from '../problems/problem.ts';
import { type GatheredFacts, gatherFacts } from './gather-facts.ts';
import { expectedFee, showFindings } from './preview-intercept.ts';
import { readIntercept, type ShownIntercept, showRecord } from './read-intercept.ts';
import { startRun } from './start-run.ts';

export interface CreateRequest {
  refundId: string;
  confirm: boolean;
  /** Codes of warnings the merchant has seen. */
  acknowledge: readonly string[];
  /** Where the parcel is to go; undefined: to the sender, a shared one where its intercept sends it. */
  returnTo?: ReturnTo | undefined;
  language: Language;
}

/** 201: the carrier answered; 202: it has not yet; 200: there was one before. */
export interface Created {
  status: 200 | 201 | 202;
  intercept: ShownIntercept;
}

/**
 * Starts an intercept (R25). One transaction decides who is first, the workflow engine that there is one run; so repeats
 * and parallel calls are safe, and a repeat after a 503 starts or finds what was begun. Throws the problems of the
 * contract: unconfirmed, not eligible with every reason, a return the carrier does not offer, warnings not acknowledged, refused too often.
 */
export async function createIntercept(
  deps: AppDeps,
  { shopId, actor }: Pick<Caller, 'shopId' | 'actor'>,
  request: CreateRequest,
): Promise<Created> {
  if (!request.confirm) throw problem('CONFIRMATION_REQUIRED');
  const { refundId, returnTo, language } = request;
  const permit = async ({ facts, returnsTo }: GatheredFacts): Promise<Permission> => {
    requireEligible(judgeEligibility(facts), returnsTo, request);
    return { initiatedBy: actor, returnTo };
  };
  const created = await startIntercept(deps, { shopId, refundId, language }, permit).catch(async (error) => {
    // Who gathered while another click's case began is judged by what came since; that case is the answer nevertheless.
    const isJudgement = isProblem(error) && JUDGEMENTS.includes(error.code);
    const begun = isJudgement ? await findLive(deps, shopId, refundId) : null;
    if (begun === null) throw error;
    return useExisting(deps, begun);
  });
  if (created === null) throw new Error('a merchant is told why not by a problem, never by nothing');
  return created;
}

const JUDGEMENTS: readonly ProblemCode[] = ['INTERCEPT_NOT_ELIGIBLE', 'RETURN_NOT_OFFERED', 'WARNINGS_NOT_ACKNOWLEDGED'];

/** Who starts an intercept, on these facts: a person, who may say where the parcel is to go, or a rule that was confirmed once for all. */
export type Permission = Pick<InterceptDraft, 'initiatedBy' | 'rule' | 'returnTo'>;

/**
 * The one way in which an intercept begins, whoever wants it. `permit` judges the gathered facts and says in whose name the case
 * begins, or null: then there is none. It is asked again when the facts changed before the case was there.
 */
export async function startIntercept(
  deps: AppDeps,
  { shopId, refundId, language }: { shopId: string; refundId: string; language: Language },
  permit: (gathered: GatheredFacts, feeFen: Fen | null) => Promise<Permission | null>,
): Promise<Created | null> {
  const latest = await findLive(deps, shopId, refundId);
  if (latest !== null) return useExisting(deps, latest);
  for (;;) {
    const gathered = await gatherFacts(deps, shopId, refundId);
    const feeFen = await expectedFee(deps, shopId, gathered);
    const permission = await permit(gathered, feeFen);
    if (permission === null) return null;
    const { scans, judged, phoneTail } = gathered;
    const draft = makeDraft(deps, shopId, gathered, feeFen, permission);
    const opening = await openCase(deps.db, draft, { ...judged, scans });
    if (opening.kind === 'CREATED' && phoneTail !== null) await keepPhoneTail(deps.db, draft, phoneTail);
    // Somebody else's create of this parcel came between, or its case ended: only others' progress leads here.
    if (opening.kind !== 'FACTS_CHANGED') return proceed(deps, opening, language);
  }
}

/** The refund's latest intercept, unless the carrier refused it: then another may begin. */
async function findLive(deps: AppDeps, shopId: string, refundId: string): Promise<InterceptRecord | null> {
  const latest = await findByRefund(deps.db, refundId);
  return latest?.shopId === shopId && latest.state.interceptStatus !== 'REJECTED_BY_CARRIER' ? latest : null;
}

async function proceed(deps: AppDeps, opening: Exclude<Opening, { kind: 'FACTS_CHANGED' }>, language: Language): Promise<Created> {
  switch (opening.kind) {
    case 'CREATED':
      return answerStarted(deps, opening.state, await startRun(deps, opening.state));
    case 'EXISTING':
      return useExisting(deps, opening.record);
    case 'REFUSED_TOO_OFTEN':
      throw refusedTooOften(opening.refusal, language);
  }
}

async function answerStarted(deps: AppDeps, state: InterceptState, view: Awaited<ReturnType<typeof startRun>>): Promise<Created> {
  if (view !== null) return { status: view.interceptStatus === 'REQUESTED' ? 202 : 201, intercept: { ...view, source: 'workflow' } };
  const { shopId, interceptId } = state.input;
  const record = await findIntercept(deps.db, shopId, interceptId);
  if (record === null) throw problem('ENGINE_UNAVAILABLE');
  const intercept = await showRecord(deps, record);
  return { status: intercept.interceptStatus === 'REQUESTED' ? 202 : 201, intercept };
}

/** A row without a known run was left by a create that could not reach the engine, or by one that is just under way: join it. */
async function useExisting(deps: AppDeps, record: InterceptRecord): Promise<Created> {
  if (record.phase !== 'STARTING') return { status: 200, intercept: await readIntercept(deps, record) };
  const { intercept } = await answerStarted(deps, record.state, await startRun(deps, record.state));
  return { status: 200, intercept };
}

function requireEligible({ reasons, warnings }: Eligibility, returnsTo: readonly ReturnTo[], request: CreateRequest): void {
  const { acknowledge, returnTo, language } = request;
  const refusal = reasons.find(({ code }) => code === 'CARRIER_REFUSED');
  if (reasons.length > 0) {
    throw problem(refusal ? 'CARRIER_REFUSED' : 'INTERCEPT_NOT_ELIGIBLE', { extensions: { reasons: showFindings(reasons, language) } });
  }
  if (returnTo !== undefined && !returnsTo.includes(returnTo)) throw problem('RETURN_NOT_OFFERED', { extensions: { returnsTo } });
  if (warnings.some(({ code }) => !acknowledge.includes(code))) {
    throw problem('WARNINGS_NOT_ACKNOWLEDGED', { extensions: { warnings: showFindings(warnings, language) } });
  }
}

/** Only when a fifth refusal slipped in between the judgement and the transaction. */
function refusedTooOften(refusal: { code: string | null; message: string } | null, language: Language) {
  const message = refusal?.message ?? '';
  const reason = { code: 'CARRIER_REFUSED', message, messageEn: message, ...(refusal?.code ? { carrierCode: refusal.code } : {}) };
  return problem('CARRIER_REFUSED', { extensions: { reasons: showFindings([reason], language) } });
}

/** Everything the run will ever need; the judgement has made sure that parcel, carrier and outlet are known. */
function makeDraft(deps: AppDeps, shopId: string, gathered: GatheredFacts, feeFen: Fen | null, permission: Permission): InterceptDraft {
  const { refund, parcel, scans } = gathered;
  const { waybillNo, carrier, outlet } = parcel;
  if (waybillNo === null || carrier === null || outlet === null)
    throw new Error(`refund ${refund.refundId} was judged eligible without a parcel or outlet`);
  return {
    refundId: refund.refundId,
    orderId: refund.orderId,
    shopId,
    waybillNo,
    carrier,
    outletCode: outlet.outletCode,
    outletName: outlet.outletName,
    refundFeeFen: refund.refundFeeFen,
    feeFen,
    ...permission,
    platformExpireAt: refund.expireAt,
    pickedUpAt: summariseTrack(scans).pickedUpAt,
    durations: { ...deps.config.durations },
  };
}
