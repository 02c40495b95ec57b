import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { text } from '../i18n/text.ts';
import { isMissingPart, loadAnewOnceServed } from './missing-part.ts';

interface Crash {
  error: Error;
  isMissingPart: boolean;
}

/** Catches what a page threw while drawing. When its code could not be loaded, as after a new release, the page is loaded anew by itself. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crash: Crash | null }> {
  override state: { crash: Crash | null } = { crash: null };
  private callOff: (() => void) | undefined;

  static getDerivedStateFromError(thrown: unknown): { crash: Crash } {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { crash: { error, isMissingPart: isMissingPart(error) } };
  }

  override componentDidCatch(): void {
    if (this.state.crash?.isMissingPart === true) this.callOff = loadAnewOnceServed();
  }

  override componentWillUnmount(): void {
    this.callOff?.();
  }

  override render(): ReactNode {
    const { crash } = this.state;
    if (crash === null) return this.props.children;
    const t = text().problem;
    return (
      <Result
        status={crash.isMissingPart ? 'warning' : 'error'}
        title={crash.isMissingPart ? t.partMissing : t.crashed}
        subTitle={crash.isMissingPart ? t.partMissingDetail : t.crashedDetail}
        extra={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t.reload}
          </Button>
        }
      >
        <code className="untrusted">{crash.error.message}</code>
      </Result>
    );
  }
}
