import { Button } from 'antd';
import { useState } from 'react';
import type { Intercept } from '../../api/types.ts';
import type { CaseRow } from '../../features/intercept-list/case-columns.tsx';
import { BatchDialog, MAX_BATCH } from '../../features/intercept-start/batch-dialog.tsx';
import { type BulkDecision, MAX_DECISIONS, mayBe } from '../../features/refund-decision/bulk-decision.ts';
import { BulkDialog } from '../../features/refund-decision/bulk-dialog.tsx';
import { useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { usePhone } from '../../ui/window-width.ts';

/** A request that has no intercept yet, or one that the carrier refused; whether it is eligible the service says when asked. */
export const isBare = ({ intercept, interceptId, interceptStatus }: CaseRow): boolean =>
  intercept === null && (interceptId === null || interceptStatus === 'REJECTED_BY_CARRIER');

/** A row that something can be done about together with others. */
export const isSelectable = (row: CaseRow): boolean =>
  isBare(row) || mayBe(row.intercept, 'APPROVE_REFUND') || mayBe(row.intercept, 'REJECT_REFUND');

const DECISIONS = ['APPROVE_REFUND', 'REJECT_REFUND'] as const satisfies readonly BulkDecision[];

interface BulkBarProps {
  /** The chosen rows, each `isSelectable`. */
  selected: CaseRow[];
  /** Whether the list has requests that can be intercepted. */
  starts: boolean;
  onStarted: () => void;
}

/** What can be done about the chosen rows at once, each with how many of them it is for. */
export function BulkBar({ selected, starts, onStarted }: BulkBarProps) {
  const t = text();
  const { may, whyNot } = useMay('intercepts:write');
  const [batch, setBatch] = useState<string[] | null>(null);
  const [bulk, setBulk] = useState<{ decision: BulkDecision; intercepts: Intercept[] } | null>(null);
  const phone = usePhone();
  // On a phone they would push the first case down.
  const offered = selected.length > 0 || !phone;
  const bare = selected.filter(isBare).map(({ refundId }) => refundId);
  const cases = selected.flatMap(({ intercept }) => intercept ?? []);
  return (
    <>
      {offered && starts && (
        <Button type="primary" disabled={!may || bare.length === 0 || bare.length > MAX_BATCH} onClick={() => setBatch(bare)}>
          {bare.length === 0 ? t.workbench.batch : t.workbench.batchCount(bare.length)}
        </Button>
      )}
      {(offered ? DECISIONS : []).map((decision) => {
        const count = cases.filter((intercept) => mayBe(intercept, decision)).length;
        return (
          <Button
            key={decision}
            danger={decision === 'REJECT_REFUND'}
            disabled={!may || count === 0 || cases.length > MAX_DECISIONS}
            onClick={() => setBulk({ decision, intercepts: cases })}
          >
            {t.bulk.button[decision](count)}
          </Button>
        );
      })}
      {(bare.length > MAX_BATCH || cases.length > MAX_DECISIONS) && <span role="alert">{t.batch.max(MAX_BATCH)}</span>}
      {whyNot !== null && <span className="muted">{whyNot}</span>}
      {batch !== null && (
        <BatchDialog
          refundIds={batch}
          onClose={() => {
            setBatch(null);
            onStarted();
          }}
        />
      )}
      {bulk !== null && <BulkDialog {...bulk} onClose={() => setBulk(null)} />}
    </>
  );
}
