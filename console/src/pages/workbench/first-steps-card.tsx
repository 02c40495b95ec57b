import { useQuery } from '@tanstack/react-query';
import { Card, Steps } from 'antd';
import { Link } from 'wouter';
import { anyInterceptQuery, serviceQuery } from '../../api/queries.ts';
import { outletsQuery } from '../../features/outlet/outlet-queries.ts';
import { text } from '../../i18n/text.ts';
import { FIRST_STEPS, stepsDone } from './first-steps.ts';

/** What a new shop does first, and how far it is; gone for good with the first intercept. */
export function FirstStepsCard() {
  const t = text();
  const begun = useQuery(anyInterceptQuery);
  const isNew = begun.data === false;
  const service = useQuery({ ...serviceQuery, enabled: isNew });
  const outlets = useQuery({ ...outletsQuery, enabled: isNew });
  if (!isNew || service.data === undefined || outlets.data === undefined) return null;
  const done = stepsDone(service.data, outlets.data, false);
  const next = FIRST_STEPS.find((step) => !done.has(step));
  return (
    <Card size="small" title={t.firstSteps.title(done.size, FIRST_STEPS.length)} data-first-steps={next}>
      <Steps
        size="small"
        current={FIRST_STEPS.findIndex((step) => step === next)}
        items={FIRST_STEPS.map((step) => ({
          title: step === 'intercept' ? t.firstSteps[step].title : <Link href="/service">{t.firstSteps[step].title}</Link>,
          content: t.firstSteps[step].text,
          status: done.has(step) ? 'finish' : step === next ? 'process' : 'wait',
        }))}
      />
    </Card>
  );
}
