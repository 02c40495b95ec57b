import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger } from 'fastify';
import type { Carrier, CarrierClient } from '../carriers/port.ts';
import type { Config } from '../config.ts';
import type { Mailer } from '../delivery/channels/mail.ts';
import type { WebhookSender } from '../delivery/send.ts';
import type { EpochMs } from '../domain/time.ts';
import type { World } from '../domain/world.ts';
import type { Platform } from '../platforms/port.ts';
import type { Db } from '../store/db.ts';
import type { Rate } from '../store/rate-limits.ts';
import type { ApiMetrics } from './metrics.ts';

/** A carrier of the registry with its connection. */
export interface ConnectedCarrier {
  carrier: Carrier;
  client: CarrierClient;
}

/** Everything the API works with; made once in main.ts or in a test. */
export interface AppDeps {
  config: Config;
  db: Db;
  /** A shop's world, null when there is no such shop. */
  worldOf: (shopId: string) => Promise<World | null>;
  temporal: {
    /** Over a lazy connection: nothing is needed from Temporal until a call is made. */
    client: Client;
    address: string;
  };
  /** Each shop's own. */
  platform: Platform;
  /** Reads the messages of the sandbox's platform; null: there is no sandbox. */
  sandbox: Pick<Platform, 'readMessage'> | null;
  /** In the order of the registry, those of the sandbox behind the real ones. */
  carriers: readonly ConnectedCarrier[];
  log: FastifyBaseLogger;
  metrics: ApiMetrics;
  /** Tells the evidence pump of this process that something was stored. */
  wakePump?: () => void;
  /** Calls the shops' endpoints; without it the API makes one of its own. */
  webhookSender?: WebhookSender;
  /** Sends notices by mail; without it there are no such channels. */
  mailer?: Mailer | null;
  /** Where the console's built pages are, if not in `dist/console`. */
  consoleFolder?: string;
  /** Requests of each caller, if not as the contract has it. */
  callerRate?: Rate;
  /** Mean lateness of the event loop above which /v1 sheds load, 0: never. */
  shedAboveMs?: number;
  /** This machine's clock: rate limits and caches. Deadlines and evidence go by PostgreSQL's. */
  clock: () => EpochMs;
}
