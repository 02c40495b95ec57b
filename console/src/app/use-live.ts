import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { FALLBACK_POLL_MS, type LiveState, listenLive, liveState, onLiveState } from '../api/live.ts';
import { refreshCases, sessionQuery } from '../api/queries.ts';

/** A step of a case is told as several changes, and a deadline of many cases comes at once: what comes within this time is asked for together. */
const GATHERED_FOR_MS = 300;

/** Keeps every query in step with the service: by its events, while they are lost by asking again. Returns whether events come. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const state = useSyncExternalStore(onLiveState, liveState);
  useEffect(() => {
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      timer = undefined;
      void refreshCases(client, ...changed);
      changed.clear();
    };
    const leave = listenLive({
      url: '/console/api/events',
      onChange({ interceptId }) {
        changed.add(interceptId);
        timer ??= setTimeout(refresh, GATHERED_FOR_MS);
      },
      onBack: () => void client.invalidateQueries(),
      onRefused: () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [client]);
  useEffect(() => {
    if (state !== 'disconnected') return undefined;
    const timer = setInterval(() => void client.invalidateQueries(), FALLBACK_POLL_MS);
    return () => clearInterval(timer);
  }, [client, state]);
  return state;
}
