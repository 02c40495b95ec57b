import { type Filter, type Page, type PageRequest, pageStart, toPage } from '../../store/cursor.ts';

/** A page of a short list that is always read whole; the cursor holds the place. Throws `BadCursor`. */
export function pageOfAll<T>(all: readonly T[], page: PageRequest, filter: Filter): Page<T> {
  const from = pageStart(page, filter)?.at ?? 0;
  const rows = all.map((item, index) => ({ item, index })).slice(from, from + page.limit + 1);
  return toPage(
    rows,
    page,
    filter,
    ({ index }) => ({ at: index + 1, id: '' }),
    ({ item }) => item,
  );
}
