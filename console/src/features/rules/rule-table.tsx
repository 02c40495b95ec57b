import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Button, Table, Tag } from 'antd';
import type { Rule, RuleLimits } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { conditionLines } from './condition-words.ts';
import { ActionTag } from './judgement-table.tsx';
import { moved } from './rule-form.ts';

/** What bounds a rule or the shop, one line each. */
export function limitLines({ dailyFeeFen, dailyCount, hours }: RuleLimits): string[] {
  const { rules } = text();
  return [
    ...(dailyFeeFen === null ? [] : [`${rules.dailyFee} ${formatFen(dailyFeeFen)}`]),
    ...(dailyCount === null ? [] : [`${rules.dailyCount} ${dailyCount}`]),
    ...(hours === null ? [] : [`${hours.days.map((day) => rules.weekdays[day - 1]).join(' ')} ${hours.from}-${hours.to}`]),
  ];
}

function Lines({ lines, none }: { lines: string[]; none: string }) {
  return lines.length === 0 ? (
    <span className="muted">{none}</span>
  ) : (
    <ul className="reasons">
      {lines.map((line) => (
        <li key={line} className="untrusted">
          {line}
        </li>
      ))}
    </ul>
  );
}

interface RuleTableProps {
  rules: readonly Rule[];
  /** Null for who may only look. */
  onChange: ((rules: Rule[]) => void) | null;
  onEdit: (rule: Rule) => void;
}

/** The rules in their order, to be moved, changed and deleted. */
export function RuleTable({ rules, onChange, onEdit }: RuleTableProps) {
  const t = text();
  return (
    <section aria-label={t.rules.tableLabel}>
      <Table<Rule>
        size="middle"
        rowKey="ruleId"
        dataSource={rules}
        pagination={false}
        locale={{ emptyText: t.rules.empty }}
        onRow={({ ruleId }) => ({ 'data-rule': ruleId }) as object}
        columns={[
          { title: t.rules.order, render: (_, _rule, index) => index + 1 },
          {
            title: t.rules.name,
            render: (_, { name, limits }) => (
              <>
                <span className="untrusted">{name}</span> {limits.paused && <Tag>{t.rules.paused}</Tag>}
              </>
            ),
          },
          { title: t.rules.action, render: (_, { action }) => <ActionTag action={action} /> },
          {
            title: t.rules.conditions,
            render: (_, { conditions }) => <Lines lines={conditionLines(conditions)} none={t.rules.everything} />,
          },
          { title: t.rules.limits, render: (_, { limits }) => <Lines lines={limitLines(limits)} none={t.rules.unlimited} /> },
          ...(onChange === null
            ? []
            : [
                {
                  title: t.common.actions,
                  render: (_: unknown, rule: Rule, index: number) => (
                    <div className="row">
                      <Button
                        size="small"
                        icon={<ArrowUpOutlined />}
                        disabled={index === 0}
                        aria-label={`${t.rules.up} ${rule.name}`}
                        onClick={() => onChange(moved(rules, index, -1))}
                      />
                      <Button
                        size="small"
                        icon={<ArrowDownOutlined />}
                        disabled={index === rules.length - 1}
                        aria-label={`${t.rules.down} ${rule.name}`}
                        onClick={() => onChange(moved(rules, index, 1))}
                      />
                      <Button size="small" aria-label={`${t.rules.edit} ${rule.name}`} onClick={() => onEdit(rule)}>
                        {t.rules.edit}
                      </Button>
                      <Button
                        size="small"
                        danger
                        aria-label={`${t.rules.remove} ${rule.name}`}
                        onClick={() => onChange(rules.filter(({ ruleId }) => ruleId !== rule.ruleId))}
                      >
                        {t.rules.remove}
                      </Button>
                    </div>
                  ),
                },
              ]),
        ]}
      />
    </section>
  );
}
