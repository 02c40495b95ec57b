import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Divider, Form, Input } from 'antd';
import { consoleApi } from '../../api/console-api.ts';
import { sessionQuery } from '../../api/queries.ts';
import { type Locale, switchLocale, text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

interface SignInForm {
  shopId: string;
  name: string;
  password: string;
}

/** Signing in; while everything outside is simulated the demo staff are one click away. */
export function SignInPage({ locale }: { locale: Locale }) {
  const t = text();
  const client = useQueryClient();
  const demo = useQuery({ queryKey: ['session', 'demo'], queryFn: consoleApi.demo, retry: false, staleTime: Infinity });
  const signIn = useMutation({
    mutationFn: ({ shopId, name, password }: SignInForm) => consoleApi.signIn(shopId, name, password),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  const demoStaff = demo.data?.staff ?? [];
  return (
    <main className="sign-in">
      <Card className="sign-in-card" title={<h1 className="page-title">{t.login.title}</h1>}>
        <Form layout="vertical" onFinish={(values: SignInForm) => signIn.mutate(values)} requiredMark={false}>
          {signIn.isError && <ProblemAlert error={signIn.error} />}
          <Form.Item name="shopId" label={t.login.shopId} rules={[{ required: true, pattern: /^\d{1,19}$/, message: t.login.needShop }]}>
            <Input inputMode="numeric" autoComplete="organization" maxLength={19} />
          </Form.Item>
          <Form.Item name="name" label={t.login.name} rules={[{ required: true, message: t.login.needName }]}>
            <Input autoComplete="username" maxLength={64} />
          </Form.Item>
          <Form.Item name="password" label={t.login.password} rules={[{ required: true, message: t.login.needPassword }]}>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <div className="row row-end">
            <Button type="primary" htmlType="submit" loading={signIn.isPending}>
              {t.login.submit}
            </Button>
            <Button
              type="text"
              lang={locale === 'zh-CN' ? 'en' : 'zh-CN'}
              aria-label={t.app.languageLabel}
              onClick={() => switchLocale(locale === 'zh-CN' ? 'en-US' : 'zh-CN')}
            >
              {t.app.language}
            </Button>
          </div>
        </Form>
        {demoStaff.length > 0 && (
          <section aria-label={t.login.demoTitle}>
            <Divider>{t.login.demoTitle}</Divider>
            <p className="muted">{t.login.demoHint}</p>
            <div className="row">
              {demoStaff.map((staff) => (
                <Button key={`${staff.shopId} ${staff.name}`} disabled={signIn.isPending} onClick={() => signIn.mutate(staff)}>
                  {t.login.demoEnter(staff.name, t.words.role[staff.role])}
                </Button>
              ))}
            </div>
          </section>
        )}
      </Card>
    </main>
  );
}
