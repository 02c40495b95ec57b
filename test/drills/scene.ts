import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { waitFor } from '../../dev/waiting.ts';
import { checkInvariants } from '../support/built-product.ts';
import type { RunningStack } from '../support/running-stack.ts';
import type { Wire } from '../support/wire.ts';
import type { Alerts } from './alerts.ts';
import type { Server } from './servers.ts';

/** What a drill has at hand. `note` prints a line. */
export interface Scene {
  /** Another one after a restart. */
  stack: RunningStack;
  postgres: Server;
  /** Between the product and PostgreSQL; the project's commands go beside it. */
  wire: Wire;
  temporal: Server;
  alerts: Alerts | null;
  /** With which the project's commands reach the stack. */
  environment: Record<string, string>;
  /** Of files that are removed in the end. */
  folder: string;
  note(line: string): void;
}

/** Something that breaks, and the section of docs/operators.md that is followed. Throws when the page does not hold. */
export interface Drill {
  name: string;
  section: string;
  /** Alerts of which the drill sees each fire; once it is over they end (`LASTING_MS` has the exceptions). */
  alerts: readonly string[];
  play(scene: Scene): Promise<void>;
}

/** What a shop's backend does, and the control of the parties: all that most steps need of a scene. */
export type Shop = Pick<RunningStack, 'shop' | 'control'>;

/** What names a case of a drill. */
export interface DrillCase {
  interceptId: string;
  refundId: string;
}

const REFUNDED_LIMIT_MS = 60_000;
/** A payment may leave so late when nothing but the database is in its way. */
const LATE_LIMIT_MS = 15_000;

/** Waits until each alert of a drill fires. */
export async function fire(
  { alerts }: Scene,
  drill: { alerts: readonly string[] },
  limitMs: number,
  meanwhile?: () => Promise<void>,
): Promise<void> {
  for (const alert of drill.alerts) await alerts?.untilFires(alert, limitMs, meanwhile);
}

/** Waits until none of these alerts fires any more. */
export async function calm({ alerts }: Scene, names: readonly string[]): Promise<void> {
  for (const alert of names) await alerts?.untilCalm(alert);
}

/** One statement as an operator types it at psql; its rows. */
export async function psql<Row extends pg.QueryResultRow>(
  { environment }: Scene,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: environment['DATABASE_URL'] });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}

/** With a client of Temporal, as an operator's command line has one. */
export async function withTemporal<T>({ environment }: Scene, act: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS'] ?? '' });
  try {
    return await act(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** A case that its carrier accepted and says no more of. */
export async function acceptedCase({ stack }: { stack: Shop }, carrier: string) {
  const seeded = await stack.shop.seed({ carrier, parcel: { onIntercept: 'SILENT' } });
  return { ...seeded, ...(await stack.shop.create(seeded.refundId)) };
}

/** The carrier scans the parcel on its way back. */
export async function turnRound({ stack }: { stack: Shop }, { waybillNo }: { waybillNo: string }): Promise<void> {
  await stack.control('POST', `/sim/parcels/${waybillNo}/scan`, { event: 'RETURNING' });
}

/** Waits until a case is refunded, by one payment. */
export async function paidOnce(
  { stack }: { stack: Shop },
  { interceptId, refundId }: DrillCase,
  limitMs = REFUNDED_LIMIT_MS,
): Promise<void> {
  await stack.shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', limitMs);
  const payments = await stack.shop.paymentsOf(refundId);
  if (payments !== 1) throw new Error(`${refundId} was paid ${payments} times`);
}

/** A case that is paid before anything breaks: from then on the worker has the shop's tokens in its memory. */
export async function paidBefore({ stack }: { stack: Shop }) {
  const before = await acceptedCase({ stack }, 'ZTO');
  await stack.shop.act(before.interceptId, 'approve-refund');
  await paidOnce({ stack }, before);
}

/** Waits until a case is paid on its day 5, also when nobody can be asked but the platform itself. `meanwhile` says in an error what is broken. */
export async function paidOnDay5(
  { stack }: { stack: Shop },
  { refundId, autoRefundAt }: { refundId: string; autoRefundAt: string },
  meanwhile: string,
): Promise<void> {
  const isPaid = async () => (await stack.shop.paymentsOf(refundId)) === 1;
  const leftMs = Math.max(0, Date.parse(autoRefundAt) - Date.now());
  if ((await waitFor(isPaid, leftMs + LATE_LIMIT_MS)) !== true) throw new Error(`its day 5 was not paid while ${meanwhile}`);
}

/** How much later than its day 5 a refund was paid; throws when it was paid before. */
export async function lateMs(
  { stack }: { stack: Shop },
  { refundId, autoRefundAt }: { refundId: string; autoRefundAt: string },
): Promise<number> {
  const { items } = await stack.control<{ items: { at: number }[] }>('GET', `/sim/payments?refundId=${refundId}`);
  const late = (items[0]?.at ?? Number.NaN) - Date.parse(autoRefundAt);
  if (!(late >= 0)) throw new Error(`${refundId} was paid ${-late} ms before its day 5`);
  return late;
}

/** Throws when a create is answered otherwise. */
export async function expectStatus({ stack }: { stack: Shop }, refundId: string, ...statuses: number[]): Promise<void> {
  const { status: answered } = await stack.shop.call('POST', '/intercepts', { refundId, confirm: true });
  if (!statuses.includes(answered)) throw new Error(`a create answered ${answered}, not ${statuses.join(' or ')}`);
}

/** Freezes a process and lets it go on in the end, whatever happens between. */
export async function whileFrozen(signal: (name: NodeJS.Signals) => void, act: () => Promise<void>): Promise<void> {
  signal('SIGSTOP');
  try {
    await act();
  } finally {
    signal('SIGCONT');
  }
}

/** A record that met no database is tried again after a minute at most, for 20 s. */
const RECORDED_AFTER_OUTAGE_MS = 80_000;

/** The promises of docs/proof.md over the drill's database. */
export async function holdInvariants({ environment, note }: Scene): Promise<void> {
  const said = await checkInvariants(environment, RECORDED_AFTER_OUTAGE_MS);
  note(`${said.split('\n').filter((line) => line.startsWith('holds')).length} promises hold: 0 lost, 0 double, 0 early`);
}
