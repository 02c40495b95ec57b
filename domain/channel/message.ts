import type { Fen } from '../money.ts';
import { toYuanText } from '../money.ts';
import { type NoticeDetail, noticeTitle } from '../notice.ts';
import { type EpochMs, toShanghaiText } from '../time.ts';

/** A notice with what its case says of itself now. */
export interface NoticeToTell {
  noticeId: number;
  code: string;
  detail: NoticeDetail;
  at: EpochMs;
  parcel: {
    refundId: string;
    waybillNo: string;
    refundFeeFen: Fen;
    /** When the refund is paid by itself, null once it is decided. */
    autoRefundAt: EpochMs | null;
  } | null;
}

export interface MessageFrame {
  shopName: string;
  /** Where the console is, without a slash at its end; null: messages lead nowhere. */
  consoleUrl: string | null;
  /** UTF-8 bytes the text may have. */
  mostBytes: number;
}

/** The facts of a notice that may be told outside: numbers, codes, instants and our own words, never those of a carrier, platform or person. */
const TOLD_FIELDS = ['refundFeeFen', 'returnFailure', 'autoRefundAt', 'status', 'kind', 'cause', 'count', 'code'];
const CODE_WORD = /^[A-Z0-9_]{1,40}$/;

function toldDetail(detail: NoticeDetail): NoticeDetail {
  const told = Object.entries(detail).filter(
    ([field, value]) => TOLD_FIELDS.includes(field) || (field === 'reason' && CODE_WORD.test(String(value))),
  );
  return Object.fromEntries(told);
}

/**
 * The text of a message that tells these notices, the oldest first: what happened, of which refund and parcel, how much, until when,
 * and where to act. Plain text, so that nothing in it is read as markup. What does not fit is counted, not cut through.
 */
export function composeMessage(notices: readonly NoticeToTell[], frame: MessageFrame): string {
  const [only, ...others] = notices;
  const head = `【${frame.shopName}】`;
  if (only !== undefined && others.length === 0) return `${head}${linesOf(only, frame).join('\n')}`;
  const entries = notices.map((notice, index) => `\n${index + 1}. ${linesOf(notice, frame).join('\n')}`);
  for (let shown = entries.length; ; shown -= 1) {
    const left = entries.length - shown;
    const rest = left === 0 ? '' : `\n另有 ${left} 条${frame.consoleUrl === null ? '' : `：${frame.consoleUrl}/notices`}`;
    const text = `${head}${entries.length} 条通知${entries.slice(0, shown).join('')}${rest}`;
    if (shown === 0 || bytesOf(text) <= frame.mostBytes) return text;
  }
}

function linesOf({ code, detail, parcel }: NoticeToTell, { consoleUrl }: MessageFrame): string[] {
  const link = consoleUrl === null ? [] : [`${consoleUrl}${parcel === null ? '/notices' : `/refunds/${parcel.refundId}`}`];
  const title = noticeTitle(code, toldDetail(detail));
  if (parcel === null) return [title, ...link];
  const facts = [`退款单 ${parcel.refundId}`, `运单 ${parcel.waybillNo}`, `¥${toYuanText(parcel.refundFeeFen)}`];
  if (parcel.autoRefundAt !== null) facts.push(`自动退款 ${toShanghaiText(parcel.autoRefundAt).slice(0, 16)}`);
  return [title, facts.join(' · '), ...link];
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
