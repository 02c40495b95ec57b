import type { ReactNode } from 'react';

/** A part that scrolls sideways where it does not fit, also by keyboard; for tables with nothing in them to focus. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="scroll-region" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
