import type { Fen } from '../money.ts';
import type { ClaimStatus } from './claim.ts';

/** What a carrier says of its work order; the same shape as the carriers' port gives. */
export type WorkOrderReading =
  | { kind: 'CREATED' | 'PROCESSING' | 'FINISHED'; replies: { text: string }[]; reference: string | null }
  | { kind: 'UNKNOWN'; reason: string };

/** A work order as progress of our claim. */
export interface CarrierProgress {
  status: Extract<ClaimStatus, 'ACCEPTED' | 'ARBITRATING' | 'UPHELD' | 'DISMISSED'>;
  upheldFen: Fen | null;
  /** The work order is closed but its words do not say plainly what is paid. */
  verdictMissing: boolean;
}

/**
 * ZTO's work order as progress: created 已受理 → ACCEPTED, processing 处理中 → ARBITRATING, finished 已完结 → the verdict that
 * its last reply states. The work order has no field for it, so a verdict is taken only from words that allow one reading;
 * otherwise the claim stays ARBITRATING and the merchant enters the outcome. Null when nothing is known.
 */
export function readCarrierProgress(reading: WorkOrderReading, claimedFen: Fen): CarrierProgress | null {
  switch (reading.kind) {
    case 'UNKNOWN':
      return null;
    case 'CREATED':
      return { status: 'ACCEPTED', upheldFen: null, verdictMissing: false };
    case 'PROCESSING':
      return { status: 'ARBITRATING', upheldFen: null, verdictMissing: false };
    case 'FINISHED': {
      const verdict = readVerdict(reading.replies.at(-1)?.text ?? '', claimedFen);
      if (verdict === null) return { status: 'ARBITRATING', upheldFen: null, verdictMissing: true };
      return { status: verdict.upheldFen === null ? 'DISMISSED' : 'UPHELD', upheldFen: verdict.upheldFen, verdictMissing: false };
    }
  }
}

const DISMISSAL =
  /不予(?:赔付|理赔|赔偿|受理|支持)|不(?:同意|支持|能|符合|满足)[^，。；]{0,8}(?:赔付|理赔|赔偿)|无法(?:赔付|理赔|赔偿)|拒绝(?:赔付|理赔|赔偿)|(?:申请|理赔|索赔|工单)[^，。；]{0,4}(?:驳回|不成立)|驳回/;
const AGREEMENT = /(?:(?:同意|核准|批准|予以|给予)[^，。；不未无后]{0,12}|已(?:同意|核准|批准|核定|确认)?)(?:赔付|理赔|赔偿)/;
/** In the same clause as an agreement these make it a wish, a condition or a question. */
const DOUBT = /待|是否|如|若|需|请|可能|能否|未/;
const WHOLE = /(?:按|依)?(?:申报|申请|索赔)(?:的)?(?:金额|价值)|全额/;
const AMOUNT = /(?<![\d.])(\d{1,7})(?:\.(\d{1,2}))?\s*元/g;

/** The verdict in the carrier's words: an amount (at most what was claimed), a dismissal (`upheldFen` null), or null when in doubt. */
function readVerdict(text: string, claimedFen: Fen): { upheldFen: Fen | null } | null {
  if (DISMISSAL.test(text)) return AGREEMENT.test(text.replace(DISMISSAL, '')) ? null : { upheldFen: null };
  const agreements = text.split(/[，。；,;]/).filter((clause) => AGREEMENT.test(clause));
  if (agreements.length === 0 || agreements.some((clause) => DOUBT.test(clause))) return null;
  const amounts = [...text.matchAll(AMOUNT)].map(([, yuan, cents = '']) => Number(yuan) * 100 + Number(cents.padEnd(2, '0')));
  if (amounts.length > 1) return null;
  const [named] = amounts;
  if (named !== undefined) return named > 0 && named <= claimedFen ? { upheldFen: named } : null;
  return WHOLE.test(text) ? { upheldFen: claimedFen } : null;
}
