import type { DurationMs } from '../../domain/time.ts';
import { claimChannels, shareNotices } from '../../store/channel-notices.ts';
import { type Lanes, startLanes } from '../lanes.ts';
import { type ChannelDeps, tellChannel } from './tell.ts';

const CHANNELS_AT_ONCE = 16;
const NOTICES_A_ROUND = 200;

/**
 * Tells notices to the shops' channels while this process lives. A pump over rows and no run of Temporal: what waits for a channel is
 * told together, at a robot's pace over all processes, and that is a question to a table; what a run would add, a durable timer a
 * message, is the row's own instant. Nothing is lost when a process dies: what is not noted as told comes up again.
 */
export function startChannelPump(deps: ChannelDeps, { everyMs, onError }: { everyMs: DurationMs; onError(error: unknown): void }): Lanes {
  return startLanes({
    lanes: CHANNELS_AT_ONCE,
    everyMs,
    onError,
    async claim(limit) {
      await shareNotices(deps.db, NOTICES_A_ROUND);
      return claimChannels(deps.db, limit);
    },
    work: (channel) => tellChannel(deps, channel),
  });
}
