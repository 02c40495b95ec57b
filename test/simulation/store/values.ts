import type * as real from '../../../store/values.ts';
import { nextDraw } from '../globals.ts';

export * from '../../../store/values.ts';

/** As random as the world is: the same in every run of a seed. */
export const newId: (typeof real)['newId'] = (prefix) => `${prefix}_${Math.floor(nextDraw('id') * 0x1_0000_0000).toString(16)}`;
