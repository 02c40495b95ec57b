import { activityInfo, heartbeat } from '@temporalio/activity';

/** What a try leaves for the next one: whether the carrier may have heard us by then. */
interface AskedMark {
  asked: boolean;
  attempt: number;
}

/**
 * Whether an earlier try of this activity may have reached the carrier. A mark leaves beside the call it speaks of and may die
 * with its process on the way, so only the last try itself can say that nothing was asked; one that ended without a word may have.
 */
export function mayHaveAskedBefore(): boolean {
  const { attempt, heartbeatDetails } = activityInfo();
  const left = heartbeatDetails as Partial<AskedMark> | undefined;
  return attempt > 1 && (left?.attempt !== attempt - 1 || left.asked !== false);
}

/** Leaves word for the next try: before the carrier is asked, and whenever this try ends and the carrier did not hear it. */
export function leaveAskedMark(asked: boolean): void {
  heartbeat({ asked, attempt: activityInfo().attempt } satisfies AskedMark);
}
