import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kernel } from './kernel.ts';

// The SDK's workflow runtime looks for it in the global scope of the sandbox, where its worker puts it; so this module comes before it.
Object.assign(globalThis, { AsyncLocalStorage });

/** What stands over the world's clock: a workflow's code sees the time of its task. */
export interface WorkflowTime {
  now: number;
}

const realDateNow = Date.now;
const realPerformanceNow = performance.now.bind(performance);
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSetInterval = globalThis.setInterval;
const realClearInterval = globalThis.clearInterval;
const realAbortAfter = AbortSignal.timeout.bind(AbortSignal);

let kernel: Kernel | null = null;
let workflowTime: WorkflowTime | null = null;

/** Puts the simulated clock and timers in place of the machine's while a world runs; null takes them away. */
export function useKernel(next: Kernel | null): void {
  kernel = next;
}

/** Whose time `Date.now()` tells: a workflow's while its code runs. */
export function useWorkflowTime(next: WorkflowTime | null): void {
  workflowTime = next;
}

/** A number in [0, 1) that this world draws under that name. */
export function nextDraw(name: string): number {
  if (kernel === null) throw new Error('nothing is drawn outside a world');
  return kernel.draw(name);
}

/** The machine's own clock. */
export function machineNow(): number {
  return realPerformanceNow();
}

interface SimulatedTimeout {
  simulated: ReturnType<Kernel['after']>;
  ref(): SimulatedTimeout;
  unref(): SimulatedTimeout;
}

Date.now = () => workflowTime?.now ?? kernel?.clock() ?? realDateNow();
performance.now = () => kernel?.now ?? realPerformanceNow();

function setSimulatedTimeout(work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): unknown {
  if (kernel === null) return realSetTimeout(work, ms, ...args);
  if (workflowTime !== null) throw new Error('a workflow waits by sleep() and condition() alone');
  const timeout: SimulatedTimeout = { simulated: kernel.after(ms ?? 0, () => work(...args)), ref: () => timeout, unref: () => timeout };
  return timeout;
}

function clearSimulatedTimeout(timeout: unknown): void {
  if (typeof timeout === 'object' && timeout !== null && 'simulated' in timeout) kernel?.cancel((timeout as SimulatedTimeout).simulated);
  else realClearTimeout(timeout as NodeJS.Timeout | undefined);
}

interface SimulatedInterval {
  next: unknown;
  isOver: boolean;
}

function setSimulatedInterval(work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): unknown {
  if (kernel === null) return realSetInterval(work, ms, ...args);
  const interval: SimulatedInterval = { next: null, isOver: false };
  const beat = () => {
    interval.next = setSimulatedTimeout(() => {
      work(...args);
      if (!interval.isOver) beat();
    }, ms);
  };
  beat();
  return interval;
}

function clearSimulatedInterval(interval: unknown): void {
  if (typeof interval !== 'object' || interval === null || !('isOver' in interval)) {
    realClearInterval(interval as NodeJS.Timeout | undefined);
    return;
  }
  const simulated = interval as SimulatedInterval;
  simulated.isOver = true;
  clearSimulatedTimeout(simulated.next);
}

/** One for all: nobody reads where it was made, and they are made by the thousand. */
const TIMED_OUT = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

AbortSignal.timeout = (ms) => {
  if (kernel === null) return realAbortAfter(ms);
  const controller = new AbortController();
  kernel.after(ms, () => controller.abort(TIMED_OUT));
  return controller.signal;
};

Object.assign(globalThis, {
  setTimeout: setSimulatedTimeout,
  clearTimeout: clearSimulatedTimeout,
  setInterval: setSimulatedInterval,
  clearInterval: clearSimulatedInterval,
});

let rejection: unknown = null;
process.on('unhandledRejection', (reason) => {
  rejection ??= reason ?? new Error('a promise was rejected with nothing');
});

/** A promise nobody waited for that was rejected since last asked: a defect wherever it happens. */
export function takeRejection(): unknown {
  const found = rejection;
  rejection = null;
  return found;
}
