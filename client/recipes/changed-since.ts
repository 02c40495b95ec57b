import { type Client, pages, type Schemas } from '../src/index.ts';

/** Longer than one read takes, and than a record may be written late. */
const OVERLAP_MS = 15 * 60_000;

/**
 * For a shop that cannot be called: hands over every case that changed since the mark, and answers the next mark, to be kept with what
 * `take` wrote. A case may come twice: `take` passes over a `version` it has. Beside webhooks, a nightly run finds what was missed.
 */
export async function readChanges(client: Client, mark: string, take: (changed: Schemas['Intercept']) => Promise<void>): Promise<string> {
  const updatedFrom = new Date(Date.parse(mark) - OVERLAP_MS).toISOString();
  let newest = mark;
  for await (const one of pages((page) => client.GET('/v1/intercepts', { params: { query: { updatedFrom, limit: 200, ...page } } }))) {
    await take(one);
    if (one.updatedAt > newest) newest = one.updatedAt;
  }
  return newest;
}
