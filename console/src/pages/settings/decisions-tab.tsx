import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Form, Select, Skeleton } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import { consoleApi } from '../../api/console-api.ts';
import { refreshCases } from '../../api/queries.ts';
import type { DecisionSettings } from '../../api/types.ts';
import { ProposalCard } from '../../features/decision-settings/proposal-fields.tsx';
import { bodyOf, fieldsOf, type SettingsFields } from '../../features/decision-settings/settings-form.ts';
import { text } from '../../i18n/text.ts';
import { formatActor, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

const HOURS = [1, 2, 4, 6, 8, 12, 24, 36, 48];
const MOST_REMINDERS = 6;
const KEY = ['decision-settings'];

/** No two proposals of a shop are made in one millisecond. */
const newProposalId = (): string => `p${Date.now().toString(36)}${Math.floor(performance.now()).toString(36)}`;

/** When the shop is reminded, and who is told when nobody decided. */
function WarningFields() {
  const t = text();
  const staff = useQuery({ queryKey: ['staff'], queryFn: consoleApi.staff });
  const hours = HOURS.map((value) => ({ value, label: t.proposals.hours(value) }));
  const people = (staff.data?.items ?? []).filter(({ active }) => active).map(({ staffId, name }) => ({ value: staffId, label: name }));
  return (
    <Card size="small" title={t.proposals.warnings}>
      {staff.isError && <ProblemAlert error={staff.error} onRetry={() => void staff.refetch()} />}
      <Form.Item name="remindHoursBefore" label={t.proposals.remind}>
        <Select mode="multiple" allowClear options={hours} maxCount={MOST_REMINDERS} />
      </Form.Item>
      <div className="row">
        <Form.Item name="staffId" label={t.proposals.escalateTo}>
          <Select className="filter-choice" allowClear loading={staff.isPending} options={people} placeholder={t.proposals.nobody} />
        </Form.Item>
        <Form.Item name="escalateHours" label={t.proposals.escalateHours}>
          <Select className="filter-choice" options={hours} />
        </Form.Item>
      </div>
    </Card>
  );
}

function SettingsForm({ saved }: { saved: DecisionSettings }) {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (fields: SettingsFields) =>
      dataOf(api.PUT('/v1/decision-settings', { body: { baseVersion: saved.version, ...bodyOf(fields, newProposalId) } })),
    onSuccess: (settings) => {
      client.setQueryData(KEY, settings);
      void message.success(t.proposals.saved);
    },
    onSettled: () => refreshCases(client),
  });
  return (
    <Form<SettingsFields> layout="vertical" initialValues={fieldsOf(saved)} onFinish={(fields) => save.mutate(fields)}>
      <div className="page">
        <p className="muted">{t.proposals.intro}</p>
        <Form.List name="proposals">
          {(fields, { add, remove, move }) => (
            <>
              {fields.map(({ key, name }, index) => (
                <ProposalCard
                  key={key}
                  name={name}
                  place={index + 1}
                  onUp={index === 0 ? null : () => move(index, index - 1)}
                  onRemove={() => remove(name)}
                />
              ))}
              <div className="row">
                <Button onClick={() => add({ action: 'APPROVE', situations: [] })}>{t.proposals.add}</Button>
              </div>
            </>
          )}
        </Form.List>
        <WarningFields />
        {save.isError && <ProblemAlert error={save.error} />}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t.common.save}
          </Button>
          {saved.savedBy !== null && (
            <span className="muted untrusted">{t.rules.savedBy(formatActor(saved.savedBy), formatInstant(saved.savedAt))}</span>
          )}
        </div>
      </div>
    </Form>
  );
}

/** What is proposed after a failure or without a result, when people are reminded, who is told at last. */
export function DecisionsTab() {
  const settings = useQuery({ queryKey: KEY, queryFn: () => dataOf(api.GET('/v1/decision-settings')) });
  if (settings.isPending) return <Skeleton active />;
  if (settings.isLoadingError) return <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />;
  return <SettingsForm key={settings.data.version} saved={settings.data} />;
}
