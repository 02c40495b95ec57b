import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Modal } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { refreshCases, rejectReasonsQuery } from '../../api/queries.ts';
import type { Intercept, Proposal } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { readAddresses } from './image-addresses.ts';
import { DescriptionField, type DescribedForm, ImagesField, type Rejection, RejectionForm } from './rejection-form.tsx';

export type Decision = 'APPROVE_REFUND' | 'REJECT_REFUND' | 'REQUEST_ARBITRATION';
interface DialogProps {
  intercept: Intercept;
  /** What a proposal that is being followed says of a rejection. */
  proposed?: Proposal['rejection'];
  onClose: () => void;
}

/** The platform takes so many pictures. */
const MAX_ARBITRATION_PICTURES = 3;

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

function RejectDialog({ intercept, proposed, onClose }: DialogProps) {
  const t = text();
  const reasons = useQuery(rejectReasonsQuery(intercept.interceptId));
  const reject = useDecision(
    'REJECT_REFUND',
    intercept,
    (body: Rejection) => dataOf(api.POST('/v1/intercepts/{interceptId}/reject-refund', { ...path(intercept), body })),
    onClose,
  );
  const amount = formatFen(intercept.refundFeeFen);
  return (
    <Modal open title={t.decision.rejectTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <p>{t.decision.rejectText(amount)}</p>
        {reasons.isError && <ProblemAlert error={reasons.error} onRetry={() => void reasons.refetch()} />}
        {reject.isError && <ProblemAlert error={reject.error} />}
        <RejectionForm
          reasons={reasons.data}
          proposed={proposed ?? null}
          words={t.decision.rejectConfirm(amount)}
          pending={reject.isPending}
          onSend={(rejection) => reject.mutate(rejection)}
          onCancel={onClose}
        />
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
          <DescriptionField required rows={4} />
          <ImagesField required={false} max={MAX_ARBITRATION_PICTURES} />
          <SubmitRow words={t.decision.arbitrationConfirm} pending={request.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

const dialogs = { APPROVE_REFUND: ApproveDialog, REJECT_REFUND: RejectDialog, REQUEST_ARBITRATION: ArbitrationDialog };

/** The dialog in which a decision is made for good. */
export function DecisionDialog({ decision, ...props }: DialogProps & { decision: Decision }) {
  const Dialog = dialogs[decision];
  return <Dialog {...props} />;
}
