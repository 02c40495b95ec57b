import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { ClaimActivities, ClaimRequestRef } from '../activities/types.ts';
import { type ClaimState, isSettled } from '../domain/claim/claim.ts';
import { applyClaim, type ClaimEvent, describeClaim, nextClaimDeadline } from '../domain/claim/progress.ts';
import { type ClaimWrite, isWorthRecording, laterClaimWrite } from '../domain/claim/record.ts';
import { isMadeAgain } from './made-again.ts';
import {
  CLAIM_SETTLED,
  type ClaimArgs,
  type ClaimProgressSignal,
  claimProgressSignal,
  claimStateQuery,
  type WithdrawClaimInput,
  withdrawClaimUpdate,
} from './messages.ts';
import { requireTexts } from './readable.ts';
import { setTolerantHandler } from './tolerant-signal.ts';

const PATIENT = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' } as const;

const { openWorkOrder } = proxyActivities<ClaimActivities>({ startToCloseTimeout: '30s', retry: PATIENT, summary: '向快递提交索赔工单' });
const { readWorkOrder } = proxyActivities<ClaimActivities>({
  startToCloseTimeout: '30s',
  retry: { ...PATIENT, maximumAttempts: 5 },
  summary: '查询索赔工单',
});
const { saveClaims } = proxyActivities<ClaimActivities>({
  startToCloseTimeout: '20s',
  retry: { ...PATIENT, maximumInterval: '60s' },
  summary: '记录索赔进展',
});

/**
 * One claim from the merchant's wish to the carrier's verdict: opens the carrier's work order where there is an API for
 * it and looks at it again and again; otherwise waits for what the merchant enters. Reminds while nothing moves.
 * Cannot be cancelled, only withdrawn.
 */
export async function claim({ state, repeated = false }: ClaimArgs): Promise<ClaimState> {
  const cancelRequested = CancellationScope.current().cancelRequested;
  return CancellationScope.nonCancellable(async () => {
    const run = new ClaimRun(state, repeated || isMadeAgain());
    bindMessages(run);
    cancelRequested.catch(() => log.warn('a cancel request was ignored: a claim is withdrawn by its update'));
    run.begin();
    return drive(run);
  });
}

async function drive(run: ClaimRun): Promise<ClaimState> {
  for (;;) {
    run.absorb(Date.now());
    if (isSettled(run.state)) break;
    const next = nextClaimDeadline(run.state);
    const isWoken = () => run.isPending || mayContinueAsNew(run);
    if (next === null) await condition(isWoken);
    else await condition(isWoken, Math.max(1, next.at - Date.now()), { summary: next.summary });
    if (mayContinueAsNew(run) && !run.isPending) await continueAsNew<typeof claim>({ state: run.state });
    run.push({ type: 'TIME_PASSED', at: Date.now() });
  }
  await condition(() => allHandlersFinished() && run.isWritten);
  return run.state;
}

function mayContinueAsNew(run: ClaimRun): boolean {
  return workflowInfo().continueAsNewSuggested && run.isWritten && !run.isAsking && allHandlersFinished();
}

/** A claim while it runs: absorbs events, and carries out what they cause beside the loop. */
class ClaimRun {
  state: ClaimState;
  /** A call to the carrier is on its way. */
  isAsking = false;
  readonly #queue: ClaimEvent[] = [];
  #unwritten: ClaimWrite[] = [];
  #writing = false;
  readonly #repeated: boolean;

  constructor(state: ClaimState, repeated: boolean) {
    this.state = state;
    this.#repeated = repeated;
    setCurrentDetails(describeClaim(state));
  }

  get isPending(): boolean {
    return this.#queue.length > 0;
  }

  get isWritten(): boolean {
    return !this.#writing && this.#unwritten.length === 0;
  }

  push(event: ClaimEvent): void {
    this.#queue.push(event);
  }

  /** What a new run has to ask first; one made again goes on where the record stood. */
  begin(): void {
    const { channel, status, carrierReference, verdictMissing, pollDueAt } = this.state;
    if (channel !== 'CARRIER_API' || isSettled(this.state)) return;
    if (status === 'SUBMITTED' && carrierReference === null)
      this.#ask(async () => this.push({ type: 'CARRIER_ANSWERED', answer: await openWorkOrder(this.#ref()), at: Date.now() }));
    else if (pollDueAt === null && !verdictMissing) this.#read();
  }

  absorb(now: number): void {
    for (let event = this.#queue.shift(); event !== undefined; event = this.#queue.shift()) {
      const before = this.state;
      const step = applyClaim(before, event);
      if (isWorthRecording(step)) {
        const write = laterClaimWrite(before, step, now);
        this.state = write.state;
        this.#unwritten.push(write);
      } else {
        this.state = step.state;
      }
      if (step.readCarrier) this.#read();
    }
    setCurrentDetails(describeClaim(this.state));
    this.#write();
  }

  #ref(): ClaimRequestRef {
    const { claimId, carrier, waybillNo, carrierReference } = this.state;
    return { claimId, carrier, waybillNo, carrierReference, repeated: this.#repeated };
  }

  #read(): void {
    this.#ask(async () => {
      const reading = await readWorkOrder(this.#ref()).catch((error: unknown) => ({ kind: 'UNKNOWN', reason: String(error) }) as const);
      this.push({ type: 'CARRIER_READ', reading, at: Date.now() });
    });
  }

  #ask(work: () => Promise<void>): void {
    this.isAsking = true;
    void work().then(() => {
      this.isAsking = false;
    });
  }

  /** One writer at a time; what comes while it writes goes with its next turn. */
  #write(): void {
    if (this.#writing || this.#unwritten.length === 0) return;
    this.#writing = true;
    void (async () => {
      while (this.#unwritten.length > 0) {
        const writes = this.#unwritten;
        this.#unwritten = [];
        await saveClaims(writes);
      }
      this.#writing = false;
    })();
  }
}

const STATUSES: readonly unknown[] = ['ACCEPTED', 'ARBITRATING', 'UPHELD', 'DISMISSED'];

function isProgress(value: unknown): value is ClaimProgressSignal {
  if (typeof value !== 'object' || value === null) return false;
  const { actor, status, upheldFen, note } = value as Partial<ClaimProgressSignal>;
  const isAmount = upheldFen === null || Number.isSafeInteger(upheldFen);
  return typeof actor === 'string' && STATUSES.includes(status) && isAmount && (note === null || typeof note === 'string');
}

function bindMessages(run: ClaimRun): void {
  setHandler(claimStateQuery, () => run.state);
  setTolerantHandler(claimProgressSignal, (signal) => {
    if (!isProgress(signal)) {
      log.error('unreadable progress ignored');
      return;
    }
    const { actor, status, upheldFen, note } = signal;
    run.push({ type: 'PROGRESS', at: Date.now(), actor, entered: { status, upheldFen, note } });
  });
  setHandler(withdrawClaimUpdate, (input) => withdraw(run, input), {
    validator: (input) => {
      requireTexts(input, 'actor', 'reason');
      refuseSettled(run.state);
    },
  });
}

/** Withdraws unless something that came first settles the claim; answers once that is on record. */
function withdraw(run: ClaimRun, { actor, reason }: WithdrawClaimInput): Promise<ClaimState> {
  return CancellationScope.nonCancellable(async () => {
    run.push({ type: 'WITHDRAWN', at: Date.now(), actor, reason });
    await condition(() => isSettled(run.state) && run.isWritten);
    if (run.state.status !== 'WITHDRAWN') refuseSettled(run.state);
    return run.state;
  });
}

function refuseSettled(state: ClaimState): void {
  if (!isSettled(state)) return;
  throw ApplicationFailure.create({ type: CLAIM_SETTLED, message: CLAIM_SETTLED, nonRetryable: true, details: [{ status: state.status }] });
}
