import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { type StaffMember, consoleApi } from '../../api/console-api.ts';
import type { Role } from '../../api/types.ts';
import { SecretDialog } from '../../features/secret/secret-dialog.tsx';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';

interface StaffFields {
  name: string;
  role: Role;
}

const roleOptions = () => Object.entries(text().words.role).map(([value, label]) => ({ value: value as Role, label }));

function NewStaffDialog({ onMade, onClose }: { onMade: (password: string) => void; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: ({ name, role }: StaffFields) => consoleApi.addStaff(name.trim(), role),
    onSuccess: ({ password }) => onMade(password),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
  return (
    <Modal open title={t.settings.staff.add} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        {add.isError && <ProblemAlert error={add.error} />}
        <Form layout="vertical" initialValues={{ role: 'OPERATOR' }} onFinish={(values: StaffFields) => add.mutate(values)}>
          <Form.Item
            name="name"
            label={t.settings.staff.name}
            rules={[{ required: true, whitespace: true, message: t.settings.staff.needName }]}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
          <Form.Item name="role" label={t.settings.staff.role}>
            <Select options={roleOptions()} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {t.settings.staff.add}
          </Button>
        </Form>
      </div>
    </Modal>
  );
}

/** The people of the shop: roles, one-time passwords, access. */
export function StaffTab() {
  const t = text();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const staff = useQuery({ queryKey: ['staff'], queryFn: consoleApi.staff });
  const [adding, setAdding] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  const change = useMutation({
    mutationFn: ({ staffId, ...wanted }: { staffId: string; role?: Role; active?: boolean; resetPassword?: true }) =>
      consoleApi.changeStaff(staffId, wanted),
    onSuccess: (answer) => setPassword(answer.password ?? null),
    onError: (error) => void message.error(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['staff'] }),
  });
  const ask = (title: string, content: string, wanted: Parameters<typeof change.mutate>[0]): void =>
    void modal.confirm({ title, content, onOk: () => change.mutateAsync(wanted).catch(() => {}) });
  return (
    <section aria-label={t.settings.staff.tableLabel} className="page">
      <Button type="primary" onClick={() => setAdding(true)}>
        {t.settings.staff.add}
      </Button>
      {staff.isError && <ProblemAlert error={staff.error} onRetry={() => void staff.refetch()} />}
      <Table<StaffMember>
        size="middle"
        rowKey="staffId"
        loading={staff.isPending}
        dataSource={staff.data?.items ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          { title: t.settings.staff.name, render: (_, { name }) => <span className="untrusted">{name}</span> },
          {
            title: t.settings.staff.role,
            render: (_, { staffId, role, name }) => (
              <Select<Role>
                size="small"
                aria-label={`${t.settings.staff.role} ${name}`}
                className="filter-choice"
                value={role}
                options={roleOptions()}
                onChange={(next) => change.mutate({ staffId, role: next })}
              />
            ),
          },
          {
            title: t.claims.status,
            render: (_, { active }) => (
              <Tag color={active ? 'success' : 'default'}>{active ? t.settings.staff.active : t.settings.staff.inactive}</Tag>
            ),
          },
          { title: t.settings.staff.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
          {
            title: t.common.actions,
            render: (_, { staffId, active, name }) => (
              <div className="row">
                <Button
                  size="small"
                  aria-label={`${t.settings.staff.reset} ${name}`}
                  onClick={() => ask(t.settings.staff.reset, t.settings.staff.resetText, { staffId, resetPassword: true })}
                >
                  {t.settings.staff.reset}
                </Button>
                {active ? (
                  <Button
                    size="small"
                    danger
                    aria-label={`${t.settings.staff.deactivate} ${name}`}
                    onClick={() => ask(t.settings.staff.deactivate, t.settings.staff.deactivateText, { staffId, active: false })}
                  >
                    {t.settings.staff.deactivate}
                  </Button>
                ) : (
                  <Button
                    size="small"
                    aria-label={`${t.settings.staff.activate} ${name}`}
                    onClick={() => change.mutate({ staffId, active: true })}
                  >
                    {t.settings.staff.activate}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
      {adding && (
        <NewStaffDialog
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setPassword(made);
          }}
        />
      )}
      {password !== null && <SecretDialog title={t.settings.staff.password} secret={password} onClose={() => setPassword(null)} />}
    </section>
  );
}
