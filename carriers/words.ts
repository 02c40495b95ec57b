import type { TrackEvent } from '../domain/track.ts';
import { isShopSignature, saysFetched, type Said } from './shop-words.ts';
import type { WordSource } from './word-sources.ts';

/** One row of a carrier's table of scan words: what a word means, and which public material says so. */
export interface ScanWord {
  /** As on the wire; several where the carrier writes one scan in several ways. */
  words: readonly string[];
  /** The carrier's name of it, where the word is not Chinese. */
  zh?: string;
  event: TrackEvent;
  /**
   * What decides where the word means two things. `SIGNER`: a signature that is a shop's or a locker's is AWAITING_PICKUP.
   * `FETCH`: it is SIGNED when the sentence says that the buyer fetched the parcel, else what `event` says.
   */
  decidedBy?: 'SIGNER' | 'FETCH';
  sources: readonly [WordSource, ...WordSource[]];
}

/** A carrier's table of one channel, by word. */
export type WordTable = ReadonlyMap<string, ScanWord>;

/** Makes a table; throws on a word that stands in two rows. */
export function wordTable(rows: readonly ScanWord[]): WordTable {
  const table = new Map<string, ScanWord>();
  for (const row of rows) {
    for (const word of row.words) {
      if (table.has(word)) throw new Error(`the word ${word} stands in two rows`);
      table.set(word, row);
    }
  }
  return table;
}

/** What a scan says. An unknown word is `OTHER`, never an error. */
export function eventOf(table: WordTable, word: string, said: Said): TrackEvent {
  const row = table.get(word);
  if (!row) return 'OTHER';
  if (row.decidedBy === 'FETCH' && saysFetched(said.sentence)) return 'SIGNED';
  if (row.decidedBy === 'SIGNER' && isShopSignature(said)) return 'AWAITING_PICKUP';
  return row.event;
}
