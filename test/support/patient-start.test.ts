import { expect, test } from '@jest/globals';
import { startPatiently } from './patient-start.ts';

const slow = () => new Error('Failed to start ephemeral server: ephemeral server at 127.0.0.1:1 did not start within 5s.');

/** A start that fails in the given ways, then succeeds; how often it was tried. */
function starting(failures: Error[]): { start: () => Promise<string>; tries: () => number } {
  let tries = 0;
  const start = async (): Promise<string> => {
    const failure = failures[tries];
    tries += 1;
    if (failure) throw failure;
    return 'listens';
  };
  return { start, tries: () => tries };
}

test('a server that was too slow is started again, at most three times', async () => {
  const twice = starting([slow(), slow()]);
  expect(await startPatiently(twice.start)).toBe('listens');
  const always = starting(Array.from({ length: 9 }, slow));
  await expect(startPatiently(always.start)).rejects.toThrow('did not start within');
  expect([twice.tries(), always.tries()]).toEqual([3, 4]);
});

test('another failure is a failure at once', async () => {
  const broken = starting([new Error('no such file')]);
  await expect(startPatiently(broken.start)).rejects.toThrow('no such file');
  expect(broken.tries()).toBe(1);
});
