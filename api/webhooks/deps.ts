import type { Carrier, CarrierClient } from '../../carriers/port.ts';
import type { CarrierCode } from '../../domain/carrier.ts';
import type { Platform } from '../../platforms/port.ts';
import type { Db } from '../../store/db.ts';

/** What the inbound webhooks need of the application. */
export interface WebhookDeps {
  db: Db;
  platform: Pick<Platform, 'readMessage'>;
  /** The same of the sandbox; null: nothing is taken from one. */
  sandbox: Pick<Platform, 'readMessage'> | null;
  carriers: readonly { carrier: Pick<Carrier, 'code'>; client: Pick<CarrierClient, 'readPush'> }[];
  config: {
    /** Standard Webhooks secret of each carrier's result push; none: its route is closed. */
    resultSecrets: Readonly<Record<CarrierCode, string | null | undefined>>;
  };
  /** Called after something was stored, so that the pump delivers at once; without it the pump's own beat does. */
  wakePump?: () => void;
}
