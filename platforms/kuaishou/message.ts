import { createDecipheriv, createHash } from 'node:crypto';
import type { PlatformMessage } from '../port.ts';
import { parseExactJson } from './exact-json.ts';
import { idOf, instantOf, integerOf, objectOf, textOf } from './fields.ts';

/** 《消息服务说明》 §3.4: AES/CBC/PKCS5 with an all-zero IV. */
const ZERO_IV = Buffer.alloc(16);
const BLOCK_BYTES = 16;
const AFTER_SALES_EVENT = /^kwaishop_aftersales_/;

/** The message key as bytes; throws when it is not Base64 of 16, 24 or 32 bytes. */
export function readMessageKey(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (![16, 24, 32].includes(key.length)) throw new Error('KUAISHOU_MESSAGE_KEY is not Base64 of 16, 24 or 32 bytes');
  return key;
}

/**
 * Reads a pushed message: Base64 text of the encrypted JSON. What does not decrypt to a message of our application is
 * `REJECTED`; there is no other proof of its origin. The heartbeat `{"test":true}` names no application and passes.
 * `body` is the message with its `info` parsed, every id's digits kept. Never throws.
 */
export function readMessage(body: Buffer, key: Buffer, appKey: string): PlatformMessage {
  const clear = decrypt(body, key);
  if (clear === null) return { kind: 'REJECTED' };
  const message = objectOf(parseOrNull(clear));
  const heartbeat = message.test === true;
  if (message.appKey === undefined ? !heartbeat : message.appKey !== appKey) return { kind: 'REJECTED' };
  const info = typeof message.info === 'string' ? (parseOrNull(message.info) ?? message.info) : message.info;
  const event = textOf(message.event) ?? (heartbeat ? 'heartbeat' : '');
  const { refundId, sellerId, specialRefundType } = objectOf(info);
  return {
    kind: 'MESSAGE',
    eventId: textOf(message.eventId) ?? `sha256:${createHash('sha256').update(clear, 'utf8').digest('hex')}`,
    event,
    shopId: idOf(message.userId) ?? idOf(sellerId),
    refundId: heartbeat || !AFTER_SALES_EVENT.test(event) ? null : (idOf(refundId) ?? idOf(message.bizId)),
    specialRefundType: integerOf(specialRefundType),
    sentAt: instantOf(message.createTime),
    body: { ...message, info },
  };
}

function decrypt(body: Buffer, key: Buffer): string | null {
  const text = body.toString('latin1').replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  const encrypted = Buffer.from(text, 'base64');
  if (encrypted.length === 0 || encrypted.length % BLOCK_BYTES !== 0) return null;
  try {
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, ZERO_IV);
    const clear = Buffer.concat([decipher.update(encrypted), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(clear);
  } catch {
    // Wrong padding or no text: encrypted with another key, or not at all.
    return null;
  }
}

function parseOrNull(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return null;
  }
}
