import { Worker } from '@temporalio/worker';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { createClaimActivities } from '../../activities/claims.ts';
import { CARRIERS } from '../../carriers/index.ts';
import type { ClaimDurations, ClaimState } from '../../domain/claim/claim.ts';
import { beginClaim } from '../../domain/claim/progress.ts';
import { firstClaimWrite } from '../../domain/claim/record.ts';
import { sampleClaimOf } from '../../domain/claim/sample-claim.ts';
import { DEMO_SHOP } from '../../simulators/world.ts';
import { advanceIncident } from '../../simulators/zto/incidents.ts';
import { insertClaim } from '../../store/claims.ts';
import { inTransaction } from '../../store/db.ts';
import { succeededIntercept } from '../../store/test-settlement.ts';
import { newId } from '../../store/values.ts';
import type { claim } from '../../workflows/claim.ts';
import {
  BACKGROUND_QUEUE,
  CLAIM_WORKFLOW,
  claimProgressSignal,
  claimStart,
  claimStateQuery,
  withdrawClaimUpdate,
} from '../../workflows/messages.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';
import type { Recording } from './endings.ts';

type ClaimHandle = WorkflowHandleWithFirstExecutionRunId<typeof claim>;

/** A claim of seconds. */
const QUICK: ClaimDurations = { pollFirstMs: 300, pollAtMostMs: 600, remindAfterMs: 1_500 };

/** Opens a claim for a parcel whose intercept succeeded, plays the rest and waits for the end. */
function claimEnding(
  name: string,
  why: string,
  carrier: string,
  rest: (world: CaseWorld, handle: ClaimHandle) => Promise<unknown>,
): Recording {
  const play = async (world: CaseWorld): Promise<string> => {
    const db = world.database.kysely;
    const { refundId, orderId, waybillNo } = await world.control<{ refundId: string; orderId: string; waybillNo: string }>(
      'POST',
      '/sim/refunds',
      { carrier },
    );
    const { input } = await succeededIntercept(db, { carrier, refundId, orderId, waybillNo, shopId: DEMO_SHOP.shopId });
    const details = sampleClaimOf(input, { claimId: newId('claim'), createdAt: Date.now() });
    const begun = beginClaim(details, carrier === 'ZTO', QUICK);
    await inTransaction(db, (trx) => insertClaim(trx, details, firstClaimWrite(begun)));
    const worker = await Worker.create({
      connection: world.env.nativeConnection,
      namespace: world.env.namespace ?? 'default',
      taskQueue: BACKGROUND_QUEUE,
      workflowBundle: await workflowBundle(),
      activities: createClaimActivities({
        db,
        carriers: new Map(CARRIERS.map((one) => [one.code, one.connect(world.simulators.credentials)])),
      }),
    });
    return worker.runUntil(async () => {
      const handle = await world.env.client.workflow.start<typeof claim>(CLAIM_WORKFLOW, claimStart(begun.state));
      await rest(world, handle);
      await handle.result();
      return handle.workflowId;
    });
  };
  return { name: `claim-${name}`, why, play };
}

async function untilClaim(handle: ClaimHandle, wished: (state: ClaimState) => boolean): Promise<ClaimState> {
  for (;;) {
    const state = await handle.query(claimStateQuery);
    if (wished(state)) return state;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The claims worth keeping: by work order, by sheet, and taken back. */
export const CLAIM_RECORDINGS: Recording[] = [
  claimEnding('upheld', "ZTO's work order: taken, looked at until it is decided, its award a ledger line", 'ZTO', async (world, handle) => {
    const { carrierReference } = await untilClaim(handle, ({ status }) => status === 'ACCEPTED');
    const reference = carrierReference ?? '';
    advanceIncident(world.simulators.world, { kind: 'INCIDENT', reference, status: 'processing', reply: '正在联系网点' });
    await untilClaim(handle, ({ status }) => status === 'ARBITRATING');
    advanceIncident(world.simulators.world, { kind: 'INCIDENT', reference, status: 'finished', reply: '经核实情况属实，同意赔付120.50元' });
  }),
  claimEnding('sheet-dismissed', 'by sheet: nothing moves, a reminder, then the outlet says no', 'YTO', async (_world, handle) => {
    await new Promise((resolve) => setTimeout(resolve, 2 * QUICK.remindAfterMs));
    await handle.signal(claimProgressSignal, { actor: 'key:sample', status: 'DISMISSED', upheldFen: null, note: '网点不同意' });
  }),
  claimEnding('withdrawn', 'by sheet: the merchant withdraws', 'STO', (_world, handle) =>
    handle.executeUpdate(withdrawClaimUpdate, { args: [{ actor: 'key:sample', reason: '已找到' }] }),
  ),
];
