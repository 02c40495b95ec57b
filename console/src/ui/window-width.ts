import { useSyncExternalStore } from 'react';

/** Whether the window is as wide as a query says; asked before the first drawing, as antd's own hook is not, which has everything drawn twice. */
function windowThat(mediaQuery: string): () => boolean {
  const query = window.matchMedia(mediaQuery);
  const onChange = (listener: () => void) => {
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  };
  const matches = () => query.matches;
  return () => useSyncExternalStore(onChange, matches);
}

/** Whether the window is as narrow as a phone's: tables become cards there, and what is decided stands at its lower edge. */
export const usePhone = windowThat('not all and (min-width: 768px)');

/** Whether there is room for the menu beside the page. */
export const useRoomForMenu = windowThat('(min-width: 992px)');
