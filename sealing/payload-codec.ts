import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { SEALED_ENCODING } from '../workflows/messages.ts';
import { openBytes, sealBytes } from './aes-gcm.ts';
import type { PayloadKey } from './payload-keys.ts';

const KEY_ID = 'encryption-key-id';
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** A payload that none of the keys opens; the message names the key it was sealed with. */
export class UnopenedPayload extends Error {
  override readonly name = 'UnopenedPayload';
}

/**
 * Seals every payload with AES-256-GCM, in the form of Temporal's own samples: encoding `binary/encrypted`, the key's id in the metadata, nonce,
 * ciphertext and tag as data, the payload's protobuf message inside. The first key seals, all of them open, what was never sealed is passed on as it
 * is; without a key nothing is sealed. Opening throws `UnopenedPayload`.
 */
export function payloadCodec(keys: readonly PayloadKey[]): PayloadCodec {
  const [present] = keys;
  return {
    encode: async (payloads) => (present === undefined ? payloads : payloads.map((payload) => sealPayload(present, payload))),
    decode: async (payloads) => payloads.map((payload) => openPayload(keys, payload)),
  };
}

/**
 * The same for a worker: a payload that does not open is passed on with the reason as its encoding, so that it fails whoever asks for its value and
 * nobody else. A signal is skipped then, and no task of a run fails for it (`workflows/tolerant-signal.ts`).
 */
export function tolerantPayloadCodec(keys: readonly PayloadKey[]): PayloadCodec {
  return {
    ...payloadCodec(keys),
    decode: async (payloads) => payloads.map((payload) => openOrTell(keys, payload)),
  };
}

function sealPayload({ id, key }: PayloadKey, payload: Payload): Payload {
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(SEALED_ENCODING), [KEY_ID]: Buffer.from(id) },
    data: sealBytes(key, PayloadMessage.encode(payload).finish()),
  };
}

function openPayload(keys: readonly PayloadKey[], payload: Payload): Payload {
  if (textOf(payload, METADATA_ENCODING_KEY) !== SEALED_ENCODING) return payload;
  const id = textOf(payload, KEY_ID);
  const found = keys.find((each) => each.id === id);
  if (found === undefined) throw new UnopenedPayload(`sealed with key ${id}, which TEMPORAL_PAYLOAD_KEYS does not hold`);
  try {
    return PayloadMessage.decode(openBytes(found.key, payload.data ?? new Uint8Array()));
  } catch (cause) {
    throw new UnopenedPayload(`sealed with key ${id}, but changed since, or with another key of that id`, { cause });
  }
}

function openOrTell(keys: readonly PayloadKey[], payload: Payload): Payload {
  try {
    return openPayload(keys, payload);
  } catch (error) {
    if (!(error instanceof UnopenedPayload)) throw error;
    return { ...payload, metadata: { ...payload.metadata, [METADATA_ENCODING_KEY]: Buffer.from(`${SEALED_ENCODING}: ${error.message}`) } };
  }
}

function textOf({ metadata }: Payload, name: string): string {
  return Buffer.from(metadata?.[name] ?? []).toString('utf8');
}
