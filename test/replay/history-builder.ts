import type { InterceptInput } from '../../domain/intercept/state.ts';
import type { InterceptArgs } from '../../workflows/messages.ts';
import type { JsonEvent, JsonHistory } from './saved-history.ts';

const ENCODING = Buffer.from('json/plain').toString('base64');

const payloadsOf = (values: unknown[]): { payloads: { metadata: { encoding: string }; data: string }[] } => ({
  payloads: values.map((value) => ({ metadata: { encoding: ENCODING }, data: Buffer.from(JSON.stringify(value)).toString('base64') })),
});

/**
 * Goes on from the beginning of a real history with events at exact instants (epoch ms), as the server would have
 * written them. The workflow's clock in a workflow task is the instant the task started.
 */
export class HistoryBuilder {
  /** What the run was started with. */
  readonly input: InterceptInput;
  readonly #events: JsonEvent[];

  constructor(beginning: JsonHistory) {
    this.#events = structuredClone(beginning.events);
    this.input = readInput(this.#events[0]);
  }

  get history(): JsonHistory {
    return { events: structuredClone(this.#events) };
  }

  /** The one timer the run waits for fires. */
  timerFired(at: number): this {
    const started = this.#events.findLast(({ eventType }) => eventType === 'EVENT_TYPE_TIMER_STARTED');
    if (started === undefined) throw new Error('the run waits for no timer');
    const { timerId } = started['timerStartedEventAttributes'] as { timerId: string };
    return this.#add(at, 'TIMER_FIRED', { timerId, startedEventId: started.eventId });
  }

  signaled(at: number, signalName: string, value: unknown): this {
    return this.#add(at, 'WORKFLOW_EXECUTION_SIGNALED', { signalName, input: payloadsOf([value]), identity: 'test', header: {} });
  }

  /** A workflow task begins, and the history ends in it: the replayer hands it to the workflow as the present one. */
  taskStarted(at: number): this {
    this.#add(at, 'WORKFLOW_TASK_SCHEDULED', {
      taskQueue: { name: 'refund-intercept', kind: 'TASK_QUEUE_KIND_NORMAL' },
      startToCloseTimeout: '10s',
      attempt: 1,
    });
    return this.#add(at, 'WORKFLOW_TASK_STARTED', {
      scheduledEventId: this.#lastId,
      identity: 'test',
      requestId: 'test',
      historySizeBytes: '4000',
    });
  }

  /** The workflow task that began is completed; what the workflow commanded in it follows. */
  taskCompleted(at: number): this {
    const startedEventId = this.#lastId;
    return this.#add(at, 'WORKFLOW_TASK_COMPLETED', {
      scheduledEventId: String(Number(startedEventId) - 1),
      startedEventId,
      identity: 'test',
      sdkMetadata: {},
      meteringMetadata: {},
    });
  }

  /** An update that reached the workflow in the task just completed, its validator passed. */
  updateAccepted(at: number, name: string, value: unknown): this {
    const task = this.#events.findLast(({ eventType }) => eventType === 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED');
    const updateId = `${name}:${this.#lastId}`;
    return this.#add(at, 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED', {
      protocolInstanceId: updateId,
      acceptedRequestMessageId: `${updateId}/request`,
      acceptedRequestSequencingEventId: task?.eventId,
      acceptedRequest: { meta: { updateId, identity: 'test' }, input: { header: {}, name, args: payloadsOf([value]) } },
    });
  }

  /** The workflow scheduled an activity in the task just completed. */
  activityScheduled(at: number, activityId: string, name: string, value: unknown): this {
    return this.#add(at, 'ACTIVITY_TASK_SCHEDULED', {
      activityId,
      activityType: { name },
      taskQueue: { name: 'refund-intercept', kind: 'TASK_QUEUE_KIND_NORMAL' },
      header: {},
      input: payloadsOf([value]),
      startToCloseTimeout: '20s',
      workflowTaskCompletedEventId: this.#lastId,
    });
  }

  /** The workflow started a timer in the task just completed. */
  timerStarted(at: number, timerId: string, forMs: number): this {
    return this.#add(at, 'TIMER_STARTED', { timerId, startToFireTimeout: `${forMs / 1_000}s`, workflowTaskCompletedEventId: this.#lastId });
  }

  get #lastId(): string {
    return this.#events.at(-1)?.eventId ?? '0';
  }

  #add(at: number, type: string, attributes: Record<string, unknown>): this {
    const eventId = String(this.#events.length + 1);
    const name = `${type.toLowerCase().replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase())}EventAttributes`;
    this.#events.push({
      eventId,
      eventTime: new Date(at).toISOString(),
      eventType: `EVENT_TYPE_${type}`,
      taskId: `${2_000_000 + Number(eventId)}`,
      [name]: attributes,
    });
    return this;
  }
}

function readInput(started: JsonEvent | undefined): InterceptInput {
  const attributes = started?.['workflowExecutionStartedEventAttributes'] as { input: { payloads: { data: string }[] } } | undefined;
  const data = attributes?.input.payloads[0]?.data;
  if (data === undefined) throw new Error('the history does not begin with an input');
  return (JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as InterceptArgs).input;
}
