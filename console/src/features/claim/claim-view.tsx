import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Descriptions, Form, Input, Modal, Select, Table, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import type { Claim } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { EMPTY, formatActor, formatFen, formatInstant, orEmpty, parseYuan } from '../../ui/format.ts';
import { ProblemAlert, problemText } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { YuanField } from '../../ui/yuan-field.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useMay } from '../session/permissions.tsx';
import { claimEventsQuery } from './claim-queries.ts';

const COLOURS = {
  SUBMITTED: 'processing',
  ACCEPTED: 'processing',
  ARBITRATING: 'warning',
  UPHELD: 'success',
  DISMISSED: 'error',
  WITHDRAWN: 'default',
} as const;
type Progress = Exclude<Claim['nextStatuses'][number], 'SUBMITTED' | 'WITHDRAWN'>;

/** What an answer of the outlet or carrier may move the claim to. */
function progressOf({ nextStatuses }: Claim): Progress[] {
  return nextStatuses.filter((status) => status !== 'SUBMITTED' && status !== 'WITHDRAWN');
}

export function ClaimTag({ status }: { status: Claim['status'] }) {
  return <Tag color={COLOURS[status]}>{text().words.claimStatus[status]}</Tag>;
}

interface ProgressFields {
  status: Progress;
  upheld?: string;
  note?: string;
}

/** Writes down what the outlet or the carrier answered outside of any interface. */
function ProgressDialog({ claim, onClose }: { claim: Claim; onClose: () => void }) {
  const t = text();
  const client = useQueryClient();
  const [form] = Form.useForm<ProgressFields>();
  const upheld = Form.useWatch('status', form) === 'UPHELD';
  const enter = useMutation({
    mutationFn: ({ status, upheld: yuan, note }: ProgressFields) =>
      dataOf(
        api.POST('/v1/claims/{claimId}/progress', {
          params: { path: { claimId: claim.claimId } },
          body: {
            status,
            upheldFen: status === 'UPHELD' ? (parseYuan(yuan ?? '') ?? undefined) : undefined,
            note: note?.trim() || undefined,
          },
        }),
      ),
    onSuccess: onClose,
    onSettled: () => Promise.all(['claims', 'counters'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
  return (
    <Modal open title={t.claims.progressTitle} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        {enter.isError && <ProblemAlert error={enter.error} />}
        <Form form={form} layout="vertical" onFinish={(values) => enter.mutate(values)}>
          <Form.Item name="status" label={t.claims.status} rules={[{ required: true, message: t.common.required }]}>
            <Select options={progressOf(claim).map((value) => ({ value, label: t.words.claimStatus[value] }))} />
          </Form.Item>
          {upheld && <YuanField name="upheld" label={`${t.claims.upheld} ≤ ${formatFen(claim.claimedFen)}`} positive />}
          <Form.Item name="note" label={t.claims.note}>
            <Input.TextArea rows={3} maxLength={1_000} />
          </Form.Item>
          <SubmitRow words={t.common.save} pending={enter.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}

/** What can still be done about an open claim. */
export function ClaimActions({ claim }: { claim: Claim }) {
  const t = text();
  const { modal, message } = App.useApp();
  const { may } = useMay('settlement:write');
  const client = useQueryClient();
  const [progressing, setProgressing] = useState(false);
  const { claimId } = claim;
  const withdraw = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/claims/{claimId}/withdraw', { params: { path: { claimId } }, body: {} })),
    onSuccess: () => void message.success(t.claims.withdrawn),
    onError: (error) => void message.error(problemText(error)),
    onSettled: () => Promise.all(['claims', 'counters'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
  return (
    <div className="row">
      <a href={`/v1/claims/${encodeURIComponent(claimId)}/sheet`} target="_blank" rel="noreferrer">
        {t.claims.sheet}
      </a>
      {may && progressOf(claim).length > 0 && (
        <Button size="small" onClick={() => setProgressing(true)}>
          {t.claims.progress}
        </Button>
      )}
      {may && claim.nextStatuses.includes('WITHDRAWN') && (
        <Button
          size="small"
          danger
          loading={withdraw.isPending}
          onClick={() =>
            void modal.confirm({
              title: t.claims.withdraw,
              content: t.claims.withdrawText,
              onOk: () => withdraw.mutateAsync().catch(() => {}),
            })
          }
        >
          {t.claims.withdraw}
        </Button>
      )}
      {progressing && <ProgressDialog claim={claim} onClose={() => setProgressing(false)} />}
    </div>
  );
}

/** Everything about one claim, with its way so far. */
export function ClaimDetails({ claim }: { claim: Claim }) {
  const t = text();
  const events = useQuery(claimEventsQuery(claim.claimId));
  const untrusted = (value: string | null) => <span className="untrusted">{orEmpty(value)}</span>;
  return (
    <div className="page">
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'phone', label: t.claims.phone, children: orEmpty(claim.contactPhone) },
          { key: 'reference', label: t.claims.reference, children: untrusted(claim.carrierReference) },
          { key: 'description', label: t.claims.description, children: untrusted(claim.description) },
          { key: 'note', label: t.claims.note, children: untrusted(claim.note) },
          {
            key: 'evidence',
            label: t.claims.evidence,
            children:
              claim.evidence.length === 0
                ? EMPTY
                : claim.evidence.map((fileId, index) => (
                    <a key={fileId} href={`/v1/files/${encodeURIComponent(fileId)}`} download>
                      {`${t.common.download} ${index + 1} `}
                    </a>
                  )),
          },
          { key: 'channel', label: t.case.source, children: t.words.claimChannel[claim.channel] },
        ]}
      />
      <ScrollRegion label={t.claims.goods}>
        <Table
          size="small"
          rowKey={(line) => `${line.name} ${line.specification} ${line.valueFen}`}
          pagination={false}
          dataSource={claim.goods}
          columns={[
            { title: t.claims.goodsName, render: (_, line) => untrusted(line.name) },
            { title: t.claims.specification, render: (_, line) => untrusted(line.specification) },
            { title: t.claims.quantity, dataIndex: 'quantity' },
            { title: t.claims.value, align: 'right', render: (_, line) => formatFen(line.valueFen) },
          ]}
        />
      </ScrollRegion>
      {events.isError && <ProblemAlert error={events.error} onRetry={() => void events.refetch()} />}
      <section aria-label={t.claims.history}>
        <Timeline
          items={(events.data ?? []).map((event, index) => ({
            key: `${event.at} ${index}`,
            content: (
              <div>
                <strong>{t.words.audit[event.what] ?? event.what}</strong> {formatInstant(event.at)}
                <div className="untrusted">
                  {t.words.actorKind[event.actorKind]} · {formatActor(event.actor)}
                </div>
              </div>
            ),
          }))}
        />
      </section>
    </div>
  );
}

/** Claims in a table; each opens to its details. */
export function ClaimTable({ claims, loading }: { claims: Claim[]; loading: boolean }) {
  const t = text();
  return (
    <section aria-label={t.claims.tableLabel}>
      <Table<Claim>
        size="middle"
        rowKey="claimId"
        loading={loading}
        locale={{ emptyText: t.claims.empty }}
        dataSource={claims}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        expandable={{
          expandedRowRender: (claim) => <ClaimDetails claim={claim} />,
          columnTitle: <span className="visually-hidden">{t.common.details}</span>,
        }}
        columns={[
          { title: t.claims.kind, render: (_, { kind }) => t.words.claimKind[kind] },
          { title: t.claims.status, render: (_, { status }) => <ClaimTag status={status} /> },
          {
            title: t.claims.intercept,
            render: (_, { interceptId }) => <Link href={`/refunds/${interceptId.replace(/-\d+$/, '')}`}>{interceptId}</Link>,
          },
          { title: t.refund.waybillNo, render: (_, { waybillNo, carrier }) => `${t.words.carrier[carrier]} ${waybillNo}` },
          { title: t.refund.outlet, render: (_, { outletName }) => <span className="untrusted">{outletName}</span> },
          { title: t.claims.claimed, align: 'right', render: (_, { claimedFen }) => formatFen(claimedFen) },
          { title: t.claims.awarded, align: 'right', render: (_, { awardedFen }) => formatFen(awardedFen) },
          { title: t.claims.createdAt, render: (_, { createdAt }) => formatInstant(createdAt) },
          { title: t.common.actions, render: (_, claim) => <ClaimActions claim={claim} /> },
        ]}
      />
    </section>
  );
}
