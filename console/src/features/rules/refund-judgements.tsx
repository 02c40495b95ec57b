import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ActionTag, Explanation } from './judgement-table.tsx';
import { lastJudgementQuery } from './rule-queries.ts';

/** Why the rules intercepted a refund, or did not: the last judgement. Nothing where there was none. */
export function RefundJudgements({ refundId }: { refundId: string }) {
  const t = text();
  const { data: last } = useQuery(lastJudgementQuery(refundId));
  if (last === undefined || last === null) return null;
  return (
    <Card size="small" title={t.rules.ofRefund}>
      <div className="row">
        <ActionTag action={last.decision} />
        <span>{t.words.ruleCause[last.cause]}</span>
        <span className="muted">
          {t.rules.version(last.version)}, {formatInstant(last.judgedAt)}
        </span>
      </div>
      <Explanation judged={last} />
    </Card>
  );
}
