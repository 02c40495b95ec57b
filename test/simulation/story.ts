import type { Facts } from './oracle/facts.ts';

/** What happened, line by line and in order: for whoever looks at a world that went wrong. */
export function tellStory(facts: Facts): string[] {
  const lines: { at: number; text: string }[] = [];
  const add = (at: number | null, text: string) => {
    if (at !== null) lines.push({ at, text });
  };
  const { books, cases } = facts;
  for (const one of cases) {
    for (const { at, version, intercept, refund, returned, ended } of one.steps)
      add(at, `record   ${one.interceptId} v${version} ${intercept} ${refund} ${returned ?? '-'}${ended ? ' ended' : ''}`);
  }
  for (const { refundId, act, agreedFen, at, answeredAt, answer } of books.merchant) {
    const amount = agreedFen === null ? '' : ` ${agreedFen}`;
    add(at, `merchant ${refundId} ${act}${amount}`);
    add(answeredAt, `merchant ${refundId} ${act} was answered ${answer}`);
  }
  for (const { waybillNo, word, occurredAt, way, arrivedAt, ackedAt } of books.words) {
    const ago = arrivedAt - occurredAt;
    add(arrivedAt, `carrier  ${waybillNo} ${word} by ${way}, of ${Math.round(ago / 1_000)} s ago`);
    add(ackedAt, `carrier  ${waybillNo} ${word} acknowledged`);
  }
  for (const { waybillNo, requestId, at, answer } of books.carrier) add(at, `carrier  ${waybillNo} asked as ${requestId}: ${answer}`);
  for (const { call, refundId, at, applied, outcome, answeredAt, seen } of books.calls) {
    if (call === 'READ') continue;
    const heard = answeredAt === null ? ', answer lost' : '';
    add(at, `platform ${refundId} ${call} of ${seen.status}/${seen.negotiate}: ${outcome}${applied ? ' applied' : ''}${heard}`);
  }
  for (const [refundId, moments] of books.refunds) {
    for (const { at, status, way, negotiate, feeFen } of moments)
      add(at, `platform ${refundId} is ${status}/${way}/${negotiate} ${feeFen} fen`);
  }
  for (const { refundId, at, feeFen, by, failedAt } of books.payments) {
    add(at, `platform ${refundId} pays ${feeFen} fen, by ${by}`);
    add(failedAt, `platform ${refundId} payment failed`);
  }
  for (const { what, from, to } of books.troubles) add(from, `trouble  ${what} for ${(to - from) / 1_000} s`);
  for (const { interceptId, code, at } of facts.noticed) add(at, `notice   ${interceptId} ${code}`);
  for (const { interceptId, type, at } of facts.told) add(at, `told     ${interceptId} ${type}`);
  const begin = Math.min(...cases.map(({ initiatedAt }) => initiatedAt));
  return lines.sort((a, b) => a.at - b.at).map(({ at, text }) => `${clock(at - begin).padStart(16)}  ${text}`);
}

/** `118:03:12.250` since the first case began. */
function clock(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const left = Math.abs(ms);
  const part = (value: number, width: number) => String(Math.floor(value)).padStart(width, '0');
  return `${sign}${part(left / 3_600_000, 1)}:${part((left / 60_000) % 60, 2)}:${part((left / 1_000) % 60, 2)}.${part(left % 1_000, 3)}`;
}
