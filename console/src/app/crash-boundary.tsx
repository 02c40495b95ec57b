import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { text } from '../i18n/text.ts';

/** Catches what a page threw while drawing, also when its code could not be loaded after a new release. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const t = text();
    return (
      <Result
        status="error"
        title={t.problem.crashed}
        subTitle={t.problem.crashedDetail}
        extra={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t.problem.reload}
          </Button>
        }
      >
        <code className="untrusted">{error.message}</code>
      </Result>
    );
  }
}
