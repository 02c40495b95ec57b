import TestSequencer from '@jest/test-sequencer';
import { LONG_FILES } from './long-files.ts';

/** So many of the longest come first, without others between them: beside what they do, the cores have little left. */
const FIRST = 9;

/**
 * Test files in the order that keeps the cores busy to the end: the longest first, then the other long ones, each followed by some of the
 * rest. The long ones mostly wait and the rest compute: all of the one kind and then all of the other would leave the cores idle for a while and
 * crowd them afterwards.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const long = LONG_FILES.flatMap((file) => sorted.filter(({ path }) => path.endsWith(`/${file}`)));
    const others = sorted.filter((test) => !long.includes(test));
    const share = Math.ceil(others.length / Math.max(long.length - FIRST, 1));
    return [...long.slice(0, FIRST), ...long.slice(FIRST).flatMap((test) => [test, ...others.splice(0, share)]), ...others];
  }
}
