import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { payloadCodec, tolerantPayloadCodec } from './payload-codec.ts';
import type { PayloadKey } from './payload-keys.ts';

/** The SDK loads it by its path, from the sources and from a build alike. */
const FAILURE_CONVERTER = fileURLToPath(new URL(`../workflows/failure-converter${extname(import.meta.url)}`, import.meta.url));

/** For whoever asks and tells Temporal: seals payloads and failures, and opens them or throws. */
export function clientConverter(keys: readonly PayloadKey[]): DataConverter {
  return { payloadCodecs: [payloadCodec(keys)], ...failuresOf(keys) };
}

/** For workers: as `clientConverter`, but what does not open fails only those who need it. */
export function workerConverter(keys: readonly PayloadKey[]): DataConverter {
  return { ...replayConverter(keys), ...failuresOf(keys) };
}

/** For replays: opens as a worker does, and says in clear why a history does not fit. */
export function replayConverter(keys: readonly PayloadKey[]): DataConverter {
  return { payloadCodecs: [tolerantPayloadCodec(keys)] };
}

/** Without a key the words of failures stay where Temporal's pages show them. */
function failuresOf(keys: readonly PayloadKey[]): DataConverter {
  return keys.length === 0 ? {} : { failureConverterPath: FAILURE_CONVERTER };
}
