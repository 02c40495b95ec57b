import type { CarrierCode } from '../carrier.ts';
import { asFen, type Fen } from '../money.ts';
import type { EpochMs } from '../time.ts';

/** FEE: what the shop owes for a successful intercept (Q31). CLAIM: an award, negative. ADJUSTMENT: a correction of another line. */
export type LineKind = 'FEE' | 'CLAIM' | 'ADJUSTMENT';
export const LINE_KIND_TEXT: Record<LineKind, string> = { FEE: '拦截费', CLAIM: '赔付', ADJUSTMENT: '更正' };

/** Where the matter of a line stands between shop and outlet. `PRICE_MISSING`: no price was agreed when the intercept began. */
export type LineStatus = 'PRICE_MISSING' | 'DUE' | 'CONFIRMED' | 'DISPUTED' | 'WAIVED' | 'SETTLED';
export const LINE_STATUS_TEXT: Record<LineStatus, string> = {
  PRICE_MISSING: '缺少价格',
  DUE: '待确认',
  CONFIRMED: '已确认',
  DISPUTED: '有争议',
  WAIVED: '已免除',
  SETTLED: '已结清',
};

export type LineActionName = 'CONFIRM' | 'DISPUTE' | 'WAIVE' | 'SETTLE' | 'PRICE';

/** Something done about a line; actions are only ever added. */
export interface LineAction {
  action: LineActionName;
  /** PRICE: the amount agreed on. */
  amountFen: Fen | null;
  reason: string | null;
  actor: string;
  at: EpochMs;
}

/** A line of the ledger. Never changed: what was wrong is put right by a line that corrects it. */
export interface LedgerLine {
  lineId: string;
  carrier: CarrierCode;
  outletCode: string;
  outletName: string;
  interceptId: string;
  waybillNo: string;
  claimId: string | null;
  /** The line this one corrects, null when it stands for itself. */
  correctsLineId: string | null;
  kind: LineKind;
  /** What the shop owes the outlet; negative: what the outlet owes the shop; null: no price was known. */
  amountFen: Fen | null;
  occurredAt: EpochMs;
  recordedAt: EpochMs;
  note: string | null;
}

const STATUS_AFTER: Record<LineActionName, LineStatus> = {
  CONFIRM: 'CONFIRMED',
  DISPUTE: 'DISPUTED',
  WAIVE: 'WAIVED',
  SETTLE: 'SETTLED',
  PRICE: 'DUE',
};

/** The status of a line whose last action is given; a correction has the status of the line it corrects. */
export function lineStatus(amountFen: Fen | null, lastAction: LineActionName | null): LineStatus {
  if (lastAction !== null) return STATUS_AFTER[lastAction];
  return amountFen === null ? 'PRICE_MISSING' : 'DUE';
}

const ALLOWED: Record<LineStatus, readonly LineActionName[]> = {
  PRICE_MISSING: ['PRICE', 'DISPUTE', 'WAIVE'],
  DUE: ['CONFIRM', 'DISPUTE', 'WAIVE', 'PRICE'],
  CONFIRMED: ['SETTLE', 'DISPUTE', 'WAIVE'],
  DISPUTED: ['CONFIRM', 'WAIVE', 'PRICE'],
  WAIVED: [],
  SETTLED: [],
};

export interface LineWish {
  action: LineActionName;
  /** With PRICE alone. */
  amountFen: Fen | null;
  reason: string | null;
}

export type LineRefusal =
  | 'LINE_ACTION_NOT_ALLOWED'
  | 'REASON_REQUIRED'
  | 'AMOUNT_REQUIRED'
  | 'AMOUNT_OF_WRONG_SIGN'
  | 'LINE_IS_A_CORRECTION';

/** What an action on a line comes to. */
export type LineJudgement =
  | { kind: 'REFUSED'; refusal: LineRefusal; status: LineStatus }
  /** Already so: nothing is added. */
  | { kind: 'ALREADY' }
  /** Add the action, and a correcting line of `correctionFen` unless that is null. */
  | { kind: 'TAKEN'; correctionFen: Fen | null };

/** A line with what was done about it so far. */
export interface LineMatter {
  line: Pick<LedgerLine, 'kind' | 'amountFen' | 'correctsLineId'>;
  lastAction: LineActionName | null;
  /** Σ of the line and its corrections: what it comes to now. */
  standsAtFen: Fen;
  /** An amount was ever known: the line's own, or one agreed later. */
  isPriced: boolean;
}

/** What may be done about a line now, by whoever may settle; a correction goes with the line it corrects. */
export function allowedLineActions({ line, lastAction, isPriced }: Pick<LineMatter, 'line' | 'lastAction' | 'isPriced'>): LineActionName[] {
  if (line.correctsLineId !== null) return [];
  return ALLOWED[lineStatus(line.amountFen, lastAction)].filter((action) => action !== 'CONFIRM' || isPriced);
}

/**
 * What an action on a line would do (R39, R40). DUE → CONFIRMED → SETTLED; DISPUTED and WAIVED need a reason; a line
 * without a price gets one before anything is confirmed. Waiving and pricing add a correcting line, never change one.
 */
export function judgeLineAction(matter: LineMatter, wish: LineWish): LineJudgement {
  const { line, lastAction, standsAtFen } = matter;
  const status = lineStatus(line.amountFen, lastAction);
  const refused = (refusal: LineRefusal): LineJudgement => ({ kind: 'REFUSED', refusal, status });
  if (line.correctsLineId !== null) return refused('LINE_IS_A_CORRECTION');
  if (wish.action !== 'PRICE' && STATUS_AFTER[wish.action] === status) return { kind: 'ALREADY' };
  if (!allowedLineActions(matter).includes(wish.action)) return refused('LINE_ACTION_NOT_ALLOWED');
  if ((wish.action === 'DISPUTE' || wish.action === 'WAIVE') && wish.reason === null) return refused('REASON_REQUIRED');
  if (wish.action === 'WAIVE') return { kind: 'TAKEN', correctionFen: standsAtFen === 0 ? null : -standsAtFen };
  if (wish.action !== 'PRICE') return { kind: 'TAKEN', correctionFen: null };
  if (wish.amountFen === null) return refused('AMOUNT_REQUIRED');
  if (line.kind === 'CLAIM' ? wish.amountFen > 0 : wish.amountFen < 0) return refused('AMOUNT_OF_WRONG_SIGN');
  const correctionFen = asFen(wish.amountFen - standsAtFen);
  return { kind: 'TAKEN', correctionFen: correctionFen === 0 ? null : correctionFen };
}
