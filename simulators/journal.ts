/** A list that keeps the newest entries and forgets the oldest. */
export interface Journal<Entry> {
  add(entry: Entry): void;
  entries(): readonly Entry[];
  clear(): void;
}

/** A journal of at most `capacity` entries. */
export function openJournal<Entry>(capacity: number): Journal<Entry> {
  const kept: Entry[] = [];
  return {
    add(entry) {
      kept.push(entry);
      if (kept.length > capacity) kept.splice(0, kept.length - capacity);
    },
    entries: () => kept,
    clear: () => void kept.splice(0),
  };
}
