import { type Client, dataOf, type Schemas } from '../src/index.ts';

/** A line of the outlet's own bill. */
export interface Billed {
  waybillNo: string;
  feeFen: number;
}

export interface Differences {
  /** On the bill and in the statement, for the same money: confirmed. */
  agreed: string[];
  /** Both know of it, for different money: disputed. */
  disputed: string[];
  /** Only the bill has it. */
  unknown: string[];
  /** Only the statement has it. */
  unbilled: string[];
}

/** Holds an outlet's bill of a month against the statement: by waybill. */
export async function reconcile(
  client: Client,
  outlet: { month: string; carrier: Schemas['Outlet']['carrier']; outletCode: string },
  bill: readonly Billed[],
): Promise<Differences> {
  const { outlets } = await dataOf(client.GET('/v1/statements', { params: { query: outlet } }));
  const fees = outlets.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'FEE');
  const billed = new Map(bill.map(({ waybillNo, feeFen }) => [waybillNo, feeFen]));
  const known = new Set(fees.map(({ waybillNo }) => waybillNo));
  const differences: Differences = {
    agreed: [],
    disputed: [],
    unknown: bill.map(({ waybillNo }) => waybillNo).filter((waybillNo) => !known.has(waybillNo)),
    unbilled: [],
  };
  for (const { lineId, waybillNo, amountFen } of fees) {
    const feeFen = billed.get(waybillNo);
    if (feeFen === undefined) differences.unbilled.push(waybillNo);
    else if (feeFen === amountFen) differences.agreed.push(lineId);
    else differences.disputed.push(lineId);
  }
  for (const lineId of differences.agreed) await act(client, lineId, 'CONFIRM');
  for (const lineId of differences.disputed) await act(client, lineId, 'DISPUTE');
  return differences;
}

/** What may be done with a line is told, never to be worked out: a run that broke off is simply repeated. */
async function act(client: Client, lineId: string, action: 'CONFIRM' | 'DISPUTE'): Promise<void> {
  const path = { lineId };
  const { allowedActions } = await dataOf(client.GET('/v1/ledger-lines/{lineId}', { params: { path } }));
  if (!allowedActions.includes(action)) return;
  if (action === 'CONFIRM') await client.POST('/v1/ledger-lines/{lineId}/confirm', { params: { path }, body: {} });
  else await client.POST('/v1/ledger-lines/{lineId}/dispute', { params: { path }, body: { reason: '与网点账单金额不符' } });
}
