/**
 * Keeps the page's `--keyboard-height` true: phones lay their keyboard over the window without telling the layout (VisualViewport).
 * What a zoomed page does not show is not under a keyboard.
 */
export function noteKeyboard(): void {
  const seen = window.visualViewport;
  if (seen === null) return;
  const note = (): void => {
    const covered = seen.scale === 1 ? Math.max(0, window.innerHeight - seen.height - seen.offsetTop) : 0;
    document.documentElement.style.setProperty('--keyboard-height', `${covered}px`);
  };
  for (const change of ['resize', 'scroll']) seen.addEventListener(change, note);
}
