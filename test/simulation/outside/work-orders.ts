import type { CarrierClient, ClaimAnswer, ClaimReading, ClaimRequest } from '../../../carriers/port.ts';
import { answered, type Kernel } from '../kernel.ts';
import type { Books, WorkOrder } from './books.ts';

/**
 * How a carrier takes work orders: the same one for the same id again, as ZTO's documents have it; every further one of a
 * parcel answered with "there is one"; or none at all.
 */
export type WorkOrderCustom = 'SAME_AGAIN' | 'EXISTS_AGAIN' | 'REFUSES';

const HOUR = 3_600_000;
const PROCESSED_AFTER_MS = 3 * HOUR;
const FINISHED_AFTER_MS = 8 * HOUR;
const REPLIES = ['正在联系网点', '经核实情况属实，同意赔付88.00元'];

/** The carrier's work orders behind its port. Nothing here tells two of one claim apart from two claims: only the service does. */
export class SimulatedWorkOrders {
  readonly #kernel: Kernel;
  readonly #books: Books;
  readonly #custom: WorkOrderCustom;

  constructor(kernel: Kernel, books: Books, custom: WorkOrderCustom) {
    this.#kernel = kernel;
    this.#books = books;
    this.#custom = custom;
  }

  port(): NonNullable<CarrierClient['claims']> {
    return {
      open: (request) => this.#call<ClaimAnswer>('open work order', () => this.#open(request)),
      read: (waybillNo) => this.#call<ClaimReading>('read work order', () => this.#read(waybillNo)),
    };
  }

  #open({ claimId, waybillNo, claimedFen }: ClaimRequest): ClaimAnswer {
    const { workOrders } = this.#books;
    if (this.#custom === 'REFUSES') return { kind: 'REFUSED', code: 'E50009', message: '该网点不受理线上索赔' };
    const known = workOrders.find((order) => order.claimId === claimId);
    if (known !== undefined && this.#custom === 'SAME_AGAIN') return { kind: 'ACCEPTED', reference: known.reference };
    if (this.#custom === 'EXISTS_AGAIN' && workOrders.some((order) => order.waybillNo === waybillNo))
      return { kind: 'EXISTS', code: 'E50009', message: '该运单已有理赔工单' };
    const reference = `GD${workOrders.length + 1}`;
    workOrders.push({ reference, claimId, waybillNo, claimedFen, at: this.#kernel.now });
    return { kind: 'ACCEPTED', reference };
  }

  #read(waybillNo: string): ClaimReading {
    const order = this.#books.workOrders.findLast((one) => one.waybillNo === waybillNo);
    if (order === undefined) return { kind: 'UNKNOWN', reason: '工单不存在' };
    const replies = REPLIES.slice(0, this.#stepsOf(order)).map((text) => ({ at: null, text }));
    const kind = (['CREATED', 'PROCESSING', 'FINISHED'] as const)[replies.length] ?? 'FINISHED';
    return { kind, replies, reference: order.reference };
  }

  #stepsOf({ at }: WorkOrder): number {
    const sinceMs = this.#kernel.now - at;
    return sinceMs >= FINISHED_AFTER_MS ? 2 : sinceMs >= PROCESSED_AFTER_MS ? 1 : 0;
  }

  #call<T>(what: string, give: () => T): Promise<T> {
    const caller = this.#kernel.party;
    const call = this.#kernel.call(`carrier ${what}`);
    const travelMs = () => this.#kernel.drawMs('work orders', 5, 120);
    return new Promise((resolve) => {
      if (!call.left) return;
      this.#kernel.outside(travelMs(), () => {
        const value = give();
        call.carriedOut();
        this.#kernel.after(travelMs(), () => answered(call, resolve, value), caller);
      });
    });
  }
}
