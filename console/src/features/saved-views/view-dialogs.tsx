import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { consoleApi, type SavedView, type ViewPage } from '../../api/console-api.ts';
import { viewsQuery } from '../../api/queries.ts';
import { text } from '../../i18n/text.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';

const MOST_NAME = 40;

/** A change of a person's views; whatever comes of it, they are asked for again. */
function useViewChange<V>(change: (wanted: V) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
}

/** Gives the list a name to find it under. */
export function SaveViewDialog({ page, query, onClose }: { page: ViewPage; query: string; onClose: () => void }) {
  const t = text();
  const save = useViewChange(({ name }: { name: string }) => consoleApi.saveView(page, name.trim(), query), onClose);
  return (
    <Modal open title={t.views.saveTitle} onCancel={onClose} footer={null}>
      <div className="page">
        {save.isError && <ProblemAlert error={save.error} />}
        <Form layout="vertical" onFinish={(fields: { name: string }) => save.mutate(fields)}>
          <Form.Item name="name" label={t.views.name} rules={[{ required: true, whitespace: true, message: t.common.required }]}>
            <Input maxLength={MOST_NAME} autoFocus />
          </Form.Item>
          <SubmitRow words={t.views.save} pending={save.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

function ViewRow({ view: { viewId, name } }: { view: SavedView }) {
  const t = text();
  const [draft, setDraft] = useState(name);
  const rename = useViewChange(
    (wanted: string) => consoleApi.renameView(viewId, wanted.trim()),
    () => {},
  );
  const remove = useViewChange(
    () => consoleApi.deleteView(viewId),
    () => {},
  );
  const failed = rename.error ?? remove.error;
  return (
    <li className="page" data-view={name}>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(draft);
        }}
      >
        <Input
          className="view-name"
          aria-label={`${t.views.name} ${name}`}
          required
          maxLength={MOST_NAME}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button htmlType="submit" loading={rename.isPending} aria-label={`${t.views.rename} ${name}`}>
          {t.views.rename}
        </Button>
        <Button danger loading={remove.isPending} aria-label={`${t.views.remove} ${name}`} onClick={() => remove.mutate(null)}>
          {t.views.remove}
        </Button>
      </form>
      {failed !== null && <ProblemAlert error={failed} />}
    </li>
  );
}

/** Renames and deletes what was kept of a page. */
export function ManageViewsDialog({ views, onClose }: { views: SavedView[]; onClose: () => void }) {
  const t = text();
  return (
    <Modal open title={t.views.title} onCancel={onClose} footer={<Button onClick={onClose}>{t.common.close}</Button>}>
      {views.length === 0 && <p className="muted">{t.views.empty}</p>}
      <ul className="view-list page">
        {views.map((view) => (
          <ViewRow key={`${view.viewId} ${view.name}`} view={view} />
        ))}
      </ul>
    </Modal>
  );
}
