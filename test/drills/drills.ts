import { BACKLOGS } from './backlogs.ts';
import { CLOCKS } from './clocks.ts';
import { DEPLOYS } from './deploys.ts';
import { DISKS } from './disk.ts';
import { FAILOVERS } from './failover.ts';
import { KEYS } from './keys.ts';
import { MESSAGES } from './messages.ts';
import { NETWORK } from './network.ts';
import { OUTAGES } from './outages.ts';
import { PATROL } from './patrol.ts';
import { RESTORES } from './restores.ts';
import type { Drill } from './scene.ts';
import { TEMPORAL_NETWORK } from './temporal-network.ts';

/** All of them, in the order in which they are played. */
export const DRILLS: readonly Drill[] = [
  ...OUTAGES,
  ...NETWORK,
  ...BACKLOGS,
  ...PATROL,
  ...DEPLOYS,
  ...RESTORES,
  ...FAILOVERS,
  ...DISKS,
  ...TEMPORAL_NETWORK,
  ...MESSAGES,
  ...CLOCKS,
  ...KEYS,
];
