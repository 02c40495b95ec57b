import { createCipheriv } from 'node:crypto';
import type { OutgoingPush } from '../carrier.ts';
import { spoil } from '../carrier.ts';
import { asInt64, parseRecord } from '../exact-json.ts';
import type { Credentials } from '../settings.ts';
import type { Stage } from '../stage.ts';
import type { PlatformMessage, Refund } from '../state.ts';

/** `eventType` of `kwaishop_aftersales_updateRefund`. */
export const EVENT_TYPE = { SELLER_REJECTED: 2, SELLER_AGREED: 3, CHANGED: 4, PAYING: 50, PAID: 60, FAILED: 70 } as const;

const ZERO_IV = Buffer.alloc(16);

/** AES/CBC/PKCS5 with the message key (16, 24 or 32 bytes after Base64) and a zero vector, as Base64. */
function encryptMessage(text: string, messageKey: string): string {
  const key = Buffer.from(messageKey, 'base64');
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, ZERO_IV);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

/** The message as it goes over the wire: the Base64 text alone is the body. `breakKey` makes it undecipherable. */
export function writeMessage(message: PlatformMessage, credentials: Credentials, breakKey: boolean): OutgoingPush {
  const { userId, ...rest } = message;
  const text = JSON.stringify({ ...rest, userId: asInt64(userId), appKey: credentials.KUAISHOU_APP_KEY });
  const body = encryptMessage(text, credentials.KUAISHOU_MESSAGE_KEY);
  return {
    path: '/webhooks/kuaishou/messages',
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: breakKey ? spoil(body) : body,
  };
}

/** The platform takes `{"result":1}` and nothing else for an acknowledgement. */
export function messageAcknowledged(body: string): boolean {
  return parseRecord(body)?.result === 1;
}

/** Tells the shop's service that a refund was asked for (`eventType` null) or changed. */
export function announceRefund(stage: Stage, refund: Refund, eventType: number | null): void {
  if (stage.settings.webhookBase === null) return;
  const number = stage.nextNumber();
  const info = JSON.stringify({
    orderId: asInt64(refund.orderId),
    refundId: asInt64(refund.refundId),
    handlingWay: refund.handlingWay,
    specialRefundType: refund.specialRefundType ?? 0,
    status: refund.status,
    ...(eventType === null ? {} : { eventType }),
    updateTime: refund.updatedAt,
  });
  const message: PlatformMessage = {
    eventId: `E${number}`,
    bizId: refund.refundId,
    userId: refund.shopId,
    openId: `f18d${refund.shopId}`,
    event: eventType === null ? 'kwaishop_aftersales_addRefund' : 'kwaishop_aftersales_updateRefund',
    info,
    createTime: stage.now(),
    test: false,
  };
  stage.schedule.add({ kind: 'MESSAGE', message, attempt: 1 }, 0);
}

/** The platform's heartbeat: a message that is only a test. */
export function sendHeartbeat(stage: Stage, shopId: string): void {
  const message: PlatformMessage = {
    eventId: `E${stage.nextNumber()}`,
    bizId: '0',
    userId: shopId,
    openId: '',
    event: 'kwaishop_aftersales_updateRefund',
    info: '{}',
    createTime: stage.now(),
    test: true,
  };
  stage.schedule.add({ kind: 'MESSAGE', message, attempt: 1 }, 0);
}
