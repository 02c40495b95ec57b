import TestSequencer from '@jest/test-sequencer';
import { LONG_FILES, LONGEST_FILES } from './long-files.ts';

/**
 * Test files in the order that keeps the cores busy to the end: the longest, then the other long ones, each followed by some of the rest. The long ones
 * mostly wait and the rest compute: all of the one kind and then all of the other would leave the cores idle for a while and crowd them afterwards. What is
 * left for the end is short and computes: a long one that waits would be waited for alone.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const among = (files) => files.flatMap((file) => sorted.filter(({ path }) => path.endsWith(`/${file}`)));
    const [longest, long] = [among(LONGEST_FILES), among(LONG_FILES)];
    const others = sorted.filter((test) => !longest.includes(test) && !long.includes(test));
    const share = Math.floor(others.length / (long.length + 3));
    return [...longest, ...long.flatMap((test) => [test, ...others.splice(0, share)]), ...others];
  }
}
