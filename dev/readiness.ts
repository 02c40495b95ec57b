import type { Part } from './part.ts';
import { waitFor } from './waiting.ts';

const ASK_LIMIT_MS = 2_000;

/**
 * Waits until the URL answers 200. Throws when the part ends first (with its last lines), when the limit passes (with the last answer), or with
 * the signal's reason.
 */
export async function untilReady(part: Part, url: string, limitMs: number, signal?: AbortSignal): Promise<void> {
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  let lastAnswer = 'no answer';
  const ask = async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(ASK_LIMIT_MS) });
      lastAnswer = `${response.status} ${(await response.text()).slice(0, 500)}`;
      return response.status === 200;
    } catch (error) {
      lastAnswer = error instanceof Error ? `no answer (${error.message})` : 'no answer';
      return false;
    }
  };
  const ready = await waitFor(async () => ended || ask(), limitMs, signal);
  if (ended) throw new Error(await endingOf(part));
  if (ready === undefined) throw new Error(`${part.name} did not become ready within ${limitMs / 1000} s: ${url} last said ${lastAnswer}`);
}

/** How an ended part ended, in words, with its last lines. */
export async function endingOf(part: Part): Promise<string> {
  const { code, signal } = await part.exited;
  const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  const lines = part.lastLines();
  return `${part.name} (process ${part.pid}) ${how}${lines.length === 0 ? '' : `; its last lines:\n${lines.map((line) => `    ${line}`).join('\n')}`}`;
}
