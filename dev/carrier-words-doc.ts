import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AnswerCodes } from '../carriers/answer-codes.ts';
import { CARRIERS } from '../carriers/index.ts';
import { WORD_SOURCES } from '../carriers/word-sources.ts';
import type { ScanWord, WordTable } from '../carriers/words.ts';
import type { TrackEvent } from '../domain/track.ts';
import { fillBlocks } from './doc-blocks.ts';

/** Where the page is kept: written by hand, but for the blocks between `<!-- table:NAME -->` and `<!-- end -->`. */
export const CARRIER_WORDS_DOC = fileURLToPath(new URL('../docs/carrier-words.md', import.meta.url));

/** What a reading means for a running case and for a create. */
const FOR_A_CASE: Record<TrackEvent, string> = {
  PICKED_UP: 'the parcel is on its way',
  DEPARTED: 'on its way',
  ARRIVED: 'on its way',
  OUT_FOR_DELIVERY: 'warning; bars a create',
  AWAITING_PICKUP: 'warning; bars a create',
  SIGNED: 'failure: rejecting unlocks; bars a create',
  DELIVERY_FAILED: 'on its way again',
  PROBLEM: 'shown in the track; decides nothing',
  RETURNING: 'success: pays; bars a create',
  REDIRECTED: 'on its way to another address; decides nothing',
  RETURN_SIGNED: 'success: pays; the watch ends; bars a create',
  LOST: 'failure, or the return is lost',
  DAMAGED: 'noted on the return',
  OTHER: 'shown in the track; decides nothing',
};

const DECIDED_BY: Record<NonNullable<ScanWord['decidedBy']>, string> = {
  SIGNER: '; AWAITING_PICKUP when a shop or locker signed',
  FETCH: '; SIGNED when the sentence says that the buyer fetched it',
};

function renderWords(table: WordTable): string {
  const rows = [...new Set(table.values())].map(({ words, zh, event, decidedBy, sources }) =>
    [words.join(', '), zh ?? '', `${event}${decidedBy ? DECIDED_BY[decidedBy] : ''}`, FOR_A_CASE[event], sources.join(', ')].join(' | '),
  );
  return ['| word | 中文 | read as | for a case | sources |', '| --- | --- | --- | --- | --- |', ...rows.map((row) => `| ${row} |`)].join(
    '\n',
  );
}

function renderCodes(codes: AnswerCodes): string {
  const rows = [...codes].map(([code, { words, meaning, source }]) => `| \`${code}\` | ${words} | ${meaning} | ${source} |`);
  return ["| code | carrier's words | meaning | source |", '| --- | --- | --- | --- |', ...rows].join('\n');
}

function renderSources(): string {
  const rows = Object.entries(WORD_SOURCES).map(([key, description]) => `| ${key} | ${description} |`);
  return ['| key | what it is |', '| --- | --- |', ...rows].join('\n');
}

/** What fills each block: `sources`, and every table of every carrier as `{carrier}-{table}`, that of its codes as `{carrier}-codes`. */
const BLOCKS = new Map<string, string>([
  ['sources', renderSources()],
  ...CARRIERS.map(({ code, codes }) => [`${code}-codes`.toLowerCase(), renderCodes(codes)] as const),
  ...CARRIERS.flatMap(({ code, words }) =>
    Object.entries(words).map(([name, table]) => [`${code}-${name}`.toLowerCase(), renderWords(table)] as const),
  ),
]);

/** The page with every block as the tables in the code have it; throws when a table has no block, or a block no table. */
export function renderCarrierWordsDoc(): string {
  return fillBlocks('docs/carrier-words.md', readFileSync(CARRIER_WORDS_DOC, 'utf8'), BLOCKS);
}

if (import.meta.main) writeFileSync(CARRIER_WORDS_DOC, renderCarrierWordsDoc());
