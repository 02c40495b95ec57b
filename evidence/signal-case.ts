import { type Client, isGrpcServiceError, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import type { EpochMs } from '../domain/time.ts';
import type { CarrierEvidence } from '../domain/intercept/event.ts';
import { type RefundChangedSignal, carrierEvidenceSignal, interceptWorkflowId, refundChangedSignal } from '../workflows/messages.ts';

/** Temporal gave no answer, or cannot take the signal now: the same signal is sent again later. */
export class TemporalUnreachable extends Error {
  override name = 'TemporalUnreachable';
}

/** `NO_RUN`: Temporal answers that no run of this case is open. */
export type SignalOutcome = 'SENT' | 'NO_RUN';

const SIGNAL_LIMIT_MS = 3_000;
/** gRPC codes that say something about this very request; all others are Temporal's own trouble. */
const REQUEST_FAULTS = [3 /* INVALID_ARGUMENT */, 6 /* ALREADY_EXISTS */, 11 /* OUT_OF_RANGE */, 12 /* UNIMPLEMENTED */];
/** INVALID_ARGUMENT too, but about the run: it has had all the signals (10,000) that a run may have. The next run takes it. */
const RUN_IS_FULL = /exceeded workflow execution limit/i;

/** Tells a case of evidence, oldest first. Throws `TemporalUnreachable`, or what is wrong with the signal itself. */
export function signalEvidence(client: Client, interceptId: string, evidence: CarrierEvidence[]): Promise<SignalOutcome> {
  return send(client, () => client.workflow.getHandle(interceptWorkflowId(interceptId)).signal(carrierEvidenceSignal, { evidence }));
}

/** Tells a case how its refund stands at the platform, or a notice about it. */
export function signalRefund(client: Client, interceptId: string, change: RefundChangedSignal): Promise<SignalOutcome> {
  return send(client, () => client.workflow.getHandle(interceptWorkflowId(interceptId)).signal(refundChangedSignal, change));
}

async function send(client: Client, signal: () => Promise<void>): Promise<SignalOutcome> {
  const deadline: EpochMs = Date.now() + SIGNAL_LIMIT_MS;
  try {
    await client.withDeadline(deadline, signal);
    return 'SENT';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'NO_RUN';
    const cause = grpcCause(error);
    if (cause !== null && isRequestFault(cause)) throw error;
    throw new TemporalUnreachable(cause?.details ?? String(error), { cause: error });
  }
}

/** What Temporal itself answered; null where it did not, or where the namespace is at fault. */
function grpcCause(error: unknown): { code: number; details: string } | null {
  if (error instanceof NamespaceNotFoundError) return null;
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : null;
}

function isRequestFault({ code, details }: { code: number; details: string }): boolean {
  return REQUEST_FAULTS.includes(code) && !RUN_IS_FULL.test(details);
}
