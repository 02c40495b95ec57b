/** Sessions that were ended in this process, by handle: what still hangs on one is cut off at once, not at the next check. */
export interface SessionEndings {
  onEnd(listener: (handles: ReadonlySet<string>) => void): void;
  end(handles: readonly string[]): void;
}

export function sessionEndings(): SessionEndings {
  const listeners: ((handles: ReadonlySet<string>) => void)[] = [];
  return {
    onEnd: (listener) => void listeners.push(listener),
    end(handles) {
      for (const tell of listeners) tell(new Set(handles));
    },
  };
}
