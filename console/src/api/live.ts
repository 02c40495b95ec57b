import { noteServerTime } from './server-clock.ts';

/** Whether the page hears of changes at once, or has to ask. */
export type LiveState = 'connecting' | 'connected' | 'disconnected';

/** Ask again after this long while nothing is heard. */
export const FALLBACK_POLL_MS = 15_000;
/** The browser does not reconnect after an HTTP error; then this page does, with growing pauses. */
const RECONNECT_MS = [1_000, 2_000, 5_000, 10_000, 15_000];

export interface CaseChange {
  interceptId: string;
  version: number;
}

interface LiveOptions {
  url: string;
  onChange: (change: CaseChange) => void;
  /** Heard again after a break: anything may have changed. */
  onBack: () => void;
  /** The service answered, but gives no stream: the session may be over. */
  onRefused: () => void;
}

let state: LiveState = 'connecting';
const listeners = new Set<() => void>();

export function liveState(): LiveState {
  return state;
}

export function onLiveState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const tell of listeners) tell();
}

/** Reads the server's time from the first event of a connection; null for anything else. */
export function readHello(data: string): string | null {
  const serverTime = membersOf(data)['serverTime'];
  return typeof serverTime === 'string' ? serverTime : null;
}

function membersOf(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Reads the data of a `case.changed` event; null for anything else. */
export function readChange(data: string): CaseChange | null {
  const { interceptId, version } = membersOf(data);
  return typeof interceptId === 'string' ? { interceptId, version: typeof version === 'number' ? version : 0 } : null;
}

/** Listens to the changes of the shop's cases until the returned function is called. Events missed in a break are replayed by the server. */
export function listenLive({ url, onChange, onBack, onRefused }: LiveOptions): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let broken = false;
  let stopped = false;

  function open(): void {
    if (stopped) return;
    source = new EventSource(url);
    source.addEventListener('open', () => {
      failures = 0;
      become('connected');
      if (broken) onBack();
      broken = false;
    });
    source.addEventListener('hello', (event) => {
      const serverTime = readHello(event.data as string);
      if (serverTime !== null) noteServerTime(serverTime);
    });
    source.addEventListener('case.changed', (event) => {
      const change = readChange(event.data as string);
      if (change !== null) onChange(change);
    });
    source.addEventListener('error', () => {
      broken = true;
      become('disconnected');
      if (source?.readyState !== EventSource.CLOSED) return;
      onRefused();
      retry = setTimeout(open, RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]);
      failures += 1;
    });
  }

  open();
  return () => {
    stopped = true;
    if (retry !== null) clearTimeout(retry);
    source?.close();
    become('connecting');
  };
}
