import { Button, Result } from 'antd';
import { lazy } from 'react';
import { Link, Route, Switch } from 'wouter';
import { text } from '../i18n/text.ts';

const WorkbenchPage = lazy(() => import('../pages/workbench/workbench-page.tsx').then((page) => ({ default: page.WorkbenchPage })));
const RefundPage = lazy(() => import('../pages/refund/refund-page.tsx').then((page) => ({ default: page.RefundPage })));
const ServicePage = lazy(() => import('../pages/service/service-page.tsx').then((page) => ({ default: page.ServicePage })));
const InterceptsPage = lazy(() => import('../pages/intercepts/intercepts-page.tsx').then((page) => ({ default: page.InterceptsPage })));
const ClaimsPage = lazy(() => import('../pages/claims/claims-page.tsx').then((page) => ({ default: page.ClaimsPage })));
const StatementsPage = lazy(() => import('../pages/statements/statements-page.tsx').then((page) => ({ default: page.StatementsPage })));
const StatisticsPage = lazy(() => import('../pages/statistics/statistics-page.tsx').then((page) => ({ default: page.StatisticsPage })));
const NoticesPage = lazy(() => import('../pages/notices/notices-page.tsx').then((page) => ({ default: page.NoticesPage })));
const RulesPage = lazy(() => import('../pages/rules/rules-page.tsx').then((page) => ({ default: page.RulesPage })));
const SettingsPage = lazy(() => import('../pages/settings/settings-page.tsx').then((page) => ({ default: page.SettingsPage })));

function NotFoundPage() {
  const t = text();
  return (
    <Result
      status="404"
      title={t.app.notFound}
      extra={
        <Link href="/" asChild>
          <Button type="primary">{t.app.backHome}</Button>
        </Link>
      }
    />
  );
}

/** Which page an address shows; each is loaded when it is first opened. */
export function Pages() {
  return (
    <Switch>
      <Route path="/" component={WorkbenchPage} />
      <Route path="/refunds/:refundId">{({ refundId }) => <RefundPage refundId={refundId} />}</Route>
      <Route path="/service" component={ServicePage} />
      <Route path="/intercepts" component={InterceptsPage} />
      <Route path="/claims" component={ClaimsPage} />
      <Route path="/statements" component={StatementsPage} />
      <Route path="/statistics" component={StatisticsPage} />
      <Route path="/notices" component={NoticesPage} />
      <Route path="/rules" component={RulesPage} />
      <Route path="/settings" component={SettingsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
