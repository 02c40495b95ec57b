import { defaultPayloadConverter, type RawValue, rawValueTypeInfo } from '@temporalio/common';
import { defineSignal, log, type SignalDefinition, setHandler } from '@temporalio/workflow';

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
  setHandler(raw, (content) => handle(decode(signal.name, content) as T | undefined));
}

function decode(name: string, content: RawValue | undefined): unknown {
  if (content === undefined) return undefined;
  try {
    return defaultPayloadConverter.fromPayload(content.payload);
  } catch (error) {
    log.error('a signal that cannot be decoded was ignored', { name, error: String(error) });
    return undefined;
  }
}
