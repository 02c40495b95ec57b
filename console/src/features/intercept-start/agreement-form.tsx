import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Spin } from 'antd';
import { useMay, useSignedIn } from '../session/permissions.tsx';
import { api, dataOf } from '../../api/client.ts';
import { serviceQuery } from '../../api/queries.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

interface AgreementFields {
  agree: boolean;
  signedBy: string;
}

/** The service agreement with 立即开通, on the service's page or on the first click of 拦截 (R8). */
export function AgreementForm({ onOpened }: { onOpened: () => void }) {
  const t = text();
  const { message } = App.useApp();
  const { config, staff } = useSignedIn();
  const { may, whyNot } = useMay('service:write');
  const client = useQueryClient();
  const service = useQuery(serviceQuery);
  const open = useMutation({
    mutationFn: ({ signedBy }: AgreementFields) =>
      dataOf(api.POST('/v1/service/open', { body: { agreementVersion: config.agreement.version, agree: true, signedBy } })),
    onSuccess: async () => {
      void message.success(t.agreement.opened);
      await Promise.all(['service', 'outlets', 'preview'].map((name) => client.invalidateQueries({ queryKey: [name] })));
      onOpened();
    },
  });
  if (service.isPending) return <Spin />;
  return (
    <section aria-label={t.agreement.title} className="page">
      <h2 className="page-title">{t.agreement.title}</h2>
      <div className="muted">{t.agreement.version(config.agreement.version)}</div>
      <div className="agreement-text" tabIndex={0} role="document" lang="zh-CN" aria-label={t.agreement.title}>
        {config.agreement.text}
      </div>
      {open.isError && <ProblemAlert error={open.error} />}
      <Form
        layout="vertical"
        initialValues={{ agree: false, signedBy: staff.name }}
        onFinish={(values: AgreementFields) => open.mutate(values)}
        disabled={!may}
      >
        <Form.Item
          name="agree"
          valuePropName="checked"
          rules={[{ validator: (_, agreed: boolean) => (agreed ? Promise.resolve() : Promise.reject(new Error(t.agreement.needAgree))) }]}
        >
          <Checkbox>{t.agreement.agree}</Checkbox>
        </Form.Item>
        <Form.Item
          name="signedBy"
          label={t.agreement.signedBy}
          rules={[{ required: true, whitespace: true, message: t.agreement.needSigner }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {t.agreement.open}
        </Button>
        {whyNot !== null && <p className="muted">{whyNot}</p>}
      </Form>
    </section>
  );
}
