import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Db, valueTypes } from '../../store/db.ts';
import type { Tables } from '../../store/tables.ts';

/** A statement as PostgreSQL ran it. */
export interface RanStatement {
  text: string;
  /** How each table was read, and how many rows were looked at for it: those taken, and those passed over. */
  reads: { table: string; how: string; rows: number }[];
}

/** A database that tells how each of its statements was run. */
export interface TellingDatabase {
  db: Db;
  /** What ran since the last call, statements of foreign keys included. */
  taken(): RanStatement[];
  close(): Promise<void>;
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

const TELLING = [
  "load 'auto_explain'",
  'set auto_explain.log_min_duration = 0',
  'set auto_explain.log_analyze = on',
  'set auto_explain.log_timing = off',
  'set auto_explain.log_nested_statements = on',
  'set auto_explain.log_format = json',
  'set auto_explain.log_level = notice',
];

/** One connection without the service's limits of time. */
export function openPatient(url: string, onNotice: (message: string) => void = () => undefined): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    // Its settings are the connection's: it is never exchanged for another.
    idleTimeoutMillis: 0,
    application_name: 'growth',
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: valueTypes,
  });
  pool.on('connect', (client) => client.on('notice', ({ message }) => onNotice(message ?? '')));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/**
 * Opens a connection that tells its plans as notices; needs a superuser and PostgreSQL's own module auto_explain. `set` are further
 * settings of it.
 */
export async function openTelling(url: string, set: readonly string[] = []): Promise<TellingDatabase> {
  const told: RanStatement[] = [];
  const db = openPatient(url, (message) => told.push(...read(message)));
  for (const statement of [...TELLING, ...set]) await sql.raw(statement).execute(db);
  return { db, taken: () => told.splice(0), close: () => db.destroy() };
}

function read(message: string): RanStatement[] {
  const start = message.indexOf('plan:\n');
  if (start < 0) return [];
  const { 'Query Text': text, Plan } = JSON.parse(message.slice(start + 'plan:\n'.length)) as { 'Query Text': string; Plan: PlanNode };
  return [{ text: text.replace(/\s+/g, ' ').trim(), reads: readsOf(Plan) }];
}

/** The tables a plan reads. A bitmap's index scan names no table: it stands under the index's own name. */
function readsOf(node: PlanNode): RanStatement['reads'] {
  const table = node['Relation Name'] ?? node['Index Name'];
  const below = (node.Plans ?? []).flatMap(readsOf);
  if (table === undefined || node['Node Type'] === 'ModifyTable') return below;
  const looked = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  const how = node['Index Name'] === undefined ? node['Node Type'] : `${node['Node Type']} ${node['Index Name']}`;
  return [{ table, how, rows: Math.round(looked * node['Actual Loops']) }, ...below];
}
