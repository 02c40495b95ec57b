import { Alert, Card } from 'antd';
import { ChangePassword } from '../../features/password/change-password.tsx';
import { text } from '../../i18n/text.ts';

/** After a one-time password: nothing else until it is changed. */
export function FirstPasswordPage() {
  const t = text();
  return (
    <main className="sign-in">
      <Card className="sign-in-card" title={<h1 className="page-title">{t.password.title}</h1>}>
        <div className="page">
          <Alert type="info" showIcon title={t.login.mustChange} />
          <ChangePassword />
        </div>
      </Card>
    </main>
  );
}
