import { type Client, dataOf, type Schemas, type WebhookEvent } from '../src/index.ts';

/** Once a shop: where its events go. Keep the secret, it is shown this one time. */
export async function subscribe(client: Client, url: string): Promise<string> {
  const { secret } = await dataOf(
    client.POST('/v1/webhook-endpoints', {
      body: {
        url,
        types: ['intercept.refused', 'intercept.failed', 'refund.refunded', 'refund.rejected', 'refund.closed', 'return.signed'],
      },
    }),
  );
  return secret;
}

/**
 * Intercepts the parcel of a refund, or says why not. `isConfirmed` shows the merchant the fee and the warnings: an intercept cannot be
 * taken back. Asked again, also by another process, it is the same intercept.
 */
export async function intercept(
  client: Client,
  refundId: string,
  isConfirmed: (preview: Schemas['InterceptPreview']) => Promise<boolean>,
): Promise<Schemas['Intercept'] | string[]> {
  const preview = await dataOf(client.POST('/v1/intercepts/preview', { body: { refundId } }));
  if (!preview.eligible) return preview.reasons.map(({ message }) => message);
  if (!(await isConfirmed(preview))) return ['the merchant said no'];
  const acknowledge = preview.warnings.map(({ code }) => code);
  return dataOf(client.POST('/v1/intercepts', { body: { refundId, confirm: true, acknowledge } }));
}

/** What the shop's own order should say after an event. */
export function orderNote(event: WebhookEvent): string | null {
  switch (event.type) {
    case 'intercept.refused':
      return `快递拒绝拦截：${event.data.carrierRefusal?.message ?? ''}`;
    case 'intercept.failed':
      return `拦截失败，请在 ${event.data.autoRefundAt} 前决定`;
    case 'refund.refunded':
      return `已退款 ${(event.data.refundFeeFen / 100).toFixed(2)} 元（${event.data.refundCause ?? '—'}）`;
    case 'return.signed':
      return '包裹已退回，请验收入库';
    default:
      return null; // an event that is of no interest, or newer than this program
  }
}
