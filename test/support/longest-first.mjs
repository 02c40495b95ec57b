import TestSequencer from '@jest/test-sequencer';
import { LONG_FILES } from './long-files.ts';

/**
 * Test files in the order that keeps all of Jest's workers busy to the end: first the long ones, longest first, then the others as Jest has them
 * (by what it measured before, on a new machine by size). By size alone the longest would come last, each being a few lines around much waiting.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rankOf = ({ path }) => {
      const rank = LONG_FILES.findIndex((file) => path.endsWith(`/${file}`));
      return rank === -1 ? LONG_FILES.length : rank;
    };
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
