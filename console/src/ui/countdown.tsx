import { Tooltip } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import { serverNow } from '../api/server-clock.ts';
import { text } from '../i18n/text.ts';
import { EMPTY, formatInstant, remainingParts } from './format.ts';

const URGENT_MS = 24 * 3_600_000;
const TICK_MS = 1_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** One clockwork for all countdowns of the page, running only while there are any. */
function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** Server time in whole seconds, redrawing every second; null before the first answer of the server. */
export function useServerSeconds(): number | null {
  return useSyncExternalStore(onTick, () => {
    const now = serverNow();
    return now === null ? null : Math.floor(now / TICK_MS);
  });
}

/** A remaining time in words. */
export function remainingText(remainingMs: number): string {
  const { days, clock } = remainingParts(remainingMs);
  return days === 0 ? clock : `${text().time.days(days)} ${clock}`;
}

interface CountdownProps {
  /** RFC 3339. */
  until: string;
  /** What will happen then; shown with the absolute time on hover and focus. */
  then: string;
  /** Red in the last 24 hours. */
  warns?: boolean;
  /** Called once when the instant has come. */
  onReached?: () => void;
}

/** The time left until an instant, by the server's clock. */
export function Countdown({ until, then, warns = true, onReached }: CountdownProps) {
  const seconds = useServerSeconds();
  const remainingMs = seconds === null ? null : Date.parse(until) - seconds * TICK_MS;
  const reached = remainingMs !== null && remainingMs <= 0;
  useEffect(() => {
    if (reached) onReached?.();
    // Told once, when the instant comes; who listens may change at any redraw.
  }, [reached]);
  const shown = remainingMs === null ? EMPTY : reached ? text().time.reached : remainingText(remainingMs);
  const urgent = warns && remainingMs !== null && remainingMs < URGENT_MS;
  return (
    <Tooltip title={`${text().time.shanghai(formatInstant(until))} · ${then}`}>
      <time dateTime={until} tabIndex={0} className={urgent ? 'countdown countdown-urgent' : 'countdown'}>
        {shown}
      </time>
    </Tooltip>
  );
}
