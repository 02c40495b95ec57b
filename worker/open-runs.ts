import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { DAY_MS } from '../domain/time.ts';
import { CLAIM_WORKFLOW, DELIVER_WEBHOOK_WORKFLOW, INTERCEPT_WORKFLOW, PATROL_WORKFLOW } from '../workflows/messages.ts';
import { INTERCEPT_STATUS, REFUND_STATUS, RETURN_STATUS } from '../workflows/search-attributes.ts';

/** One open run, as the list of runs names it. */
export type OpenRun = Pick<WorkflowExecutionInfo, 'workflowId' | 'runId'>;

const TYPES = [INTERCEPT_WORKFLOW, CLAIM_WORKFLOW, DELIVER_WEBHOOK_WORKFLOW, PATROL_WORKFLOW];
const AXES = [INTERCEPT_STATUS, REFUND_STATUS, RETURN_STATUS];
/** The server's own attribute: the builds of the worker that completed a task of the run, the last one last. */
const BUILDS = 'BuildIds';
/** How it names a build there, of workers that are routed to by their build (in attributes of their own beside this one) and of those that take every task. */
const buildOf = (buildId: string): string => `unversioned:${buildId}`;
/** The deadline that leaves no trace in the attributes: a run from before it and one from after it went different ways. */
const UNLOCKED_AFTER_MS = 3 * DAY_MS;
const MOST_KINDS = 60;
const OF_A_KIND = 2;

/** An attribute with its value; null: the run has none. */
type Trait = readonly [name: string, value: string | null];

const has = ([name, value]: Trait): string => (value === null ? `${name} IS NULL` : `${name} = '${value}'`);
/** A comparison with nothing is neither true nor false, so both ways to differ are written out. */
const lacks = ([name, value]: Trait): string => (value === null ? `${name} IS NOT NULL` : `(${name} != '${value}' OR ${name} IS NULL)`);
const every = (conditions: string[]): string => conditions.join(' AND ');

/**
 * The query for open runs whose history this build of the workflows may not fit. A build that completed a task of a run replayed its whole
 * history for that, or made all of it: only runs it has completed no task of are in question.
 */
export function unprovenRuns(buildId: string): string {
  const types = TYPES.map((type) => `'${type}'`).join(', ');
  return every([`WorkflowType IN (${types})`, "ExecutionStatus = 'Running'", lacks([BUILDS, buildOf(buildId)])]);
}

/** What makes histories alike: the type, the build that last carried the run, and how the case stands. */
function kindOf({ type, typedSearchAttributes, raw }: WorkflowExecutionInfo): Trait[] {
  const axes = AXES.map((axis): Trait => [axis.name, typedSearchAttributes.get(axis) ?? null]);
  return [['WorkflowType', type], [BUILDS, lastBuild(raw)], ...axes];
}

/** The typed attributes know only ours. */
function lastBuild(raw: WorkflowExecutionInfo['raw']): string | null {
  const data = raw.searchAttributes?.indexedFields?.[BUILDS]?.data;
  if (!data) return null;
  const builds: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
  const last: unknown = Array.isArray(builds) ? builds.at(-1) : undefined;
  return typeof last === 'string' ? last : null;
}

async function newest(client: Client, query: string, count: number): Promise<WorkflowExecutionInfo[]> {
  const found: WorkflowExecutionInfo[] = [];
  for await (const run of client.workflow.list({ query, pageSize: count })) {
    found.push(run);
    if (found.length === count) break;
  }
  return found;
}

/** One run of every kind there is, the newest; then more of each, also of those past the deadline that shows nowhere. */
export async function* sampleRuns(client: Client, query: string): AsyncGenerator<OpenRun & { isFirstOfKind: boolean }> {
  const kinds: Trait[][] = [];
  while (kinds.length < MOST_KINDS) {
    const others = kinds.map((kind) => `(${kind.map(lacks).join(' OR ')})`);
    const [run] = await newest(client, every([query, ...others]), 1);
    if (run === undefined) break;
    kinds.push(kindOf(run));
    yield { workflowId: run.workflowId, runId: run.runId, isFirstOfKind: true };
  }
  const before = new Date(Date.now() - UNLOCKED_AFTER_MS).toISOString();
  for (const kind of kinds) {
    const alike = every([query, ...kind.map(has)]);
    const more = [
      ...(await newest(client, alike, OF_A_KIND)),
      ...(await newest(client, `${alike} AND StartTime < '${before}'`, OF_A_KIND)),
    ];
    for (const { workflowId, runId } of more) yield { workflowId, runId, isFirstOfKind: false };
  }
}
