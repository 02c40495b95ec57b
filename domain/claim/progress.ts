import type { ToldEvent } from '../intercept/event.ts';
import { type Fen, toYuanText } from '../money.ts';
import type { EpochMs } from '../time.ts';
import { readCarrierProgress, type WorkOrderReading } from './carrier-progress.ts';
import { CLAIM_STATUS_TEXT, type ClaimDetails, type ClaimDurations, type ClaimState, type ClaimStatus, isSettled } from './claim.ts';

/** Where a claim may go from where it is. Steps may be skipped: a carrier is looked at now and then, not at every step. */
const NEXT: Record<ClaimStatus, readonly ClaimStatus[]> = {
  SUBMITTED: ['ACCEPTED', 'ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN'],
  ACCEPTED: ['ARBITRATING', 'UPHELD', 'DISMISSED', 'WITHDRAWN'],
  ARBITRATING: ['UPHELD', 'DISMISSED', 'WITHDRAWN'],
  UPHELD: [],
  DISMISSED: [],
  WITHDRAWN: [],
};

/** Where a claim in that status may go now; WITHDRAWN stands for withdrawing it. */
export function nextStatuses(status: ClaimStatus): readonly ClaimStatus[] {
  return NEXT[status];
}

export function mayMove(from: ClaimStatus, to: ClaimStatus): boolean {
  return NEXT[from].includes(to);
}

/** The outlet's or carrier's answer as the merchant enters it. */
export interface EnteredProgress {
  status: Extract<ClaimStatus, 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED'>;
  /** Only with UPHELD: what is paid, 1 … claimed. */
  upheldFen: Fen | null;
  note: string | null;
}

export type ProgressRefusal = 'CLAIM_STEP_NOT_ALLOWED' | 'AWARD_MISSING' | 'AWARD_ABOVE_CLAIM' | 'AWARD_WITHOUT_UPHELD';

/** Why an entered answer may not be taken; null when it may. The same status again is not refused: it changes nothing. */
export function judgeProgress(state: Pick<ClaimState, 'status' | 'claimedFen'>, entered: EnteredProgress): ProgressRefusal | null {
  if (entered.status === 'UPHELD') {
    if (entered.upheldFen === null || entered.upheldFen < 1) return 'AWARD_MISSING';
    if (entered.upheldFen > state.claimedFen) return 'AWARD_ABOVE_CLAIM';
  } else if (entered.upheldFen !== null) {
    return 'AWARD_WITHOUT_UPHELD';
  }
  if (entered.status === state.status && !isSettled(state)) return null;
  return mayMove(state.status, entered.status) ? null : 'CLAIM_STEP_NOT_ALLOWED';
}

export type ClaimEvent =
  | {
      type: 'CARRIER_ANSWERED';
      at: EpochMs;
      answer: { kind: 'ACCEPTED'; reference: string | null } | { kind: 'REFUSED'; code: string | null; message: string };
    }
  | { type: 'CARRIER_READ'; at: EpochMs; reading: WorkOrderReading }
  | { type: 'PROGRESS'; at: EpochMs; actor: string; entered: EnteredProgress }
  | { type: 'WITHDRAWN'; at: EpochMs; actor: string; reason: string }
  | { type: 'TIME_PASSED'; at: EpochMs };

export const CLAIM_NOTICES = ['CLAIM_QUIET', 'CLAIM_VERDICT_MISSING', 'CLAIM_REFUSED_BY_CARRIER'] as const;
/** Something about a claim that a person should look at. */
export type ClaimNotice = (typeof CLAIM_NOTICES)[number];

/** A line of a claim's history. */
export interface ClaimLine {
  at: EpochMs;
  actorKind: 'MERCHANT' | 'CARRIER' | 'CLOCK' | 'SYSTEM';
  actor: string;
  /** What happened, an UPPER_SNAKE word. */
  what: string;
  detail: Record<string, string | number | null>;
}

/** What a step wants recorded and caused. */
export interface ClaimStep {
  state: ClaimState;
  lines: ClaimLine[];
  notices: ClaimNotice[];
  /** The status moved: the shop's systems are told. */
  told: Extract<ToldEvent, 'claim.updated'> | null;
  /** Ask the carrier how its work order stands. */
  readCarrier: boolean;
}

/** The claim as its merchant opened it. */
export function beginClaim(details: ClaimDetails, hasCarrierApi: boolean, durations: ClaimDurations): ClaimStep {
  const { claimId, shopId, interceptId, carrier, waybillNo, kind, claimedFen, openedBy, createdAt: at } = details;
  const state: ClaimState = {
    claimId,
    shopId,
    interceptId,
    carrier,
    waybillNo,
    kind,
    claimedFen,
    durations,
    status: 'SUBMITTED',
    channel: hasCarrierApi ? 'CARRIER_API' : 'CLAIM_SHEET',
    carrierReference: null,
    carrierRefusal: null,
    verdictMissing: false,
    awardedFen: null,
    note: null,
    repliesSeen: 0,
    movedAt: at,
    pollDueAt: null,
    pollEveryMs: durations.pollFirstMs,
    remindDueAt: at + durations.remindAfterMs,
    version: 1,
    updatedAt: at,
  };
  const line: ClaimLine = {
    at,
    actorKind: 'MERCHANT',
    actor: openedBy,
    what: 'CLAIM_SUBMITTED',
    detail: { kind, claimedFen, channel: state.channel },
  };
  return { state, lines: [line], notices: [], told: 'claim.updated', readCarrier: false };
}

/** When the claim's clocks next need attention, null when nothing is waited for but people. */
export function nextClaimDeadline(state: ClaimState): { at: EpochMs; summary: string } | null {
  if (isSettled(state)) return null;
  const { pollDueAt, remindDueAt } = state;
  if (pollDueAt !== null && (remindDueAt === null || pollDueAt <= remindDueAt)) return { at: pollDueAt, summary: '查询快递工单进展' };
  return remindDueAt === null ? null : { at: remindDueAt, summary: '索赔长时间无进展，提醒商家' };
}

/** Applies one event. Pure; what may not happen changes nothing but the history. A settled claim stays as it is. */
export function applyClaim(before: ClaimState, event: ClaimEvent): ClaimStep {
  const step: ClaimStep = { state: { ...before }, lines: [], notices: [], told: null, readCarrier: false };
  if (isSettled(before)) return step;
  switch (event.type) {
    case 'CARRIER_ANSWERED':
      takeAnswer(step, event);
      break;
    case 'CARRIER_READ':
      takeReading(step, event);
      break;
    case 'PROGRESS':
      takeEntered(step, event);
      break;
    case 'WITHDRAWN':
      say(step, { at: event.at, actorKind: 'MERCHANT', actor: event.actor, what: 'CLAIM_WITHDRAWN', detail: { reason: event.reason } });
      move(step, 'WITHDRAWN', event.at, event.reason);
      break;
    case 'TIME_PASSED':
      passTime(step, event.at);
      break;
  }
  return step;
}

function takeAnswer(step: ClaimStep, { at, answer }: Extract<ClaimEvent, { type: 'CARRIER_ANSWERED' }>): void {
  const { state } = step;
  const actor = { actorKind: 'CARRIER', actor: state.carrier } as const;
  if (answer.kind === 'REFUSED') {
    const { code, message } = answer;
    say(step, { at, ...actor, what: 'CARRIER_REFUSED_WORK_ORDER', detail: { code, message } });
    Object.assign(state, { channel: 'CLAIM_SHEET', carrierRefusal: { code, message }, pollDueAt: null });
    step.notices.push('CLAIM_REFUSED_BY_CARRIER');
    return;
  }
  say(step, { at, ...actor, what: 'CARRIER_TOOK_WORK_ORDER', detail: { reference: answer.reference } });
  state.carrierReference = answer.reference ?? state.carrierReference;
  if (mayMove(state.status, 'ACCEPTED')) move(step, 'ACCEPTED', at, null);
  lookAgain(state, at, true);
}

function takeReading(step: ClaimStep, { at, reading }: Extract<ClaimEvent, { type: 'CARRIER_READ' }>): void {
  const { state } = step;
  const progress = readCarrierProgress(reading, state.claimedFen);
  if (reading.kind === 'UNKNOWN' || progress === null) return lookAgain(state, at, false);
  state.carrierReference ??= reading.reference;
  const fresh = reading.replies.slice(state.repliesSeen);
  for (const { text } of fresh) say(step, { at, actorKind: 'CARRIER', actor: state.carrier, what: 'CARRIER_REPLIED', detail: { text } });
  if (fresh.length > 0) Object.assign(state, { note: fresh.at(-1)?.text ?? state.note, repliesSeen: reading.replies.length, movedAt: at });
  const moves = mayMove(state.status, progress.status);
  if (moves) {
    state.awardedFen = progress.upheldFen;
    const detail = { status: progress.status, awardedFen: progress.upheldFen, workOrder: reading.kind };
    say(step, { at, actorKind: 'CARRIER', actor: state.carrier, what: `CLAIM_${progress.status}`, detail });
    move(step, progress.status, at, state.note);
  }
  if (progress.verdictMissing && !state.verdictMissing) {
    state.verdictMissing = true;
    say(step, { at, actorKind: 'CARRIER', actor: state.carrier, what: 'CARRIER_CLOSED_WORK_ORDER', detail: { text: state.note } });
    step.notices.push('CLAIM_VERDICT_MISSING');
  }
  if (fresh.length > 0 && !isSettled(state)) state.remindDueAt = at + state.durations.remindAfterMs;
  if (state.verdictMissing) state.pollDueAt = null;
  else lookAgain(state, at, moves || fresh.length > 0);
}

function takeEntered(step: ClaimStep, { at, actor, entered }: Extract<ClaimEvent, { type: 'PROGRESS' }>): void {
  const { state } = step;
  const detail = { status: entered.status, awardedFen: entered.upheldFen, note: entered.note };
  const refusal = judgeProgress(state, entered);
  if (refusal !== null) return say(step, { at, actorKind: 'MERCHANT', actor, what: 'PROGRESS_NOT_TAKEN', detail: { ...detail, refusal } });
  if (entered.status === state.status && (entered.note === null || entered.note === state.note)) return;
  say(step, { at, actorKind: 'MERCHANT', actor, what: `CLAIM_${entered.status}`, detail });
  if (entered.status === 'UPHELD') state.awardedFen = entered.upheldFen;
  if (mayMove(state.status, entered.status)) move(step, entered.status, at, entered.note);
  else Object.assign(state, { note: entered.note, movedAt: at, remindDueAt: at + state.durations.remindAfterMs });
}

function passTime(step: ClaimStep, at: EpochMs): void {
  const { state } = step;
  if (state.pollDueAt !== null && at >= state.pollDueAt) {
    state.pollDueAt = null;
    step.readCarrier = true;
  }
  if (state.remindDueAt === null || at < state.remindDueAt) return;
  state.remindDueAt = at + state.durations.remindAfterMs;
  say(step, { at, actorKind: 'CLOCK', actor: 'clock', what: 'CLAIM_QUIET', detail: { status: state.status, sinceMs: at - state.movedAt } });
  step.notices.push('CLAIM_QUIET');
}

function say(step: ClaimStep, line: ClaimLine): void {
  step.lines.push(line);
}

function move(step: ClaimStep, status: ClaimStatus, at: EpochMs, note: string | null): void {
  const { state } = step;
  Object.assign(state, { status, note: note ?? state.note, movedAt: at, remindDueAt: at + state.durations.remindAfterMs });
  if (isSettled(state)) Object.assign(state, { pollDueAt: null, remindDueAt: null, verdictMissing: false });
  step.told = 'claim.updated';
}

/** Sets the next look: soon after something moved, else later and later. */
function lookAgain(state: ClaimState, at: EpochMs, moved: boolean): void {
  if (state.channel !== 'CARRIER_API' || isSettled(state)) return;
  const { pollFirstMs, pollAtMostMs } = state.durations;
  state.pollEveryMs = moved ? pollFirstMs : Math.min(state.pollEveryMs * 2, pollAtMostMs);
  state.pollDueAt = at + state.pollEveryMs;
}

/** The claim in a line or two of zh-CN: where it stands and what happens next. */
export function describeClaim(state: ClaimState): string {
  const award = state.awardedFen === null ? '' : `，赔付 ¥${toYuanText(state.awardedFen)}`;
  const next = isSettled(state)
    ? '已结束'
    : state.verdictMissing
      ? '快递工单已完结，等待商家录入结果'
      : (nextClaimDeadline(state)?.summary ?? '等待进展');
  const lines = [
    `**${CLAIM_STATUS_TEXT[state.status]}**${award} · 索赔 ¥${toYuanText(state.claimedFen)}（${state.kind}）`,
    `- 运单 ${state.carrier} ${state.waybillNo}，拦截单 ${state.interceptId}${state.carrierReference === null ? '' : `，快递工单 ${state.carrierReference}`}`,
    `- 接下来：${next}`,
  ];
  return lines.join('\n');
}
