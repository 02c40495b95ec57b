import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { FALLBACK_POLL_MS, type LiveState, listenLive, liveState, onLiveState } from '../api/live.ts';
import { refreshCases, sessionQuery } from '../api/queries.ts';

/** Keeps every query in step with the service: by its events, while they are lost by asking again. Returns whether events come. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const state = useSyncExternalStore(onLiveState, liveState);
  useEffect(
    () =>
      listenLive({
        url: '/console/api/events',
        onChange: ({ interceptId }) => void refreshCases(client, interceptId),
        onBack: () => void client.invalidateQueries(),
        onRefused: () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      }),
    [client],
  );
  useEffect(() => {
    if (state !== 'disconnected') return undefined;
    const timer = setInterval(() => void client.invalidateQueries(), FALLBACK_POLL_MS);
    return () => clearInterval(timer);
  }, [client, state]);
  return state;
}
