import { toYuanText } from '../../domain/money.ts';
import { toShanghaiText } from '../../domain/time.ts';
import type { Case, ShopClient } from './shop-client.ts';

/** How the demo compresses time. */
export interface DemoPace {
  /** So long is one day. */
  dayMs: number;
}

/** One story: what happens to one refund, told as it happens. Throws when it does not end as it must. */
export interface Story {
  title: string;
  play(shop: ShopClient, tell: (text: string) => void, pace: DemoPace): Promise<void>;
}

const PATIENCE_DAYS = 4;

function mustBe(one: Case, wished: Partial<Case>): void {
  for (const [name, value] of Object.entries(wished)) {
    if (one[name as keyof Case] !== value)
      throw new Error(`${one.interceptId}: ${name} is ${JSON.stringify(one[name as keyof Case])}, not ${JSON.stringify(value)}`);
  }
}

async function mustBePaid(shop: ShopClient, refundId: string, times: number): Promise<void> {
  const paid = await shop.paymentsOf(refundId);
  if (paid !== times) throw new Error(`refund ${refundId} was paid ${paid} times, not ${times}`);
}

const success: Story = {
  title: '拦截成功，自动退款，包裹退回 · success pays by itself',
  async play(shop, tell, { dayMs }) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'ZTO', refundFeeFen: 19_900, parcel: { onIntercept: 'SUCCEEDS' } });
    const { interceptId } = await shop.create(refundId);
    tell(`中通 ${waybillNo} 已受理，物流拦截中`);
    await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', PATIENCE_DAYS * dayMs);
    tell('快递退件扫描 → 已自动同意退款');
    mustBe(await shop.until(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', PATIENCE_DAYS * dayMs), {
      refundCause: 'INTERCEPT_SUCCEEDED',
    });
    await mustBePaid(shop, refundId, 1);
    tell('退回件已签收，平台账上正好一笔退款');
  },
};

const failureThenReject: Story = {
  title: '拦截失败，商家拒绝退款 · failure, then the merchant rejects',
  async play(shop, tell, { dayMs }) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'YTO', refundFeeFen: 6_990, parcel: { onIntercept: 'FAILS' } });
    const { interceptId } = await shop.create(refundId);
    const locked = await shop.call<Record<string, unknown>>('POST', `/intercepts/${interceptId}/reject-refund`, {
      reason: '1002',
      description: '包裹已派送',
    });
    if (locked.status !== 409) throw new Error(`an early rejection answered ${locked.status}, not 409`);
    tell(`圆通 ${waybillNo} 拦截中；此时拒绝退款被挡回：${String(locked.body['reason'])}，${String(locked.body['availableAt'])} 起可拒绝`);
    await shop.until(interceptId, ({ interceptStatus }) => interceptStatus === 'FAILED', PATIENCE_DAYS * dayMs);
    tell('买家签收，拦截失败 → 拒绝退款立即解锁');
    const rejected = await shop.act(interceptId, 'reject-refund', { reason: '1002', description: '包裹已派送给买家' });
    mustBe(rejected.body, { refundStatus: 'REJECTED' });
    await mustBePaid(shop, refundId, 0);
    tell('商家拒绝退款，平台账上没有退款');
  },
};

const silence: Story = {
  title: '网点没有结果，第 5 天自动退款 · silence, day 5 refunds by itself',
  async play(shop, tell, { dayMs }) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'STO', refundFeeFen: 3_580, parcel: { onIntercept: 'SILENT' } });
    const { interceptId, autoRefundAt } = await shop.create(refundId);
    tell(`申通 ${waybillNo} 拦截中，一直没有结果；${autoRefundAt} 到期`);
    const unlocked = await shop.until(
      interceptId,
      ({ allowedActions }) => allowedActions.some(({ action, allowed }) => action === 'REJECT_REFUND' && allowed),
      5 * dayMs,
    );
    mustBe(unlocked, { refundStatus: 'OPEN' });
    tell('第 3 天：拒绝退款解锁，商家没有处理');
    mustBe(await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 6 * dayMs), { refundCause: 'DEADLINE_PASSED' });
    await mustBePaid(shop, refundId, 1);
    tell('第 5 天：超时自动退款，正好一笔');
  },
};

const manualApproval: Story = {
  title: '商家提前同意退款 · the merchant approves while the parcel is intercepted',
  async play(shop, tell) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'JT', refundFeeFen: 12_800, parcel: { onIntercept: 'SILENT' } });
    const { interceptId } = await shop.create(refundId);
    tell(`极兔 ${waybillNo} 拦截中；商家决定先退款`);
    const cancelled = await shop.call<{ code?: string }>('DELETE', `/intercepts/${interceptId}`);
    if (cancelled.body.code !== 'INTERCEPT_IRREVOCABLE') throw new Error(`cancelling answered ${cancelled.status}`);
    tell('拦截一经发起不可取消（409 INTERCEPT_IRREVOCABLE）');
    await shop.act(interceptId, 'approve-refund');
    mustBe(await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000), { refundCause: 'MANUAL_APPROVAL' });
    await mustBePaid(shop, refundId, 1);
    tell('已退款；拦截继续，退回状态照常跟踪');
  },
};

const refusalAndSecondAttempt: Story = {
  title: '快递拒绝拦截，再次发起成功 · the carrier refuses, a second attempt succeeds',
  async play(shop, tell, { dayMs }) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'ZTO', refundFeeFen: 8_800, parcel: { onIntercept: 'REFUSES_ONCE' } });
    const first = await shop.create(refundId);
    mustBe(first, { interceptStatus: 'REJECTED_BY_CARRIER', refundStatus: 'RELEASED' });
    tell(`中通 ${waybillNo} 拒绝：${first.carrierRefusal?.code ?? ''} ${first.carrierRefusal?.message ?? ''}；退款恢复普通处理`);
    const second = await shop.create(refundId);
    tell(`第二次发起 ${second.interceptId}，自己的 5 天重新计时`);
    await shop.until(second.interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', PATIENCE_DAYS * dayMs);
    await mustBePaid(shop, refundId, 1);
    tell('拦截成功，已自动退款');
  },
};

const lostReturn: Story = {
  title: '拦截成功后退回件遗失，索赔与对账 · success, the returning parcel is lost: claim and statement',
  async play(shop, tell, { dayMs }) {
    const { refundId, waybillNo } = await shop.seed({ carrier: 'ZTO', refundFeeFen: 15_600, parcel: { onIntercept: 'RETURN_LOST' } });
    const { interceptId } = await shop.create(refundId);
    await shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', PATIENCE_DAYS * dayMs);
    tell(`中通 ${waybillNo} 拦截成功，已退款`);
    await shop.until(interceptId, ({ returnFailure }) => returnFailure === 'LOST', PATIENCE_DAYS * dayMs);
    await mustBePaid(shop, refundId, 1);
    tell('退回途中遗失：退款不受影响，向网点索赔');
    tell(await claimTheLoss(shop, interceptId));
    tell(await readStatement(shop, interceptId));
  },
};

async function claimTheLoss(shop: ShopClient, interceptId: string): Promise<string> {
  const claim = await shop.call<{ claimId: string; status: string }>('POST', `/intercepts/${interceptId}/claims`, {
    kind: 'LOSS',
    contactPhone: '13800001234',
    goods: [{ name: '珊瑚绒四件套', quantity: 1, specification: '1.8m', valueFen: 15_600 }],
    claimedFen: 15_600,
    description: '拦截退回途中遗失',
    evidence: [],
  });
  if (claim.status !== 201) throw new Error(`the claim answered ${claim.status}: ${JSON.stringify(claim.body)}`);
  const giveUpAt = Date.now() + CLAIM_PATIENCE_MS;
  for (;;) {
    const { body } = await shop.call<{ status: string; carrierReference: string | null }>('GET', `/claims/${claim.body.claimId}`);
    if (body.carrierReference !== null) return `索赔 156.00 元，中通工单 ${body.carrierReference}（${body.status}）`;
    if (Date.now() > giveUpAt) throw new Error(`the carrier never took the claim: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const CLAIM_PATIENCE_MS = 20_000;

async function readStatement(shop: ShopClient, interceptId: string): Promise<string> {
  const month = toShanghaiText(Date.now()).slice(0, 7);
  const { status, body } = await shop.call<{
    outlets: { outletName: string; totals: { totalFen: number }; lines: { interceptId: string }[] }[];
  }>('GET', `/statements?month=${month}&carrier=ZTO`);
  const outlet = status === 200 ? body.outlets.find(({ lines }) => lines.some((line) => line.interceptId === interceptId)) : undefined;
  if (outlet === undefined) throw new Error(`the statement of ${month} (${status}) has no line of ${interceptId}`);
  return `${month} 对账单：${outlet.outletName} ${outlet.lines.length} 笔，合计 ¥${toYuanText(outlet.totals.totalFen)}`;
}

/** The six stories of the demo, in the order they are told. */
export const STORIES: readonly Story[] = [success, failureThenReject, silence, manualApproval, refusalAndSecondAttempt, lostReturn];
