import { Alert, Button } from 'antd';
import { ApiProblem, findingsOf } from '../api/problem.ts';
import { text } from '../i18n/text.ts';

/** What went wrong, in the words of the service, with everything it named. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = text();
  const action = onRetry ? (
    <Button size="small" onClick={onRetry}>
      {t.common.retry}
    </Button>
  ) : undefined;
  if (!(error instanceof ApiProblem)) {
    return (
      <Alert type="error" showIcon role="alert" title={t.problem.unreachable} description={t.problem.unreachableDetail} action={action} />
    );
  }
  const findings = [...findingsOf(error, 'reasons'), ...findingsOf(error, 'warnings')];
  const instance = error.members['instance'];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={error.message}
      action={action}
      description={
        <>
          <div>{error.detail}</div>
          {findings.length > 0 && (
            <ul>
              {findings.map(({ code, message }) => (
                <li key={code}>{message}</li>
              ))}
            </ul>
          )}
          {error.retryAfterSeconds !== null && <div>{t.problem.retryAfter(error.retryAfterSeconds)}</div>}
          {error.status >= 500 && typeof instance === 'string' && <div className="muted">{t.problem.request(instance)}</div>}
        </>
      }
    />
  );
}

/** One line for a message at the top of the page. */
export function problemText(error: unknown): string {
  const t = text();
  if (!(error instanceof ApiProblem)) return `${t.problem.unreachable}：${t.problem.unreachableDetail}`;
  return error.detail === '' ? error.message : `${error.message}：${error.detail}`;
}
