export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Every item of a list, page after page, each page asked for when it is needed: `pages((after) => client.GET(…))`. */
export async function* pages<T>(read: (after: string | undefined) => Promise<{ data?: Page<T> }>): AsyncGenerator<T, void> {
  let after: string | undefined;
  do {
    const { data } = await read(after);
    if (data === undefined) throw new TypeError('the answer has no body');
    yield* data.items;
    after = data.nextCursor ?? undefined;
  } while (after !== undefined);
}
