import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { refreshCases, rejectReasonsQuery } from '../../api/queries.ts';
import type { Intercept } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { readAddresses } from './image-addresses.ts';

export type Decision = 'APPROVE_REFUND' | 'REJECT_REFUND' | 'REQUEST_ARBITRATION';
interface DialogProps {
  intercept: Intercept;
  onClose: () => void;
}

/** The platform takes so many pictures. */
const MAX_REJECT_IMAGES = 6;
const MAX_ARBITRATION_PICTURES = 3;
const MAX_DESCRIPTION = 500;

/** Sends a decision; whatever comes of it, the page looks at the case again. */
function useDecision<V>(kind: Decision, intercept: Intercept, send: (values: V) => Promise<Intercept>, onClose: () => void) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      void message.success(text().decision.done[kind]);
      onClose();
    },
    onSettled: () => refreshCases(client, intercept.interceptId),
  });
}

const path = (intercept: Intercept) => ({ params: { path: { interceptId: intercept.interceptId } } });

/** The amount the problem says the buyer asks now. */
function changedAmount(error: unknown): number | null {
  if (!(error instanceof ApiProblem) || error.code !== 'AMOUNT_CHANGED') return null;
  const amount = error.members['refundFeeFen'];
  return typeof amount === 'number' ? amount : null;
}

/** The second confirmation of a payment. It names the amount, and exactly that amount is agreed to. */
function ApproveDialog({ intercept, onClose }: DialogProps) {
  const t = text();
  const [agreedFen, setAgreedFen] = useState(intercept.refundFeeFen);
  const approve = useDecision(
    'APPROVE_REFUND',
    intercept,
    (refundFeeFen: number) =>
      dataOf(api.POST('/v1/intercepts/{interceptId}/approve-refund', { ...path(intercept), body: { refundFeeFen } })).catch(
        (error: unknown) => {
          const present = changedAmount(error);
          if (present !== null) setAgreedFen(present);
          throw error;
        },
      ),
    onClose,
  );
  const amount = formatFen(agreedFen);
  const changed = changedAmount(approve.error) !== null;
  return (
    <Modal
      open
      title={t.decision.approveTitle}
      onCancel={onClose}
      onOk={() => approve.mutate(agreedFen)}
      okText={t.decision.approveConfirm(amount)}
      okButtonProps={{ danger: true }}
      cancelText={t.common.cancel}
      confirmLoading={approve.isPending}
      mask={{ closable: false }}
    >
      <div className="page">
        <p>{t.decision.approveText(amount)}</p>
        {changed && <Alert type="warning" showIcon role="alert" title={t.decision.amountChanged(amount)} />}
        {approve.isError && !changed && <ProblemAlert error={approve.error} />}
      </div>
    </Modal>
  );
}

interface DescribedForm {
  reason: string;
  description?: string;
  images?: string;
}

function ImagesField({ required, max }: { required: boolean; max: number }) {
  const t = text();
  return (
    <Form.Item
      name="images"
      label={t.decision.images}
      rules={[
        { required, message: t.decision.needImages },
        {
          validator: (_, typed: string | undefined) =>
            readAddresses(typed ?? '', max) === null ? Promise.reject(new Error(t.decision.badImages(max))) : Promise.resolve(),
        },
      ]}
    >
      <Input.TextArea rows={2} />
    </Form.Item>
  );
}

function RejectDialog({ intercept, onClose }: DialogProps) {
  const t = text();
  const [form] = Form.useForm<DescribedForm>();
  const reasons = useQuery(rejectReasonsQuery(intercept.interceptId));
  const code = Form.useWatch('reason', form);
  const chosen = reasons.data?.find(({ reason }) => reason === code);
  const reject = useDecision(
    'REJECT_REFUND',
    intercept,
    ({ reason, description, images }: DescribedForm) => {
      const body = { reason, description: description?.trim() || undefined, images: readAddresses(images ?? '', MAX_REJECT_IMAGES) ?? [] };
      return dataOf(api.POST('/v1/intercepts/{interceptId}/reject-refund', { ...path(intercept), body }));
    },
    onClose,
  );
  const amount = formatFen(intercept.refundFeeFen);
  return (
    <Modal open title={t.decision.rejectTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <p>{t.decision.rejectText(amount)}</p>
        {reasons.isError && <ProblemAlert error={reasons.error} onRetry={() => void reasons.refetch()} />}
        {reject.isError && <ProblemAlert error={reject.error} />}
        <Form form={form} layout="vertical" onFinish={(values) => reject.mutate(values)}>
          <Form.Item name="reason" label={t.decision.rejectReason} rules={[{ required: true, message: t.decision.rejectNeedReason }]}>
            <Select
              loading={reasons.isPending}
              options={(reasons.data ?? []).map(({ reason, text: words }) => ({ value: reason, label: words }))}
            />
          </Form.Item>
          <Form.Item
            name="description"
            label={t.decision.description}
            rules={[{ required: chosen?.descriptionRequired ?? false, whitespace: true, message: t.decision.needDescription }]}
          >
            <Input.TextArea rows={3} maxLength={MAX_DESCRIPTION} showCount />
          </Form.Item>
          <ImagesField required={chosen?.imageRequired ?? false} max={MAX_REJECT_IMAGES} />
          <SubmitRow words={t.decision.rejectConfirm(amount)} danger pending={reject.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

function ArbitrationDialog({ intercept, onClose }: DialogProps) {
  const t = text();
  const request = useDecision(
    'REQUEST_ARBITRATION',
    intercept,
    ({ description, images }: DescribedForm) => {
      const body = { description: (description ?? '').trim(), pictures: readAddresses(images ?? '', MAX_ARBITRATION_PICTURES) ?? [] };
      return dataOf(api.POST('/v1/intercepts/{interceptId}/request-arbitration', { ...path(intercept), body }));
    },
    onClose,
  );
  return (
    <Modal open title={t.decision.arbitrationTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <p>{t.decision.arbitrationText}</p>
        {request.isError && <ProblemAlert error={request.error} />}
        <Form layout="vertical" onFinish={(values: DescribedForm) => request.mutate(values)}>
          <Form.Item
            name="description"
            label={t.decision.description}
            rules={[{ required: true, whitespace: true, message: t.decision.needDescription }]}
          >
            <Input.TextArea rows={4} maxLength={MAX_DESCRIPTION} showCount />
          </Form.Item>
          <ImagesField required={false} max={MAX_ARBITRATION_PICTURES} />
          <SubmitRow words={t.decision.arbitrationConfirm} pending={request.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

const dialogs = { APPROVE_REFUND: ApproveDialog, REJECT_REFUND: RejectDialog, REQUEST_ARBITRATION: ArbitrationDialog };

/** The dialog in which a decision is made for good. */
export function DecisionDialog({ decision, intercept, onClose }: DialogProps & { decision: Decision }) {
  const Dialog = dialogs[decision];
  return <Dialog intercept={intercept} onClose={onClose} />;
}
