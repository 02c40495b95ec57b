import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReturnTag } from '../../ui/status-tag.tsx';
import { useMay } from '../session/permissions.tsx';
import { claimsOfQuery } from './claim-queries.ts';
import { ClaimTable } from './claim-view.tsx';

const ClaimDialog = lazy(() => import('./claim-dialog.tsx').then((module) => ({ default: module.ClaimDialog })));

/** The way back, and the claims if it went wrong (R33–R38). */
export function ReturnAndClaims({ intercept }: { intercept: Intercept }) {
  const t = text();
  const claims = useQuery(claimsOfQuery(intercept.interceptId));
  const { may, whyNot } = useMay('settlement:write');
  const [opening, setOpening] = useState(false);
  const action = intercept.allowedActions.find(({ action: name }) => name === 'OPEN_CLAIM');
  const reason = action?.reason ?? null;
  const why = whyNot ?? (reason === null ? null : t.words.actionReason[reason]);
  return (
    <Card size="small" title={t.case.returnAndClaim}>
      <div className="page">
        <div className="row">
          {t.case.returnStatus} <ReturnTag status={intercept.returnStatus} failure={intercept.returnFailure} />
          {intercept.returnStatus === null && <span className="muted">{t.case.noReturn}</span>}
        </div>
        <div className="row">
          <Button disabled={action?.allowed !== true || !may} onClick={() => setOpening(true)}>
            {t.case.claim}
          </Button>
          {why !== null && <span className="muted">{why}</span>}
        </div>
        {claims.isError && <ProblemAlert error={claims.error} onRetry={() => void claims.refetch()} />}
        {claims.data && claims.data.length > 0 && <ClaimTable claims={claims.data} loading={false} />}
      </div>
      {opening && (
        <Suspense fallback={null}>
          <ClaimDialog intercept={intercept} onClose={() => setOpening(false)} />
        </Suspense>
      )}
    </Card>
  );
}
