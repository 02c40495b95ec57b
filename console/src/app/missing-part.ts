/** The service is asked so often whether it answers again. */
const ASK_EVERY_MS = 2_000;
/** A page that was loaded anew for a missing part is not loaded anew again by itself for so long: then it is missing for good. */
const AGAIN_AFTER_MS = 60_000;
const LOADED_ANEW_AT = 'loaded-anew-at';

const missing = new WeakSet<Error>();

/** Remembers which errors are parts of the console that could not be loaded, so that `isMissingPart` knows them. */
export function noteMissingParts(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => missing.add(payload));
}

/** Whether this error is a part that could not be loaded, because the network failed or a release took its file away, and loading the page anew may help. */
export function isMissingPart(error: Error): boolean {
  return missing.has(error) && Math.abs(Date.now() - Number(sessionStorage.getItem(LOADED_ANEW_AT))) > AGAIN_AFTER_MS;
}

/** Loads the page anew as soon as the service answers. Returns what calls that off. */
export function loadAnewOnceServed(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOff = false;
  const ask = async (): Promise<void> => {
    const isServed = await fetch(import.meta.env.BASE_URL, { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isOff) return;
    if (!isServed) timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    else {
      sessionStorage.setItem(LOADED_ANEW_AT, String(Date.now()));
      window.location.reload();
    }
  };
  void ask();
  return () => {
    isOff = true;
    clearTimeout(timer);
  };
}
