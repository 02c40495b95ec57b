import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { consoleApi } from '../../api/console-api.ts';
import { sessionQuery } from '../../api/queries.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

const MIN_LENGTH = 12;

interface PasswordForm {
  current: string;
  next: string;
  again: string;
}

/** The form with which a person changes the own password. */
export function ChangePassword() {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<PasswordForm>();
  const change = useMutation({
    mutationFn: ({ current, next }: PasswordForm) => consoleApi.changePassword(current, next),
    // The change begins a new session, with a new token.
    onSuccess: (session) => {
      form.resetFields();
      void message.success(t.password.changed);
      client.setQueryData(sessionQuery.queryKey, session);
    },
  });
  return (
    <Form form={form} layout="vertical" onFinish={(values) => change.mutate(values)} requiredMark={false}>
      {change.isError && <ProblemAlert error={change.error} />}
      <Form.Item name="current" label={t.password.current} rules={[{ required: true, message: t.login.needPassword }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="next" label={t.password.next} rules={[{ required: true, min: MIN_LENGTH, message: t.password.tooShort }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t.password.again}
        dependencies={['next']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, again: string) =>
              again === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t.password.different)),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t.password.submit}
      </Button>
    </Form>
  );
}
