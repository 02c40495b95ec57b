import { Table, Tag } from 'antd';
import { Link } from 'wouter';
import type { DryRun, Judgement } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant, orEmpty } from '../../ui/format.ts';
import { conditionName, foundText, wantedText } from './condition-words.ts';

/** What was decided about a refund: by the service, or by a dry run. */
export type Judged = DryRun['items'][number] & Partial<Pick<Judgement, 'judgementId' | 'version'>>;

const ACTION_COLOURS = { INTERCEPT: 'success', ASK: 'warning', LEAVE: 'default' } as const;

/** An action in its colour. */
export function ActionTag({ action }: { action: Judged['decision'] }) {
  return <Tag color={ACTION_COLOURS[action]}>{text().words.ruleAction[action]}</Tag>;
}

/** Why: each rule down to the one that decided, with each condition, then what the eligibility says. */
export function Explanation({ judged }: { judged: Judged }) {
  const t = text();
  const findings = [
    [t.rules.notEligible, judged.reasons],
    [t.rules.warnings, judged.warnings],
  ] as const;
  return (
    <div className="page" data-explained={judged.refundId}>
      {judged.rules.map(({ ruleId, name, verdict, conditions }) => (
        <div key={ruleId}>
          <strong className="untrusted">{name}</strong>{' '}
          <Tag color={verdict === 'MATCHED' ? 'success' : 'default'}>{t.words.ruleVerdict[verdict]}</Tag>
          <ul className="reasons">
            {conditions.map((one) => (
              <li key={one.condition} className="untrusted">
                {conditionName(one.condition)}: {t.rules.wanted} {wantedText(one.condition, one.wanted)}, {t.rules.found} {foundText(one)} —{' '}
                {one.holds ? t.rules.holds : t.rules.fails}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {findings.map(
        ([title, found]) =>
          found.length > 0 && (
            <div key={title}>
              <strong>{title}</strong>
              <ul className="reasons">
                {found.map(({ code, message }) => (
                  <li key={code} className="untrusted">
                    {message}
                  </li>
                ))}
              </ul>
            </div>
          ),
      )}
    </div>
  );
}

/** Judgements, each with its explanation below. */
export function JudgementTable({
  items,
  loading,
  label,
  empty,
}: {
  items: readonly Judged[];
  loading: boolean;
  label: string;
  empty: string;
}) {
  const t = text();
  return (
    <section aria-label={label}>
      <Table<Judged>
        size="small"
        rowKey={({ judgementId, refundId }) => judgementId ?? refundId}
        loading={loading}
        dataSource={items}
        pagination={false}
        locale={{ emptyText: empty }}
        expandable={{
          expandedRowRender: (judged) => <Explanation judged={judged} />,
          columnTitle: <span className="visually-hidden">{t.rules.explanation}</span>,
        }}
        columns={[
          { title: t.rules.at, render: (_, { at }) => formatInstant(at) },
          { title: t.rules.refund, render: (_, { refundId }) => <Link href={`/refunds/${refundId}`}>{refundId}</Link> },
          { title: t.rules.item, render: (_, { itemTitle }) => <span className="untrusted">{orEmpty(itemTitle)}</span> },
          { title: t.rules.refundSum, align: 'right', render: (_, { refundFeeFen }) => formatFen(refundFeeFen) },
          { title: t.rules.fee, align: 'right', render: (_, { expectedFeeFen }) => formatFen(expectedFeeFen) },
          { title: t.rules.decision, render: (_, { decision }) => <ActionTag action={decision} /> },
          {
            title: t.rules.why,
            render: (_, { cause, ruleId, rules, reasons }) => (
              <span className="untrusted">
                {[
                  t.words.ruleCause[cause],
                  rules.find((rule) => rule.ruleId === ruleId)?.name,
                  cause === 'NOT_ELIGIBLE' ? reasons.map(({ message }) => message).join(' / ') : undefined,
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
