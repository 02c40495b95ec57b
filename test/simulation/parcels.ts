import type { ApiProcess } from './service.ts';
import type { Beat } from './scenario.ts';
import type { Stage } from './stage.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** A carrier that gets no 2xx pushes again so many times, at these steps. */
const PUSH_AGAIN_MS = [30 * MINUTE, 30 * MINUTE, 30 * MINUTE];
const ANSWER_LIMIT_MS = 5 * SECOND;

export function waybillOf(parcel: number): string {
  return `7310000000000${parcel}`;
}

/** What happens to the parcels of a world, and how the carrier tells it. */
export class Parcels {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A parcel on its way since yesterday, and all that its story says. */
  place(parcel: number): void {
    const waybillNo = waybillOf(parcel);
    const { kernel, scenario, around } = this.#stage;
    around.carrier.happen(waybillNo, 'PICKED_UP', kernel.now - 24 * HOUR, kernel.now - 24 * HOUR);
    around.carrier.happen(waybillNo, 'ARRIVED', kernel.now - 2 * HOUR, kernel.now - 2 * HOUR);
    for (const [n, beat] of (scenario.parcels[parcel] ?? []).entries()) {
      this.#stage.at(beat.at, () => this.#beat(waybillNo, beat, `${parcel}.${n}`));
    }
  }

  #beat(waybillNo: string, beat: Beat, name: string): void {
    const { kernel, around } = this.#stage;
    const { now } = kernel;
    const { carrier } = around;
    const occurredAt = now - beat.datedBackMs;
    this.#stage.notice();
    if (beat.word.startsWith('RESULT_')) {
      const result = beat.word.slice('RESULT_'.length) as 'SUCCEEDED' | 'FAILED' | 'REFUSED';
      if (result !== 'REFUSED') this.#stage.kernel.outside(beat.queryLagMs, () => carrier.conclude(waybillNo, result));
      const push = { eventId: `result-${name}`, waybillNo, result, occurredAt, code: result, message: result };
      for (const ms of beat.pushesAfterMs) this.#push(ms, waybillNo, beat.word, occurredAt, (api) => api.takeResult(push));
      return;
    }
    const scan = carrier.happen(waybillNo, beat.word as 'SIGNED', occurredAt, now + beat.queryLagMs);
    for (const ms of beat.pushesAfterMs) this.#push(ms, waybillNo, beat.word, occurredAt, (api) => api.takeScans([scan]));
  }

  /** Pushes, and pushes again while it is not acknowledged. */
  #push(afterMs: number, waybillNo: string, word: string, occurredAt: number, take: (api: ApiProcess) => Promise<void>, tries = 0): void {
    this.#stage.kernel.outside(afterMs, () => {
      const again = PUSH_AGAIN_MS[tries];
      let acked = false;
      const arrive = async (api: ApiProcess) => {
        this.#arrive(waybillNo, word, occurredAt);
        await take(api);
      };
      this.#stage.request('a push of the carrier', arrive, {
        answer: () => {
          acked = true;
          this.#acknowledge(waybillNo, word, occurredAt);
        },
      });
      if (again !== undefined) {
        this.#stage.kernel.outside(ANSWER_LIMIT_MS, () => {
          if (!acked) this.#push(again, waybillNo, word, occurredAt, take, tries + 1);
        });
      }
    });
  }

  #wordOf(waybillNo: string, word: string, occurredAt: number) {
    return this.#stage.books.words.find((one) => one.waybillNo === waybillNo && one.word === word && one.occurredAt === occurredAt);
  }

  #arrive(waybillNo: string, word: string, occurredAt: number): void {
    if (this.#wordOf(waybillNo, word, occurredAt)) return;
    this.#stage.books.words.push({ waybillNo, word, occurredAt, way: 'PUSH', arrivedAt: this.#stage.kernel.now, ackedAt: null });
  }

  #acknowledge(waybillNo: string, word: string, occurredAt: number): void {
    const known = this.#wordOf(waybillNo, word, occurredAt);
    if (known && known.ackedAt === null) known.ackedAt = this.#stage.kernel.now;
  }
}
