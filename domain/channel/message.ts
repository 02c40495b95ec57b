import type { Fen } from '../money.ts';
import { toYuanText } from '../money.ts';
import { type NoticeDetail, noticeTitle } from '../notice.ts';
import { type EpochMs, toShanghaiText } from '../time.ts';
import type { ChannelLanguage } from './channel.ts';
import { englishTitle } from './english.ts';

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
  language: ChannelLanguage;
  /** Where the console is, without a slash at its end; null: messages lead nowhere. */
  consoleUrl: string | null;
  /** UTF-8 bytes the text may have. */
  mostBytes: number;
}

interface MessageWords {
  head(shopName: string): string;
  count(notices: number): string;
  rest(notices: number): string;
  title(code: string, detail: NoticeDetail): string;
  refund: string;
  waybill: string;
  automaticRefund: string;
  test: string;
}

const WORDS: Record<ChannelLanguage, MessageWords> = {
  'zh-CN': {
    head: (shopName) => `【${shopName}】`,
    count: (notices) => `${notices} 条通知`,
    rest: (notices) => `另有 ${notices} 条`,
    title: noticeTitle,
    refund: '退款单',
    waybill: '运单',
    automaticRefund: '自动退款',
    test: '测试消息：通知会发到这里',
  },
  'en-US': {
    head: (shopName) => `[${shopName}] `,
    count: (notices) => `${notices} notices`,
    rest: (notices) => `and ${notices} more`,
    title: englishTitle,
    refund: 'refund',
    waybill: 'waybill',
    automaticRefund: 'paid by itself at',
    test: 'A test: notices will come here',
  },
};

/** The facts of a notice that may be told outside: numbers, codes, instants and our own words, never those of a carrier, platform or person. */
const TOLD_FIELDS = ['refundFeeFen', 'returnTo', 'returnFailure', 'autoRefundAt', 'status', 'cause', 'count', 'deactivated'];
const CODE_FIELDS = ['reason', 'code'];
const CODE_WORD = /^[A-Z0-9_]{1,40}$/;

function toldDetail(detail: NoticeDetail): NoticeDetail {
  const told = Object.entries(detail).filter(
    ([field, value]) => TOLD_FIELDS.includes(field) || (CODE_FIELDS.includes(field) && CODE_WORD.test(String(value))),
  );
  return Object.fromEntries(told);
}

/**
 * The text of a message that tells these notices, the oldest first: what happened, of which refund and parcel, how much, until when,
 * and where to act. Plain text, so that nothing in it is read as markup. What does not fit is counted, not cut through.
 */
export function composeMessage(notices: readonly NoticeToTell[], frame: MessageFrame): string {
  const words = WORDS[frame.language];
  const head = words.head(frame.shopName);
  const list = linkTo(frame, '/notices');
  const [only, ...others] = notices;
  if (only !== undefined && others.length === 0) {
    const lines = linesOf(only, frame);
    return `${head}${(only.parcel === null ? [...lines, ...list] : lines).join('\n')}`;
  }
  const entries = notices.map((notice, index) => `\n${index + 1}. ${linesOf(notice, frame).join('\n')}`);
  for (let shown = entries.length; ; shown -= 1) {
    const left = entries.length - shown;
    const end = [...(left === 0 ? [] : [words.rest(left)]), ...list].map((line) => `\n${line}`).join('');
    const text = `${head}${words.count(entries.length)}${entries.slice(0, shown).join('')}${end}`;
    if (shown === 0 || bytesOf(text) <= frame.mostBytes) return text;
  }
}

/** A message of no notice, that only shows where notices will come. */
export function composeTest(shopName: string, language: ChannelLanguage): string {
  return `${WORDS[language].head(shopName)}${WORDS[language].test}`;
}

function linesOf({ code, detail, parcel }: NoticeToTell, frame: MessageFrame): string[] {
  const words = WORDS[frame.language];
  const title = words.title(code, toldDetail(detail));
  if (parcel === null) return [title];
  const facts = [`${words.refund} ${parcel.refundId}`, `${words.waybill} ${parcel.waybillNo}`, `¥${toYuanText(parcel.refundFeeFen)}`];
  if (parcel.autoRefundAt !== null) facts.push(`${words.automaticRefund} ${toShanghaiText(parcel.autoRefundAt).slice(0, 16)}`);
  return [title, facts.join(' · '), ...linkTo(frame, `/refunds/${parcel.refundId}`)];
}

function linkTo({ consoleUrl }: MessageFrame, path: string): string[] {
  return consoleUrl === null ? [] : [consoleUrl + path];
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
