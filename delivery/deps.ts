import type { Client } from '@temporalio/client';
import type { EpochMs } from '../domain/time.ts';
import type { Db } from '../store/db.ts';
import type { DataKey } from '../store/secrets.ts';
import type { WebhookSender } from './send.ts';

/** What an attempt needs. */
export interface DeliveryDeps {
  db: Db;
  /** Opens the endpoints' secrets. */
  dataKey: DataKey;
  sender: WebhookSender;
  /** Dates attempts and signatures: this machine's clock, which receivers compare with theirs. */
  clock: () => EpochMs;
  /** In [0, 1): spreads the schedule. */
  random: () => number;
}

/** Where this folder writes its log: pino's shape. */
export interface DeliveryLog {
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** What the pump needs beside. */
export interface OutboxPumpDeps extends DeliveryDeps {
  /** Temporal; may be unreachable, then the pump carries the schedule itself. */
  client: Client;
  log: DeliveryLog;
}
