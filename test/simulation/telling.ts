import type { Client } from '@temporalio/client';
import type { DeliveryDeps } from '../../delivery/deps.ts';
import { sealSecret } from '../../delivery/endpoint-secrets.ts';
import { type OutboxPump, startOutboxPump } from '../../delivery/outbox-pump.ts';
import type { Db } from '../../store/db.ts';
import { readDataKey } from '../../store/secrets.ts';
import type { DeliveryToSend } from '../../store/webhook-deliveries.ts';
import { doing, type Kernel, type Party } from './kernel.ts';
import type { SimulatedReceiver } from './outside/receiver.ts';
import { SHOP } from './store/shops.ts';
import type { Tables } from './store/tables.ts';
import { dueOf } from './store/webhook-deliveries.ts';

const DAY = 24 * 3_600_000;
/** As often as the pump looks at the outbox. */
const LOOKS_EVERY_MS = 300;
/** A run this late is the pump's again. */
const LATE_MS = 10 * 60_000;
const DATA_KEY = readDataKey(Buffer.alloc(32, 5).toString('base64'));

/** Where the shop of a simulated world is told. */
export function endpointOfShop(): DeliveryToSend['endpoint'] {
  const owner = { shopId: SHOP.shopId, endpointId: 'whe_1' };
  const secret = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
  return { ...owner, url: 'https://erp.example.com/', enabled: true, deleted: false, secretsSealed: [sealSecret(DATA_KEY, owner, secret)] };
}

/** What an attempt needs, in either process. */
export function deliveryDeps(db: unknown, receiver: SimulatedReceiver): DeliveryDeps {
  return { db: db as Db, dataKey: DATA_KEY, sender: receiver.sender(), clock: Date.now, random: () => 0.5 };
}

/** The API's pump over the outbox: it looks when something is due, as the real one that looks all the time finds it. */
export class Telling {
  readonly #around: { kernel: Kernel; tables: Tables };
  readonly #party: Party;
  #pump: OutboxPump | null = null;
  #lookAt = Number.POSITIVE_INFINITY;

  constructor(around: { kernel: Kernel; tables: Tables }, party: Party, deps: DeliveryDeps & { client: Client }) {
    this.#around = around;
    this.#party = party;
    const log = { warn() {}, error() {} };
    const begin = () => {
      this.#pump = startOutboxPump({ ...deps, log }, { everyMs: 30 * DAY, onError: () => {} });
    };
    around.kernel.after(0, () => doing.run('the outbox pump', begin), party);
  }

  /** The outbox changed: looks when the next event or delivery is due. */
  look(): void {
    const { kernel, tables } = this.#around;
    const isNew = [...tables.outbox.values()].some(({ dispatched }) => !dispatched);
    const due = [...tables.webhooks.values()].filter(({ status }) => status === 'PENDING').map((row) => dueOf(row, LATE_MS));
    const dueAt = isNew ? kernel.now : Math.min(...due, Number.POSITIVE_INFINITY);
    const lookAt = Math.max(dueAt, kernel.now) + LOOKS_EVERY_MS;
    if (!this.#party.alive || lookAt >= this.#lookAt) return;
    this.#lookAt = lookAt;
    kernel.after(
      lookAt - kernel.now,
      () => {
        if (this.#lookAt !== lookAt) return;
        this.#lookAt = Number.POSITIVE_INFINITY;
        this.#pump?.wake();
        this.look();
      },
      this.#party,
    );
  }
}
