import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { LedgerLine, LineAction } from '../../api/types.ts';
import { useMay } from '../../features/session/permissions.tsx';
import { text } from '../../i18n/text.ts';
import { formatFen, parseYuan } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { YuanField } from '../../ui/yuan-field.tsx';

type Line = Pick<LedgerLine, 'lineId' | 'kind' | 'amountFen' | 'allowedActions'>;
type Step = LineAction | 'price';

const STEP_OF: Record<LedgerLine['allowedActions'][number], Step> = {
  CONFIRM: 'confirm',
  DISPUTE: 'dispute',
  WAIVE: 'waive',
  SETTLE: 'settle',
  PRICE: 'price',
};
const NEEDS_REASON: readonly Step[] = ['dispute', 'waive'];

interface StepFields {
  reason?: string;
  yuan?: string;
}

/** What the outlet owes stands in the ledger with a minus, typed or not. */
function send(step: Step, { lineId, kind }: Line, { reason, yuan }: StepFields): Promise<LedgerLine> {
  const path = { params: { path: { lineId } } };
  const words = (reason ?? '').trim();
  switch (step) {
    case 'confirm':
      return dataOf(api.POST('/v1/ledger-lines/{lineId}/confirm', { ...path, body: {} }));
    case 'settle':
      return dataOf(api.POST('/v1/ledger-lines/{lineId}/settle', { ...path, body: {} }));
    case 'dispute':
      return dataOf(api.POST('/v1/ledger-lines/{lineId}/dispute', { ...path, body: { reason: words } }));
    case 'waive':
      return dataOf(api.POST('/v1/ledger-lines/{lineId}/waive', { ...path, body: { reason: words } }));
    case 'price':
      return dataOf(
        api.POST('/v1/ledger-lines/{lineId}/price', {
          ...path,
          body: { amountFen: (parseYuan(yuan ?? '') ?? 0) * (kind === 'CLAIM' ? -1 : 1), reason: words === '' ? undefined : words },
        }),
      );
  }
}

function StepDialog({ step, line, onClose }: { step: Step; line: Line; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const name = step === 'price' ? t.service.setPrice : t.statements[step];
  const run = useMutation({
    mutationFn: (values: StepFields) => send(step, line, values),
    onSuccess: onClose,
    onSettled: () => Promise.all(['statement', 'ledger', 'counters'].map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <Modal
      open
      title={t.statements.confirmTitle(name, formatFen(line.amountFen))}
      onCancel={onClose}
      footer={null}
      mask={{ closable: false }}
    >
      <div className="page">
        {run.isError && <ProblemAlert error={run.error} />}
        <Form layout="vertical" onFinish={(values: StepFields) => run.mutate(values)}>
          {step === 'price' && <YuanField name="yuan" label={t.common.amount} />}
          {NEEDS_REASON.includes(step) && (
            <Form.Item
              name="reason"
              label={t.statements.reasonTitle(name)}
              rules={[{ required: true, whitespace: true, message: t.common.required }]}
            >
              <Input.TextArea rows={3} maxLength={500} showCount />
            </Form.Item>
          )}
          <SubmitRow words={`${name} ${formatFen(line.amountFen)}`} pending={run.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

/** 确认, 提出差异, 免除, 结算 of one line, as far as the service allows them now. */
export function LineActions({ line }: { line: Line }) {
  const t = text();
  const { may } = useMay('settlement:write');
  const [step, setStep] = useState<Step | null>(null);
  if (!may || line.allowedActions.length === 0) return null;
  const steps = line.allowedActions.map((action) => STEP_OF[action]);
  return (
    <div className="row">
      {steps.map((name) => (
        <Button key={name} size="small" onClick={() => setStep(name)}>
          {name === 'price' ? t.service.setPrice : t.statements[name]}
        </Button>
      ))}
      {step !== null && <StepDialog step={step} line={line} onClose={() => setStep(null)} />}
    </div>
  );
}
