import { expect, test } from '@jest/globals';

/** Whom Jest's framework tells of every step of a test: two of its own, and four for the file that runs. */
const OF_ONE_FILE = 6;

test('only the file that runs is told of its tests, not those that its worker ran before', () => {
  const { [Symbol.for('EVENT_HANDLERS')]: listeners } = globalThis as unknown as Record<symbol, unknown[]>;
  expect(listeners).toHaveLength(OF_ONE_FILE);
});

test('an error tells its place in the file as it stands, in the words of Node', () => {
  expect(new Error('here').stack).toMatch(/native-runtime\.test\.ts(\?file=\d+)?:12:/);
  expect(Error.prepareStackTrace).toBeUndefined();
});
