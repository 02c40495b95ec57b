import { defaultPayloadConverter, type Payload, type RawValue, rawValueTypeInfo } from '@temporalio/common';
import { defineSignal, log, patched, type SignalDefinition, setHandler, workflowInfo } from '@temporalio/workflow';
import { SEALED_ENCODING } from './messages.ts';

/** A signal of ours has one argument; whoever sends one by hand may send more. */
const ARGUMENTS = 16;
const AS_THEY_COME = { typeInfo: { inputTypes: Array.from({ length: ARGUMENTS }, () => rawValueTypeInfo) } };

/**
 * Handles a signal whatever it holds (F146). Content that cannot be decoded would fail the workflow task again and again, and no
 * deadline would be kept: it is decoded here instead, and what cannot be is logged and comes as undefined. A codec of the worker
 * still does its part before. A signal of a name nobody handles is left where it is, undecoded.
 */
export function setTolerantHandler<T>(signal: SignalDefinition<[T]>, handle: (content: T | undefined) => void): void {
  const raw = defineSignal<[RawValue | undefined]>(signal.name, AS_THEY_COME);
  let count = 0;
  setHandler(raw, (content) => {
    count += 1;
    handle((content === undefined ? undefined : decode(signal.name, count, content.payload)) as T | undefined);
  });
}

function decode(name: string, count: number, payload: Payload): unknown {
  const sealed = isSealed(payload);
  // The key may come back, or go: whether the run went on without this signal must not hang on today's keys, so its history says it.
  if ((sealed || workflowInfo().unsafe.isReplaying) && patched(`unopened:${name}:${count}`)) {
    log.error('a signal that cannot be opened was ignored', { name, error: encodingOf(payload) });
    return undefined;
  }
  try {
    return defaultPayloadConverter.fromPayload(payload);
  } catch (error) {
    if (sealed) throw error;
    log.error('a signal that cannot be decoded was ignored', { name, error: String(error) });
    return undefined;
  }
}

function isSealed(payload: Payload): boolean {
  return encodingOf(payload).startsWith(SEALED_ENCODING);
}

function encodingOf({ metadata }: Payload): string {
  return String.fromCharCode(...(metadata?.['encoding'] ?? []));
}
