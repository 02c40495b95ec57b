import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import type { ViewPage } from '../../api/console-api.ts';
import { viewsQuery } from '../../api/queries.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { isSameList, whyNotKept } from './view-query.ts';

const SaveViewDialog = lazy(() => import('./view-dialogs.tsx').then((module) => ({ default: module.SaveViewDialog })));
const ManageViewsDialog = lazy(() => import('./view-dialogs.tsx').then((module) => ({ default: module.ManageViewsDialog })));

interface SavedViewsProps {
  page: ViewPage;
  path: string;
  /** What the list asks for now, as its address says it; of no other parameter of the address. */
  query: string;
}

/** 我的视图: the lists of a page that a person kept, each an address that a colleague can be sent too. */
export function SavedViews({ page, path, query }: SavedViewsProps) {
  const t = text();
  const saved = useQuery(viewsQuery);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  if (saved.isPending) return null;
  if (saved.isLoadingError) return <ProblemAlert error={saved.error} onRetry={() => void saved.refetch()} />;
  const views = saved.data.filter((view) => view.page === page);
  const whyNot = whyNotKept(query);
  const close = (): void => setDialog(null);
  return (
    <nav aria-label={t.views.title} className="row">
      <span className="muted">{views.length === 0 ? t.views.empty : t.views.title}</span>
      {views.map((view) => (
        <Link
          key={view.viewId}
          href={`${path}?${view.query}`}
          className="view-link untrusted"
          aria-current={isSameList(view.query, query) ? 'page' : undefined}
        >
          {view.name}
        </Link>
      ))}
      <Button
        size="small"
        disabled={whyNot !== null}
        title={whyNot === null ? undefined : t.views.whyNot[whyNot]}
        onClick={() => setDialog('save')}
      >
        {t.views.save}
      </Button>
      {views.length > 0 && (
        <Button size="small" onClick={() => setDialog('manage')}>
          {t.views.manage}
        </Button>
      )}
      <Suspense>
        {dialog === 'save' && <SaveViewDialog page={page} query={query} onClose={close} />}
        {dialog === 'manage' && <ManageViewsDialog views={views} onClose={close} />}
      </Suspense>
    </nav>
  );
}
