import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../dev/waiting.ts';
import { layWire, type Wire } from '../support/wire.ts';
import { type Apart, startApart } from './apart.ts';
import { acceptedCase, type Drill, expectStatus, lateMs, paidOnce, type Scene, turnRound } from './scene.ts';

const REJECT_UNLOCK_AFTER = '25s';
const AUTO_REFUND_AFTER = '30s';
/** The network goes bad so long before a day 5, and is well again so long after it. */
const BEFORE_MS = 8_000;
const AFTER_MS = 10_000;
const RESET_EVERY_MS = 700;
/** Either way: a round trip takes two seconds. */
const SLOW_MS = 1_000;
/** gRPC's keep-alive in the SDK's core asks after 30 s and waits 15 s; the case's tries come after that. */
const NOTICED_WITHIN_MS = 75_000;
/** The API notices within 20 s of the loss, which began before the day 5. */
const CREATES_WITHIN_MS = 15_000;

/** What the network does over a day 5, until the signal. */
interface Trouble {
  name: string;
  come(wire: Wire, over: AbortSignal): Promise<void>;
  /** Whether nobody can be asked meanwhile. */
  isDeaf: boolean;
}

const TROUBLES: readonly Trouble[] = [
  {
    name: 'connections are reset',
    isDeaf: false,
    async come(wire, over) {
      while (!over.aborted) {
        wire.reset();
        await delay(RESET_EVERY_MS);
      }
    },
  },
  {
    name: 'answers come 2 s late',
    isDeaf: false,
    async come(wire, over) {
      wire.delay(SLOW_MS);
      await once(over, 'abort');
      wire.delay(0);
    },
  },
  {
    name: 'connections stand half-open',
    isDeaf: true,
    async come(wire, over) {
      wire.lose();
      await once(over, 'abort');
      wire.mend();
    },
  },
];

/** One trouble over the day 5 of a case, while another's parcel turns round. */
async function playTrouble(scene: Scene, { stack }: Apart, wire: Wire, trouble: Trouble): Promise<void> {
  const { refundId } = await stack.shop.seed({ carrier: 'STO' });
  const [due, caught] = [await acceptedCase({ stack }, 'ZTO'), await acceptedCase({ stack }, 'YTO')];
  const over = new AbortController();
  const dueAt = Date.parse(due.autoRefundAt);
  await delay(Math.max(0, dueAt - BEFORE_MS - Date.now()));
  const gone = trouble.come(wire, over.signal);
  try {
    await turnRound({ stack }, caught);
    if (trouble.isDeaf) await expectStatus({ stack }, refundId, 503);
    await delay(Math.max(0, dueAt + AFTER_MS - Date.now()));
  } finally {
    over.abort();
    await gone;
  }
  const mendedAt = Date.now();
  const answered = async () => (await stack.shop.call('POST', '/intercepts', { refundId, confirm: true })).status < 300;
  if ((await waitFor(answered, CREATES_WITHIN_MS)) !== true) throw new Error(`no create was taken after ${trouble.name}`);
  scene.note(`${trouble.name}: a create was taken ${Date.now() - mendedAt} ms after the network was well again`);
  for (const one of [due, caught]) await paidOnce({ stack }, one, NOTICED_WITHIN_MS);
  const late = await lateMs({ stack }, due);
  const afterMendMs = dueAt + late - mendedAt;
  scene.note(
    `${trouble.name}: paid ${late} ms after it was due, ${afterMendMs < 0 ? 'before' : `${afterMendMs} ms after`} the network was well again`,
  );
}

const temporalNetwork: Drill = {
  name: 'the network to Temporal is cut, slow and half-open past a day 5',
  section: 'temporal-is-down',
  alerts: [],
  async play(scene) {
    const laid: Wire[] = [];
    const toTemporal = async (address: string): Promise<string> => {
      const wire = await layWire(Number(address.split(':').at(-1)));
      laid.push(wire);
      return `127.0.0.1:${wire.port}`;
    };
    const apart = await startApart(scene, { REJECT_UNLOCK_AFTER, AUTO_REFUND_AFTER }, { toTemporal });
    try {
      for (const wire of laid) for (const trouble of TROUBLES) await playTrouble(scene, apart, wire, trouble);
      await apart.holdInvariants();
    } finally {
      await apart.close();
      for (const wire of laid) await wire.close();
    }
  },
};

/** The network between the product and Temporal does not do as it does on calm days. */
export const TEMPORAL_NETWORK: readonly Drill[] = [temporalNetwork];
