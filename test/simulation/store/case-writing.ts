import type * as real from '../../../store/case-writing.ts';

/** Nobody listens here. */
export const announceChange: (typeof real)['announceChange'] = async () => {};
