import type { PlatformRefund } from '../../../domain/refund.ts';
import { type Platform, type PlatformAnswer, type PlatformOrder, PlatformUnavailable } from '../../../platforms/port.ts';
import { answered, type Kernel } from '../kernel.ts';
import type { Books, PlatformCall, RefundMoment } from './books.ts';
import type { CallFault, PlannedFault, PlatformRefundPlan, RefundChange } from './plans.ts';

interface Refund extends PlatformRefundPlan {
  status: number;
  way: number;
  negotiate: number;
  updatedAt: number;
  paid: number;
  payments: number;
}

const CALL_LIMIT_MS = 3_000;

/** The shop platform behind its port. It keeps its own book of what was asked and what it paid. */
export class SimulatedPlatform {
  up = true;
  /** It refuses every payment for good: no balance. */
  refusing = false;
  /** It does not compare what a payment names with the refund: it pays whatever is asked. */
  careless = false;
  /** Told when a refund changed: the platform's message to the service. */
  onChange: (refundId: string) => void = () => {};
  readonly #kernel: Kernel;
  readonly #books: Books;
  readonly #refunds = new Map<string, Refund>();
  readonly #faults: readonly PlannedFault[];
  readonly #counts = new Map<string, number>();

  constructor(kernel: Kernel, books: Books, faults: readonly PlannedFault[]) {
    this.#kernel = kernel;
    this.#books = books;
    this.#faults = faults;
  }

  add(plan: PlatformRefundPlan): void {
    const refund: Refund = { ...plan, status: 10, way: 10, negotiate: 1, updatedAt: plan.createdAt, paid: 0, payments: 0 };
    this.#refunds.set(plan.refundId, refund);
    this.#note(refund);
  }

  moment(refundId: string): RefundMoment {
    return momentOf(this.#require(refundId), this.#kernel.now);
  }

  /** Somebody else than the service changes the refund; false when the platform would not let them. */
  change(refundId: string, what: RefundChange): boolean {
    const refund = this.#require(refundId);
    const isOpen = refund.status === 10 && refund.way === 10 && refund.negotiate !== 3;
    switch (what.kind) {
      case 'WITHDRAW':
        if (![10, 11, 12, 20].includes(refund.status)) return false;
        this.#set(refund, { status: 70 });
        return true;
      case 'AMOUNT':
        if (!isOpen) return false;
        this.#set(refund, { feeFen: what.feeFen });
        return true;
      case 'BUYER_ARBITRATES':
        if (refund.status !== 10 && refund.status !== 12) return false;
        this.#set(refund, { status: 20 });
        return true;
      case 'VERDICT':
        if (refund.status !== 20) return false;
        if (what.verdict === 'PAY') this.#pay(refund, 'VERDICT');
        else this.#set(refund, what.verdict === 'CLOSE' ? { status: 70 } : { status: 10, negotiate: 1 });
        return true;
      case 'BACK_OFFICE':
        if (!isOpen) return false;
        if (what.does === 'PAY') this.#pay(refund, 'BACK_OFFICE');
        else this.#reject(refund);
        return true;
      case 'TYPE':
        if (!isOpen) return false;
        this.#set(refund, { status: 11, way: 1 });
        return true;
      case 'ASKS_AGAIN':
        if (refund.status !== 12 && refund.negotiate !== 3) return false;
        this.#set(refund, { status: 10, negotiate: 1 });
        return true;
      case 'WAYBILL':
        if (!isOpen) return false;
        this.#set(refund, { waybillNo: what.waybillNo });
        return true;
      case 'END':
        if ([50, 60, 70].includes(refund.status)) return false;
        this.#set(refund, { status: 70 });
        return true;
    }
  }

  /** The port as the product calls it. */
  port(): Platform {
    const port: Pick<
      Platform,
      | 'readRefund'
      | 'readOrder'
      | 'listUpdatedRefunds'
      | 'approveRefund'
      | 'rejectRefund'
      | 'requestArbitration'
      | 'listEbillOutlets'
      | 'isReachable'
    > = {
      readRefund: (_shopId, refundId) => this.#read('readRefund', refundId, () => this.#shown(refundId)),
      readOrder: (_shopId, orderId) => this.#read('readOrder', null, () => this.#order(orderId)),
      listUpdatedRefunds: (_shopId, from, to) => this.#read('listUpdatedRefunds', null, () => this.#updated(from, to)),
      listEbillOutlets: () =>
        this.#read('listEbillOutlets', null, () => [{ outletCode: '57913', outletName: '义乌国际商贸城网点', senderAddress: null }]),
      isReachable: async () => null,
      approveRefund: (_shopId, refundId, as) => this.#write('APPROVE', refundId, as, (refund) => this.#pay(refund, 'SERVICE')),
      rejectRefund: (_shopId, refundId, as) => this.#write('REJECT', refundId, as, (refund) => this.#reject(refund)),
      requestArbitration: (_shopId, refundId, as) => this.#write('ARBITRATE', refundId, as, (refund) => this.#set(refund, { status: 20 })),
    };
    return port as Platform;
  }

  #fault(call: PlatformCall['call']): CallFault | null {
    if (!this.up) return 'NEVER_SENT';
    const nth = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, nth);
    const how = this.#faults.find((fault) => fault.call === call && fault.nth === nth)?.how ?? null;
    // A careless platform that also acts late would pay twice whoever asks it, and however.
    return this.careless && how === 'LATE_EFFECT' ? 'LOST_ANSWER' : how;
  }

  #read<T>(what: string, refundId: string | null, give: () => T): Promise<T> {
    const fault = refundId === null ? (this.up ? null : 'NEVER_SENT') : this.#fault('READ');
    const caller = this.#kernel.party;
    const sentAt = this.#kernel.now;
    const noAnswer = new PlatformUnavailable('no answer');
    const call = this.#kernel.call(`platform ${what}`);
    return new Promise((resolve, reject) => {
      if (!call.left) return;
      const failAfter = (ms: number) => this.#kernel.after(ms, () => reject(noAnswer), caller);
      if (fault === 'NEVER_SENT') return void failAfter(2);
      if (fault === 'LOST_REQUEST' || fault === 'LATE_EFFECT') return void failAfter(CALL_LIMIT_MS);
      this.#kernel.outside(this.#travelMs(), () => {
        const value = give();
        call.carriedOut();
        const entry = refundId === null ? null : this.#enter('READ', refundId, sentAt, null);
        if (fault === 'LOST_ANSWER') return void this.#kernel.after(CALL_LIMIT_MS, () => reject(noAnswer), caller);
        const backMs = fault === 'SLOW' ? CALL_LIMIT_MS - 200 : this.#travelMs();
        this.#kernel.after(
          backMs,
          () => {
            if (entry !== null) entry.answeredAt = this.#kernel.now;
            answered(call, resolve, value);
          },
          caller,
        );
      });
    });
  }

  #write(
    call: 'APPROVE' | 'REJECT' | 'ARBITRATE',
    refundId: string,
    as: PlatformRefund,
    effect: (refund: Refund) => void,
  ): Promise<PlatformAnswer> {
    const fault = this.#fault(call);
    const caller = this.#kernel.party;
    const sentAt = this.#kernel.now;
    const outside = this.#kernel.call(`platform ${call.toLowerCase()}`);
    return new Promise((resolve) => {
      if (!outside.left) return;
      const answer = (value: PlatformAnswer, ms: number, entry: PlatformCall | null) =>
        void this.#kernel.after(
          ms,
          () => {
            if (entry !== null && value.kind !== 'UNKNOWN') entry.answeredAt = this.#kernel.now;
            answered(outside, resolve, value);
          },
          caller,
        );
      if (fault === 'NEVER_SENT') return answer({ kind: 'UNKNOWN', sent: false, reason: 'ECONNREFUSED' }, 2, null);
      const unknown: PlatformAnswer = { kind: 'UNKNOWN', sent: true, reason: `no answer within ${CALL_LIMIT_MS} ms` };
      if (fault === 'LOST_REQUEST' || fault === 'LOST_ANSWER' || fault === 'LATE_EFFECT') answer(unknown, CALL_LIMIT_MS, null);
      if (fault === 'LOST_REQUEST') return;
      const travelMs = fault === 'LATE_EFFECT' ? CALL_LIMIT_MS + this.#kernel.drawMs('platform:late', 100, 2_500) : this.#travelMs();
      this.#kernel.outside(travelMs, () => {
        const refund = this.#require(refundId);
        if (fault === 'STALE') this.#set(refund, {});
        const entry = this.#enter(call, refundId, sentAt, as);
        const given = this.#judge(call, refund, as, fault);
        entry.outcome = given.kind;
        if (given.kind === 'DONE') {
          entry.applied = true;
          effect(refund);
        }
        outside.carriedOut();
        if (fault !== 'LOST_ANSWER' && fault !== 'LATE_EFFECT')
          answer(given, fault === 'SLOW' ? CALL_LIMIT_MS - 200 : this.#travelMs(), entry);
      });
    });
  }

  #judge(call: PlatformCall['call'], refund: Refund, as: PlatformRefund, fault: CallFault | null): PlatformAnswer {
    if (fault === 'REFUSED' || (call === 'APPROVE' && this.refusing)) return { kind: 'REFUSED', code: '300010', message: '余额不足' };
    if (this.careless && call === 'APPROVE') return { kind: 'DONE' };
    if (refund.status === 70) return { kind: 'WITHDRAWN', code: '300013', message: '买家已撤销' };
    const same =
      fault !== 'STALE' && as.refundFeeFen === refund.feeFen && as.status === refund.status && as.negotiateStatus === refund.negotiate;
    if (!same || refund.status !== 10 || refund.way !== 10) return { kind: 'STALE', code: '300002', message: '退款单已变更' };
    return { kind: 'DONE' };
  }

  #enter(call: PlatformCall['call'], refundId: string, sentAt: number, as: PlatformRefund | null): PlatformCall {
    const named = as === null ? null : { feeFen: as.refundFeeFen, status: as.status, negotiate: as.negotiateStatus };
    const entry: PlatformCall = {
      call,
      refundId,
      sentAt,
      at: this.#kernel.now,
      answeredAt: null,
      seen: this.moment(refundId),
      named,
      applied: false,
      outcome: '',
    };
    this.#books.calls.push(entry);
    return entry;
  }

  #pay(refund: Refund, by: 'SERVICE' | 'BACK_OFFICE' | 'VERDICT'): void {
    refund.payments += 1;
    const payment = { refundId: refund.refundId, at: this.#kernel.now, feeFen: refund.feeFen, by, failedAt: null as number | null };
    this.#books.payments.push(payment);
    const fails = refund.payFails && refund.payments === 1;
    this.#set(refund, { status: 50, negotiate: 2 });
    this.#kernel.outside(refund.payDelayMs, () => {
      if (refund.status !== 50) return;
      if (fails) payment.failedAt = this.#kernel.now;
      this.#set(refund, { status: fails ? 70 : 60 });
    });
  }

  #reject(refund: Refund): void {
    this.#set(refund, refund.rejectionIs12 ? { status: 12, negotiate: 3 } : { negotiate: 3 });
  }

  #set(refund: Refund, change: Partial<Refund>): void {
    Object.assign(refund, change, { updatedAt: Math.max(refund.updatedAt + 1, this.#kernel.now) });
    this.#note(refund);
    this.onChange(refund.refundId);
  }

  #note(refund: Refund): void {
    const moments = this.#books.refunds.get(refund.refundId) ?? [];
    this.#books.refunds.set(refund.refundId, [...moments, momentOf(refund, this.#kernel.now)]);
  }

  #shown(refundId: string): PlatformRefund | null {
    const refund = this.#refunds.get(refundId);
    return refund === undefined ? null : shownOf(refund);
  }

  #updated(from: number, to: number): PlatformRefund[] {
    return [...this.#refunds.values()].filter(({ updatedAt }) => updatedAt >= from && updatedAt <= to).map(shownOf);
  }

  #order(orderId: string): PlatformOrder | null {
    const refund = [...this.#refunds.values()].find((one) => one.orderId === orderId);
    if (refund === undefined) return null;
    const { feeFen, waybillNo, expressCode } = refund;
    return {
      orderId,
      status: 40,
      orderType: 1,
      itemTitle: '四件套',
      goodsFen: feeFen,
      categories: [],
      parcels: [{ waybillNo, expressCode }],
      totalPackages: 1,
      subOrders: [],
      province: null,
      buyerId: null,
      phoneTail: null,
    };
  }

  #require(refundId: string): Refund {
    const refund = this.#refunds.get(refundId);
    if (refund === undefined) throw new Error(`the platform knows no refund ${refundId}`);
    return refund;
  }

  #travelMs(): number {
    return this.#kernel.drawMs('platform', 5, 80);
  }
}

function momentOf({ status, way, negotiate, feeFen, waybillNo }: Refund, at: number): RefundMoment {
  return { at, status, way, negotiate, feeFen, waybillNo };
}

function shownOf(refund: Refund): PlatformRefund {
  return {
    refundId: refund.refundId,
    orderId: refund.orderId,
    refundFeeFen: refund.feeFen,
    status: refund.status,
    handlingWay: refund.way,
    negotiateStatus: refund.negotiate,
    receiptStatus: 1,
    updatedAt: refund.updatedAt,
    createdAt: refund.createdAt,
    expireAt: refund.expireAt,
    reason: '不想要了',
    waybillNo: refund.waybillNo,
    expressCode: refund.expressCode,
    itemTitle: '四件套',
  };
}
