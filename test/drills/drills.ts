import { BACKLOGS } from './backlogs.ts';
import { DEPLOYS } from './deploys.ts';
import { KEYS } from './keys.ts';
import { OUTAGES } from './outages.ts';
import { RESTORES } from './restores.ts';
import type { Drill } from './scene.ts';

/** All of them, in the order in which they are played. */
export const DRILLS: readonly Drill[] = [...OUTAGES, ...BACKLOGS, ...DEPLOYS, ...RESTORES, ...KEYS];
