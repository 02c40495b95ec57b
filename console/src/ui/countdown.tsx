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

/**
 * What is read off the time left until an instant, by the server's clock in whole seconds (null before its first answer): looked at every second,
 * and redrawn only when that has changed.
 */
function useTimeLeft<T extends string | boolean>(until: string, read: (remainingMs: number | null) => T): T {
  return useSyncExternalStore(onTick, () => {
    const now = serverNow();
    return read(now === null ? null : Date.parse(until) - Math.floor(now / TICK_MS) * TICK_MS);
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

/** The words alone: everything around them stays as it is from second to second. */
function TimeLeft({ until }: { until: string }) {
  return useTimeLeft(until, (remainingMs) => {
    if (remainingMs === null) return EMPTY;
    return remainingMs <= 0 ? text().time.reached : remainingText(remainingMs);
  });
}

/** The time left until an instant, by the server's clock. */
export function Countdown({ until, then, warns = true, onReached }: CountdownProps) {
  const reached = useTimeLeft(until, (remainingMs) => remainingMs !== null && remainingMs <= 0);
  const urgent = useTimeLeft(until, (remainingMs) => warns && remainingMs !== null && remainingMs < URGENT_MS);
  useEffect(() => {
    if (reached) onReached?.();
    // Told once, when the instant comes; who listens may change at any redraw.
  }, [reached]);
  return (
    <Tooltip title={`${text().time.shanghai(formatInstant(until))} · ${then}`}>
      <time dateTime={until} tabIndex={0} className={urgent ? 'countdown countdown-urgent' : 'countdown'}>
        <TimeLeft until={until} />
      </time>
    </Tooltip>
  );
}
