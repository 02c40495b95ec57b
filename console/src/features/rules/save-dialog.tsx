import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { api, dataOf } from '../../api/client.ts';
import type { Rule, RuleLimits } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { limitLines } from './rule-table.tsx';

interface SaveDialogProps {
  baseVersion: number;
  rules: Rule[];
  limits: RuleLimits;
  onSaved: () => void;
  onClose: () => void;
}

/** The one confirmation of all intercepts that the rules will start (R25): with every bound in sight. */
export function SaveDialog({ baseVersion, rules, limits, onSaved, onClose }: SaveDialogProps) {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const starting = limits.paused ? [] : rules.filter((rule) => rule.action === 'INTERCEPT' && !rule.limits.paused);
  const save = useMutation({
    mutationFn: () => dataOf(api.PUT('/v1/rules', { body: { baseVersion, confirm: starting.length > 0, rules, limits } })),
    onSuccess: () => {
      void message.success(t.rules.saved);
      onSaved();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  return (
    <Modal open title={t.rules.saveTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <Alert
          type={starting.length > 0 ? 'warning' : 'info'}
          showIcon
          title={starting.length > 0 ? t.rules.saveText : t.rules.saveQuiet}
        />
        <ul className="reasons">
          {starting.map(({ ruleId, name, conditions }) => (
            <li key={ruleId} className="untrusted">
              {t.rules.bound(name, formatFen(conditions.refundFeeFen?.atMost), formatFen(conditions.expectedFeeFen?.atMost))}
            </li>
          ))}
          {limitLines(limits).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {save.isError && <ProblemAlert error={save.error} />}
        <div className="row">
          <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
            {t.rules.saveTitle}
          </Button>
          <Button onClick={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </Modal>
  );
}
