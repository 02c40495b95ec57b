import type { Changed, Payment, Refund, Shop, State, Table, Tables, Task } from './state.ts';

/** Records found by something else than their key, however many there are. */
export interface Lookup {
  refundsOfOrder(orderId: string): Refund[];
  refundsOfShop(shopId: string): Refund[];
  /** Every line of the book, in order; lines are only added. */
  payments(): readonly Payment[];
  paymentsOfRefund(refundId: string): Payment[];
  paidMoreThanOnce(): string[];
  tasksOfParcel(waybillNo: string): Task[];
  incidentOfTrace(traceId: string): string | null;
  /** The shop that has or had one of its tokens of this text; whether it is still good is for the caller to see. */
  shopOfToken(token: string): Shop | null;
}

/** The records of one table in groups, kept up by being told which of them changed. A record stays in its group. */
function openGroups<Name extends Table>(state: State, table: Name, groupOf: (record: Tables[Name][string]) => string | null) {
  const groups = new Map<string, Set<string>>();
  const groupOfKey = new Map<string, string>();
  const records = state[table] as Record<string, Tables[Name][string]>;

  function note(key: string): void {
    const record = records[key];
    const group = record === undefined ? (groupOfKey.get(key) ?? null) : groupOf(record);
    if (group === null) return;
    if (record === undefined) {
      groupOfKey.delete(key);
      const keys = groups.get(group);
      keys?.delete(key);
      if (keys?.size === 0) groups.delete(group);
      return;
    }
    groupOfKey.set(key, group);
    groups.set(group, (groups.get(group) ?? new Set()).add(key));
  }

  Object.keys(records).forEach(note);
  return {
    note,
    of: (group: string) => [...(groups.get(group) ?? [])].flatMap((key) => records[key] ?? []),
  };
}

function parcelOfTask({ deed }: Task): string | null {
  return 'waybillNo' in deed ? deed.waybillNo : null;
}

/** The book of payments: its lines in order, and who was paid again. */
function openBook(state: State) {
  const lines: Payment[] = [];
  const paid = new Set<string>();
  const paidAgain = new Set<string>();
  const note = (key: string): void => {
    const line = state.payments[key];
    if (line === undefined) return;
    lines.push(line);
    if (line.applied) (paid.has(line.refundId) ? paidAgain : paid).add(line.refundId);
  };
  Object.keys(state.payments).forEach(note);
  return { note, lines, paidAgain };
}

/** Opens the lookup over a state; `note` is to be told of every change. */
export function openLookup(state: State): Lookup & { note: Changed } {
  const refundsByOrder = openGroups(state, 'refunds', ({ orderId }) => orderId);
  const refundsByShop = openGroups(state, 'refunds', ({ shopId }) => shopId);
  const paymentsByRefund = openGroups(state, 'payments', ({ refundId }) => refundId);
  const tasksByParcel = openGroups(state, 'tasks', parcelOfTask);
  const incidentsByTrace = openGroups(state, 'incidents', ({ traceId }) => traceId);
  const book = openBook(state);
  const shopIds = new Map<string, string>();
  const noteShop = (shopId: string): void => {
    const shop = state.shops[shopId];
    if (shop === undefined) return;
    const tokens = [shop.access, shop.refresh, ...shop.olderAccess].map(({ token }) => token);
    for (const token of [...tokens, ...shop.discardedRefreshTokens]) shopIds.set(token, shopId);
  };
  Object.keys(state.shops).forEach(noteShop);

  const notes: Partial<Record<Table, ((key: string) => void)[]>> = {
    refunds: [refundsByOrder.note, refundsByShop.note],
    payments: [paymentsByRefund.note, book.note],
    tasks: [tasksByParcel.note],
    incidents: [incidentsByTrace.note],
    shops: [noteShop],
  };
  return {
    note: (table, key) => notes[table]?.forEach((note) => note(key)),
    refundsOfOrder: refundsByOrder.of,
    refundsOfShop: refundsByShop.of,
    payments: () => book.lines,
    paymentsOfRefund: paymentsByRefund.of,
    paidMoreThanOnce: () => [...book.paidAgain],
    tasksOfParcel: tasksByParcel.of,
    incidentOfTrace: (traceId) => incidentsByTrace.of(traceId)[0]?.reference ?? null,
    shopOfToken: (token) => state.shops[shopIds.get(token) ?? ''] ?? null,
  };
}
