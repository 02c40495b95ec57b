export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every item of a list, page after page, each page asked for when it is needed: `pages((page) => client.GET(…, {query: {…, ...page}}))`. */
export async function* pages<T>(read: (page: { after?: string }) => Promise<{ data?: Page<T> }>): AsyncGenerator<T, void> {
  let page: { after?: string } | null = {};
  while (page !== null) {
    const { data } = await read(page);
    if (data === undefined) throw new TypeError('the answer has no body');
    yield* data.items;
    page = data.nextCursor === null ? null : { after: data.nextCursor };
  }
}
