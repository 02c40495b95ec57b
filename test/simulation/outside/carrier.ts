import type { CarrierClient, InterceptAnswer, InterceptReading, TrackReading } from '../../../carriers/port.ts';
import type { CarrierCode } from '../../../domain/carrier.ts';
import type { TrackEvent, TrackScan } from '../../../domain/track.ts';
import { answered, type Kernel } from '../kernel.ts';
import type { Books, CarrierCall } from './books.ts';
import { SimulatedWorkOrders, type WorkOrderCustom } from './work-orders.ts';

export type CarrierFault = 'NEVER_SENT' | 'LOST_REQUEST' | 'LOST_ANSWER' | 'SLOW';
/** What a carrier makes of a new request, in the order they come. */
export type CarrierAnswer = 'ACCEPT' | 'REFUSE';
export interface PlannedCarrierFault {
  /** The how-manieth intercept call, from 1. */
  nth: number;
  how: CarrierFault;
}

interface KnownScan {
  scan: TrackScan;
  /** From when on a query shows it. */
  shownFrom: number;
}

const CALL_LIMIT_MS = 8_000;

/** A carrier behind its port, with its own book of what it was asked. Parcels do what their story says, asked or not. */
export class SimulatedCarrier {
  up = true;
  readonly code: CarrierCode;
  readonly #kernel: Kernel;
  readonly #books: Books;
  readonly #hasStatus: boolean;
  readonly #answers: readonly CarrierAnswer[];
  readonly #faults: readonly PlannedCarrierFault[];
  readonly #workOrders: SimulatedWorkOrders | null;
  readonly #requests = new Map<string, { waybillNo: string; accepted: boolean }>();
  readonly #results = new Map<string, 'SUCCEEDED' | 'FAILED'>();
  readonly #scans = new Map<string, KnownScan[]>();
  #calls = 0;

  constructor(parts: {
    kernel: Kernel;
    books: Books;
    code: CarrierCode;
    hasStatus: boolean;
    answers: readonly CarrierAnswer[];
    faults: readonly PlannedCarrierFault[];
    workOrders: WorkOrderCustom | null;
  }) {
    this.#kernel = parts.kernel;
    this.#books = parts.books;
    this.code = parts.code;
    this.#hasStatus = parts.hasStatus;
    this.#answers = parts.answers;
    this.#faults = parts.faults;
    this.#workOrders = parts.workOrders === null ? null : new SimulatedWorkOrders(parts.kernel, parts.books, parts.workOrders);
  }

  /** Something happened to a parcel; a query shows it after a while. */
  happen(waybillNo: string, event: TrackEvent, occurredAt: number, shownFrom: number): TrackScan {
    const scan: TrackScan = {
      carrier: this.code,
      waybillNo,
      event,
      occurredAt,
      outletCode: '57913',
      outletName: '义乌国际商贸城网点',
      text: event,
      raw: {},
    };
    this.#scans.set(waybillNo, [...(this.#scans.get(waybillNo) ?? []), { scan, shownFrom }]);
    return scan;
  }

  /** What the carrier's own status says from now on. */
  conclude(waybillNo: string, result: 'SUCCEEDED' | 'FAILED'): void {
    this.#results.set(waybillNo, result);
  }

  get takesClaims(): boolean {
    return this.#workOrders !== null;
  }

  port(): CarrierClient {
    return {
      requestIntercept: ({ waybillNo, requestId }) => this.#ask(waybillNo, requestId),
      readIntercept: this.#hasStatus
        ? (waybillNo) => this.#call<InterceptReading>('readIntercept', () => this.#status(waybillNo), { kind: 'UNKNOWN', reason: 'down' })
        : null,
      readTrack: (waybillNo) =>
        this.#call<TrackReading>('readTrack', () => this.#track(waybillNo), { kind: 'UNAVAILABLE', reason: 'down' }),
      readPush: () => {
        throw new Error('pushes come in as scans here');
      },
      subscribeTrack: null,
      claims: this.#workOrders?.port() ?? null,
    };
  }

  #ask(waybillNo: string, requestId: string): Promise<InterceptAnswer> {
    this.#calls += 1;
    const fault = this.up ? (this.#faults.find(({ nth }) => nth === this.#calls)?.how ?? null) : 'NEVER_SENT';
    const caller = this.#kernel.party;
    const call = this.#kernel.call('carrier requestIntercept');
    return new Promise((resolve) => {
      if (!call.left) return;
      const answer = (value: InterceptAnswer, ms: number) => void this.#kernel.after(ms, () => answered(call, resolve, value), caller);
      if (fault === 'NEVER_SENT') return answer({ kind: 'UNKNOWN', sent: false, reason: 'ECONNREFUSED' }, 2);
      const isLost = fault === 'LOST_REQUEST' || fault === 'LOST_ANSWER';
      if (isLost) answer({ kind: 'UNKNOWN', sent: true, reason: `no answer within ${CALL_LIMIT_MS} ms` }, CALL_LIMIT_MS);
      if (fault === 'LOST_REQUEST') return;
      this.#kernel.outside(this.#travelMs(), () => {
        const given = this.#take(waybillNo, requestId);
        this.#books.carrier.push({ waybillNo, requestId, at: this.#kernel.now, answer: given.kind as CarrierCall['answer'] });
        call.carriedOut();
        if (!isLost) answer(given, fault === 'SLOW' ? CALL_LIMIT_MS - 500 : this.#travelMs());
      });
    });
  }

  /** One request id is one request for ever; a second request for a parcel that has one is refused as already there. */
  #take(waybillNo: string, requestId: string): InterceptAnswer {
    const known = this.#requests.get(requestId);
    const isThere = [...this.#requests.values()].some((request) => request.waybillNo === waybillNo && request.accepted);
    if (isThere) return { kind: 'EXISTS', code: 'E23121', message: '该运单已存在拦截' };
    if (known !== undefined) return { kind: 'REFUSED', code: 'E23101', message: '该件不可拦截' };
    const accepted = (this.#answers[this.#requests.size] ?? 'ACCEPT') === 'ACCEPT';
    this.#requests.set(requestId, { waybillNo, accepted });
    return accepted ? { kind: 'ACCEPTED', reference: `ref-${requestId}` } : { kind: 'REFUSED', code: 'E23101', message: '该件不可拦截' };
  }

  #status(waybillNo: string): InterceptReading {
    const accepted = [...this.#requests.entries()].find(([, request]) => request.waybillNo === waybillNo && request.accepted);
    const kind = accepted === undefined ? 'NONE' : (this.#results.get(waybillNo) ?? 'INTERCEPTING');
    if (kind === 'SUCCEEDED' || kind === 'FAILED') this.#hear(waybillNo, `RESULT_${kind}`, this.#kernel.now);
    return { kind, code: null, message: '', reference: accepted === undefined ? null : `ref-${accepted[0]}` };
  }

  #track(waybillNo: string): TrackReading {
    const shown = (this.#scans.get(waybillNo) ?? []).filter(({ shownFrom }) => shownFrom <= this.#kernel.now).map(({ scan }) => scan);
    if (shown.length === 0) return { kind: 'NO_TRACK' };
    for (const { event, occurredAt } of shown) this.#hear(waybillNo, event, occurredAt);
    return { kind: 'SCANS', scans: [...shown].sort((a, b) => a.occurredAt - b.occurredAt) };
  }

  /** The service was told in answer to its question; whether the answer arrived is not known here. */
  #hear(waybillNo: string, word: string, occurredAt: number): void {
    const at = this.#kernel.now;
    const isResult = word.startsWith('RESULT_');
    const known = this.#books.words.some(
      (one) => one.waybillNo === waybillNo && one.word === word && (one.occurredAt === occurredAt || (isResult && one.way === 'QUERY')),
    );
    if (!known) this.#books.words.push({ waybillNo, word, occurredAt, way: 'QUERY', arrivedAt: at, ackedAt: null });
  }

  #call<T>(what: string, give: () => T, failure: T): Promise<T> {
    const caller = this.#kernel.party;
    const call = this.#kernel.call(`carrier ${what}`);
    return new Promise((resolve) => {
      if (!call.left) return;
      if (!this.up) return void this.#kernel.after(2, () => resolve(failure), caller);
      this.#kernel.outside(this.#travelMs(), () => {
        const value = give();
        call.carriedOut();
        this.#kernel.after(this.#travelMs(), () => answered(call, resolve, value), caller);
      });
    });
  }

  #travelMs(): number {
    return this.#kernel.drawMs('carrier', 5, 120);
  }
}
