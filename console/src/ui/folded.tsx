import type { ReactNode } from 'react';
import { usePhone } from './window-width.ts';

/** What stands above a list and would push it out of a phone's window: folded there unless it is in use. */
export function Folded({ title, used, children }: { title: string; used: boolean; children: ReactNode }) {
  if (!usePhone()) return children;
  return (
    <details className="folded" open={used}>
      <summary>{title}</summary>
      <div className="page">{children}</div>
    </details>
  );
}
