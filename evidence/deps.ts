import type { Client } from '@temporalio/client';
import type { CarrierClient } from '../carriers/port.ts';
import type { CarrierCode } from '../domain/carrier.ts';
import type { Platform } from '../platforms/port.ts';
import type { Db } from '../store/db.ts';

/** Where this folder writes its log: pino's shape. */
export interface EvidenceLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}

/** What evidence needs of the outside. */
export interface EvidenceDeps {
  db: Db;
  /** Temporal; may be unreachable, then every call on it fails and is made again later. */
  client: Client;
  platform: Pick<Platform, 'readRefund' | 'listUpdatedRefunds'>;
  /** Connected carriers by code. */
  carriers: ReadonlyMap<CarrierCode, CarrierClient>;
  log: EvidenceLog;
}
