import type { activate, concludeActivation } from '@temporalio/workflow/lib/worker-interface.js';
import type { Party } from '../kernel.ts';

type Completed = NonNullable<ReturnType<typeof concludeActivation>['successful']>;

/** One job of an activation, as the SDK's runtime takes it: one member beside the name of it. */
export type Job = NonNullable<Parameters<typeof activate>[0]['jobs']>[number] & { variant: string };
export type Command = NonNullable<Completed['commands']>[number];

/** One entry into the workflow's code: at this time, with these jobs, it issued these commands. */
export interface Activation {
  timestamp: number;
  jobs: Job[];
  /** Kind and number of each command, for a replay to be held against. */
  issued: string[];
}

/** A workflow task that was completed: what a replay goes through again. */
export interface RecordedTask {
  activations: Activation[];
  /** Patches first asked for in it. */
  patches: string[];
  historyLength: number;
  continueAsNewSuggested: boolean;
}

/** The workflow task under way. */
export interface OpenTask {
  token: number;
  startedAt: number;
  jobs: Job[];
  historyLength: number;
  continueAsNewSuggested: boolean;
}

export type RunStatus = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CONTINUED_AS_NEW' | 'TERMINATED';

export interface Update {
  id: string;
  state: 'ADMITTED' | 'ACCEPTED' | 'COMPLETED' | 'REJECTED' | 'LOST';
  /** Payload of the result or the failure, as the workflow gave it. */
  result: unknown;
  failure: unknown;
  /** Woken at each change of state. */
  listeners: (() => void)[];
}

export interface ActivityTask {
  run: Run;
  seq: number;
  type: string;
  queue: string;
  args: unknown[];
  startToCloseMs: number;
  retry: { initialMs: number; coefficient: number; maximumMs: number; maximumAttempts: number };
  attempt: number;
  scheduledAt: number;
  /** When the attempt under way, or the next one, was to begin. */
  attemptAt: number;
  /** What the last heartbeat that reached the server said. */
  heartbeat: unknown;
  cancelRequested: boolean;
  /** The attempt under way, null between attempts. */
  token: number | null;
  closed: boolean;
}

/** A run as the server keeps it: all of it survives every process of ours. */
export interface Run {
  workflowId: string;
  runId: string;
  firstRunId: string;
  continuedFrom: string | null;
  type: string;
  args: unknown[];
  taskQueue: string;
  taskTimeoutMs: number;
  status: RunStatus;
  startedAt: number;
  closedAt: number | null;
  history: RecordedTask[];
  /** Events not yet taken into a workflow task. */
  inbox: Job[];
  task: OpenTask | null;
  dispatching: boolean;
  timers: Set<number>;
  activities: Map<number, ActivityTask>;
  updates: Map<string, Update>;
  /** Rough number of history events: what makes the server suggest continuing as new. */
  events: number;
  /** Workflow tasks that failed in a row: a defect of the workflow's code. */
  failedTasks: number;
  lastFailure: unknown;
}

/** The process that runs workflows and activities. */
export interface Worker {
  party: Party;
  takeTask(run: Run, task: OpenTask): unknown;
  takeActivity(task: ActivityTask, token: number): unknown;
  answerQuery(run: Run, name: string): Promise<unknown>;
  /** The run as this worker remembers it is no longer what the server has. */
  forget(runId: string): void;
}

const ORDER: Record<string, number> = { initializeWorkflow: 0, notifyHasPatch: 1, updateRandomSeed: 2, signalWorkflow: 3, doUpdate: 3 };

/** Jobs in the order Core hands them over: what the run must hear first, then signals and updates, then the rest as it happened. */
export function inOrder(jobs: readonly Job[]): Job[] {
  return [...jobs].sort((one, other) => (ORDER[one.variant] ?? 4) - (ORDER[other.variant] ?? 4));
}

/** Name of a command as a replay compares it: kind, number and, of an activity, its type. */
export function nameOf(command: Command): string {
  const kind = Object.keys(command).find((key) => key !== 'userMetadata' && key !== 'eventGroupMarkers' && key !== 'variant') ?? '';
  const body = (command as Record<string, unknown>)[kind] as { seq?: number; activityType?: string } | undefined;
  return `${kind}:${body?.seq ?? ''}:${body?.activityType ?? ''}`;
}
