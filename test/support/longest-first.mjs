import TestSequencer from '@jest/test-sequencer';
import { LONG_FILES, LONGEST_FILES } from './long-files.ts';

/** So many shares of the rest are left for the end, which is short and computes: a long file that waits would be waited for alone. */
const SHARES_LAST = 3;

/**
 * Test files in the order that keeps the cores busy to the end: the longest, then the other long ones, each followed by some of the rest. The long ones
 * mostly wait and the rest compute: all of the one kind and then all of the other would leave the cores idle for a while and crowd them afterwards.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const among = (files) => files.flatMap((file) => sorted.filter(({ path }) => path.endsWith(`/${file}`)));
    const [longest, long] = [among(LONGEST_FILES), among(LONG_FILES)];
    const others = sorted.filter((test) => !longest.includes(test) && !long.includes(test));
    const count = long.length + SHARES_LAST;
    // Dealt like cards, for the larger ones come first: every share has large and small ones.
    const shares = Array.from({ length: count }, (_, share) => others.filter((_, index) => index % count === share));
    return [...longest, ...shares.flatMap((share, index) => [...long.slice(index, index + 1), ...share])];
  }
}
