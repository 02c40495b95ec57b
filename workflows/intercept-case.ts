import {
  CancellationScope,
  isCancellation,
  log,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { CarrierActivities, RecordActivities } from '../activities/types.ts';
import { type Deadline, isFinished, nextDeadline } from '../domain/intercept/deadline.ts';
import type { Effect, InterceptEvent, MoneyOutcome } from '../domain/intercept/event.ts';
import { applyAll, begin, resumedEffects, stamp } from '../domain/intercept/machine.ts';
import { describeCase } from '../domain/intercept/narrative.ts';
import { buildRecord, type RecordWrite } from '../domain/intercept/record.ts';
import { CURRENT_RULES, isUnderRules, liftTo } from '../domain/intercept/rules.ts';
import { completeState } from '../domain/intercept/shape.ts';
import type { InterceptState, MoneyCommand } from '../domain/intercept/state.ts';
import { isMadeAgain } from './made-again.ts';
import { carrierQueue, type InterceptArgs } from './messages.ts';
import { RETRY_FOREVER, sendMoney } from './money-command.ts';
import { axisAttributes } from './search-attributes.ts';

/** Tried once: it holds its task open, and a timer that was armed in it starts, and ends, as much later. */
const quickRecords = proxyLocalActivities<RecordActivities>({
  startToCloseTimeout: '1s',
  scheduleToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
  summary: '写入记录',
});
const patientRecords = proxyActivities<RecordActivities>({
  startToCloseTimeout: '20s',
  retry: RETRY_FOREVER,
  summary: '补写记录（数据库暂时不可用）',
});

/**
 * One case while it runs: holds the state, feeds events to the pure machine and carries out its effects beside the
 * loop. Outcomes come back as events, so nothing that hangs outside ever delays a deadline.
 */
export class InterceptCase {
  state: InterceptState;
  /** Outcomes of money commands, for the updates that wait for them. */
  readonly outcomes = new Map<number, MoneyOutcome>();
  readonly #queue: InterceptEvent[] = [];
  readonly #moneyScopes = new Map<number, CancellationScope>();
  /** Record writes not yet handed over. */
  #unwritten: RecordWrite[] = [];
  #writing = 0;
  #shown: InterceptState;
  #timer: { at: number; scope: CancellationScope } | null = null;
  #timerFired = false;
  readonly #repeated: boolean;
  #ended = false;

  constructor(args: InterceptArgs) {
    this.#repeated = args.resume !== null || isMadeAgain();
    if (args.resume === null) {
      const { state, effects } = begin(args.input);
      // Version 1 is what the create transaction stored: the same pure functions made it there.
      this.state = stamp(state, args.input.initiatedAt);
      this.#start(effects);
    } else {
      this.state = completeState(args.resume);
      this.#start(resumedEffects(this.state));
    }
    this.#shown = this.state;
    setCurrentDetails(describeCase(this.state));
  }

  /** Something waits to be absorbed. */
  get isPending(): boolean {
    return this.#queue.length > 0 || this.#timerFired;
  }

  /** Something waits to be absorbed although the case had finished: under the first rules it was let go. */
  get isDrainable(): boolean {
    return this.isPending && isUnderRules(this.state, 2);
  }

  /** No record write is on its way. */
  get isWritten(): boolean {
    return this.#writing === 0 && this.#unwritten.length === 0;
  }

  get hasMoneyInFlight(): boolean {
    return this.state.command !== null;
  }

  push(event: InterceptEvent): void {
    this.#queue.push(event);
  }

  /** The state as it will be once everything received is applied: what a validator must judge. */
  preview(now: number): InterceptState {
    return applyAll(this.state, this.#ordered(now)).state;
  }

  /** Applies everything received so far, in the order of the instants that decide, then records and shows it. */
  absorb(now: number): void {
    const events = this.#ordered(now);
    this.#queue.length = 0;
    this.#timerFired = false;
    if (events.length === 0) return;
    this.#lift();
    const before = this.state;
    const { state, effects } = applyAll(before, events);
    this.state = state;
    // Also what needs no line of its own, such as a payment taken but not yet confirmed: else the record would show it in flight.
    const changed = effects.length > 0 || !isSame(before, this.state);
    if (changed) this.#record(before, effects, now, isFinished(this.state, now));
    if (!this.#holdsBack(changed, effects)) this.#publish();
    this.#start(effects);
  }

  /**
   * Whether what was recorded is shown and written only with the next change: the start of a payment, which is answered in a
   * moment (one write and one upsert less a case; one that takes longer is written by its second try). Whatever else happens
   * meanwhile is shown at once, for a payment may be stuck for days.
   */
  #holdsBack(changed: boolean, effects: Effect[]): boolean {
    if (this.state.command?.kind !== 'PAY') return false;
    if (!isUnderRules(this.state, 2)) return true;
    return !changed || effects.some((effect) => effect.type === 'MONEY');
  }

  /**
   * Puts a case that began under older rules under today's, at the first event it meets live: what its history holds up to
   * there replays under the older ones. The one place that decides; the rules themselves ask the state.
   */
  #lift(): void {
    for (let version = this.state.rules + 1; version <= CURRENT_RULES; version += 1) {
      if (patched(`rules-${version}`)) this.state = liftTo(this.state, version);
    }
  }

  /** Makes sure the last record says that the run ended. */
  finish(now: number): void {
    if (this.#ended) return;
    const line: Effect = {
      type: 'LOG',
      line: { at: now, actorKind: 'CLOCK', actor: 'clock', what: 'WATCH_ENDED', before: {}, after: {}, reference: null },
    };
    this.#record(this.state, [line], now, true);
    this.#publish();
  }

  #ordered(now: number): InterceptEvent[] {
    const events = [...this.#queue].sort((a, b) => a.at - b.at);
    const next = nextDeadline(this.state);
    if (next !== null && next.at <= now) events.push({ type: 'TIME_PASSED', at: now });
    return events;
  }

  #record(before: InterceptState, effects: Effect[], now: number, ended: boolean): void {
    this.state = stamp(this.state, now);
    this.#ended = ended;
    this.#unwritten.push(buildRecord(before, this.state, effects, now, ended));
    setCurrentDetails(describeCase(this.state));
  }

  #publish(): void {
    const changed = axisAttributes(this.#shown, this.state);
    this.#shown = this.state;
    if (changed.length > 0) upsertSearchAttributes(changed);
    if (this.#unwritten.length > 0) this.#write();
  }

  #write(): void {
    const writes = this.#unwritten;
    this.#unwritten = [];
    this.#writing += 1;
    this.#beside(async () => {
      try {
        await quickRecords.saveRecords(writes);
      } catch (error) {
        log.warn('record write failed, going on without it', { error: String(error) });
        await persist(() => patientRecords.saveRecords(writes));
      }
      this.#writing -= 1;
    });
  }

  /** Keeps the one timer of the next deadline; it is replaced only when that deadline changes. */
  armTimer(now: number): void {
    const next = nextDeadline(this.state);
    if (this.#timer !== null && this.#timer.at === next?.at) return;
    this.#timer?.scope.cancel();
    this.#timer = null;
    if (next !== null) this.#startTimer(next, now);
  }

  #startTimer(next: Deadline, now: number): void {
    const scope = new CancellationScope();
    this.#timer = { at: next.at, scope };
    this.#beside(async () => {
      try {
        await scope.run(() => sleep(Math.max(1, next.at - now), { summary: next.summary }));
      } catch (error) {
        if (isCancellation(error)) return;
        throw error;
      }
      this.#timer = null;
      this.#timerFired = true;
    });
  }

  #start(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'REQUEST_INTERCEPT') this.#beside(() => this.#requestIntercept());
      else if (effect.type === 'MONEY') this.#startMoney(effect.sequence);
      else if (effect.type === 'GIVE_UP_MONEY') this.#moneyScopes.get(effect.sequence)?.cancel();
      else if (effect.type === 'CHECK_LAST_SCAN') this.#beside(() => this.#readLastScan());
    }
  }

  async #requestIntercept(): Promise<void> {
    const { carrier, waybillNo, interceptId, shopId, returnTo, returnAddressVersion } = this.state.input;
    const destination = returnTo && { returnTo, ...(returnAddressVersion && { shopId, returnAddressVersion }) };
    const { requestIntercept } = proxyActivities<CarrierActivities>({
      taskQueue: carrierQueue(carrier),
      // Its two calls of 8 s have their time, and a try that was lost is soon made again.
      startToCloseTimeout: '18s',
      retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5m' },
      summary: `请求${carrier}拦截 ${waybillNo}`,
    });
    const answer = await persist(() => requestIntercept({ carrier, waybillNo, interceptId, repeated: this.#repeated, ...destination }));
    this.push({ type: 'CARRIER_ANSWERED', at: Date.now(), answer });
  }

  async #readLastScan(): Promise<void> {
    const { carrier, waybillNo } = this.state.input;
    const { readLastScan } = proxyActivities<RecordActivities>({
      startToCloseTimeout: '20s',
      retry: RETRY_FOREVER,
      summary: '查看最近一次走件',
    });
    const lastScanAt = await persist(() => readLastScan({ carrier, waybillNo }));
    this.push({ type: 'LAST_SCAN_READ', at: Date.now(), lastScanAt });
  }

  #startMoney(sequence: number): void {
    const command = this.state.command;
    if (command === null || command.sequence !== sequence) return;
    const scope = new CancellationScope();
    this.#moneyScopes.set(sequence, scope);
    this.#beside(async () => {
      const outcome = await this.#runMoney(scope, command);
      this.#moneyScopes.delete(sequence);
      this.outcomes.set(sequence, outcome);
      this.push({ type: 'MONEY_ANSWERED', at: Date.now(), sequence, outcome });
    });
  }

  async #runMoney(scope: CancellationScope, command: MoneyCommand): Promise<MoneyOutcome> {
    try {
      return await scope.run(() => persist(() => sendMoney(this.state, command, this.#unwritten)));
    } catch (error) {
      // A try that ended in an error after it was given up has an outcome as unknown as one that was cut off.
      if (!isCancellation(error) && !scope.consideredCancelled) throw error;
      return { kind: 'CANCELLED', sent: false, refund: null, refusal: null };
    }
  }

  /** Runs beside the loop. What it throws is a defect of ours: the workflow task fails and is tried again after the mend. */
  #beside(work: () => Promise<void>): void {
    void work();
  }
}

/** Whether two states say the same; a state is plain data whose members always come in the same order. */
function isSame(one: InterceptState, other: InterceptState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** An activity that gave up although it never should is started again: no case is left without its next step. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
      log.error('an activity failed for good, starting it again in a minute', { error: String(error) });
      await sleep('1m', { summary: '活动意外失败，一分钟后重新开始' });
    }
  }
}
