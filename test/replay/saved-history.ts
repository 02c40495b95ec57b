import { existsSync, readdirSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { waitFor } from '../../dev/waiting.ts';

const FOLDER = join(import.meta.dirname, '../histories');
const README = join(FOLDER, 'README.md');

/** One event of a history in its JSON form: int64 as digits, instants as RFC 3339, payloads as Base64. */
export type JsonEvent = { eventId: string; eventTime: string; eventType: string; [attributes: string]: unknown };
export interface JsonHistory {
  events: JsonEvent[];
}

/** What a saved history shows: `intercept-returned`, a kebab-case name that begins with the workflow type, and why it was kept. */
export interface Keepsake {
  name: string;
  why: string;
}

/** Names of all saved histories. */
export function savedNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

export function isSaved(name: string): boolean {
  return existsSync(join(FOLDER, `${name}.json`));
}

export async function readSaved(name: string): Promise<JsonHistory> {
  return JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')) as JsonHistory;
}

/**
 * Saves a run's history, of any workflow type, with its line in the README. Saved histories are only added: a name that
 * exists is refused. Waits for a workflow task under way to be completed, for the replayer never checks an uncompleted one.
 */
export async function saveHistory(client: Client, workflowId: string, { name, why }: Keepsake): Promise<number> {
  if (isSaved(name)) throw new Error(`${name} is saved already: histories are only added, choose another name`);
  const history = await waitFor(() => readSettled(client, workflowId), SETTLED_LIMIT_MS);
  if (history === undefined) throw new Error(`${name} is in the middle of a workflow task: record it once the run waits or ended`);
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(history, null, 1)}\n`, { flag: 'wx' });
  await appendFile(README, `| \`${name}\` | ${new Date().toISOString().slice(0, 10)} | ${history.events.length} | ${why} |\n`);
  return history.events.length;
}

const SETTLED_LIMIT_MS = 10_000;

async function readSettled(client: Client, workflowId: string): Promise<JsonHistory | undefined> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  const parsed = JSON.parse(anonymous(historyToJSON(history)), (key, value: unknown) => (key === 'stackTrace' ? '' : value)) as JsonHistory;
  return isSettled(parsed.events) ? parsed : undefined;
}

const TASK_EVENTS = ['EVENT_TYPE_WORKFLOW_TASK_SCHEDULED', 'EVENT_TYPE_WORKFLOW_TASK_STARTED'];

/** Whether every workflow task of the history was completed: only then does replaying it check all of it. */
export function isSettled(events: readonly JsonEvent[]): boolean {
  const last = events.findLast(({ eventType }) => eventType.startsWith('EVENT_TYPE_WORKFLOW_TASK_'));
  return last !== undefined && !TASK_EVENTS.includes(last.eventType);
}

/** Without the names of the machine and of the processes it was recorded on; the folders stand in stack traces alone. */
function anonymous(json: string): string {
  const machine = hostname();
  return json.replaceAll(new RegExp(`\\d+@${machine}`, 'g'), 'process@machine').replaceAll(machine, 'machine');
}
