import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Form, Input, Modal, Select, Upload } from 'antd';
import { useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { Claim, Intercept, StoredFile } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, parseYuan } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { YuanField } from '../../ui/yuan-field.tsx';
import { uploadFile } from './claim-queries.ts';
import { type TypedGoods, goodsValueFen, readGoods } from './goods.ts';

interface ClaimFields {
  kind: Claim['kind'];
  contactPhone: string;
  goods: TypedGoods[];
  claimed: string;
  description: string;
}

/** The API takes so many. */
const MAX_GOODS = 50;
const MAX_EVIDENCE = 10;
const PHONE = /^\+?[0-9][0-9 -]{5,19}$/;

function GoodsFields() {
  const t = text();
  const required = [{ required: true, message: t.common.required }];
  return (
    <Form.List name="goods">
      {(lines, { add, remove }) => (
        <Card size="small" title={t.claims.goods}>
          {lines.map(({ key, name }) => (
            <div className="row goods-line" key={key}>
              <Form.Item name={[name, 'name']} label={t.claims.goodsName} rules={required}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item
                name={[name, 'quantity']}
                label={t.claims.quantity}
                rules={[{ required: true, pattern: /^[1-9]\d{0,4}$/, message: t.common.required }]}
              >
                <Input inputMode="numeric" maxLength={5} />
              </Form.Item>
              <Form.Item name={[name, 'specification']} label={t.claims.specification}>
                <Input maxLength={200} />
              </Form.Item>
              <YuanField name={[name, 'yuan']} label={t.claims.value} positive />
              {lines.length > 1 && <Button icon={<DeleteOutlined />} aria-label={t.claims.removeGoods} onClick={() => remove(name)} />}
            </div>
          ))}
          {lines.length < MAX_GOODS && <Button onClick={() => add({})}>{t.claims.addGoods}</Button>}
        </Card>
      )}
    </Form.List>
  );
}

function Evidence({ files, onChange }: { files: StoredFile[]; onChange: (change: (files: StoredFile[]) => StoredFile[]) => void }) {
  const t = text();
  const [error, setError] = useState<unknown>(null);
  return (
    <Form.Item label={t.claims.evidence} extra={t.claims.evidenceHint}>
      {error !== null && <ProblemAlert error={error} />}
      <Upload
        accept="image/jpeg,image/png,application/pdf"
        multiple
        maxCount={MAX_EVIDENCE}
        customRequest={({ file, onSuccess, onError }) => {
          if (!(file instanceof File)) return;
          setError(null);
          uploadFile(file).then(
            (stored) => {
              onChange((before) => [...before, stored]);
              onSuccess?.(stored);
            },
            (reason: unknown) => {
              setError(reason);
              onError?.(reason instanceof Error ? reason : new Error(String(reason)));
            },
          );
        }}
        onRemove={(item) => {
          const removed = (item.response as StoredFile | undefined)?.fileId;
          onChange((before) => before.filter(({ fileId }) => fileId !== removed));
        }}
      >
        <Button icon={<UploadOutlined />} disabled={files.length >= MAX_EVIDENCE}>
          {t.claims.upload}
        </Button>
      </Upload>
    </Form.Item>
  );
}

/** 发起索赔: what was lost or broken, what it was worth, and the proof (R35–R37). */
export function ClaimDialog({ intercept, onClose }: { intercept: Intercept; onClose: () => void }) {
  const t = text();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<ClaimFields>();
  const [files, setFiles] = useState<StoredFile[]>([]);
  const goods = readGoods(Form.useWatch('goods', form) ?? []);
  const open = useMutation({
    mutationFn: ({ kind, contactPhone, claimed, description }: ClaimFields) =>
      dataOf(
        api.POST('/v1/intercepts/{interceptId}/claims', {
          params: { path: { interceptId: intercept.interceptId } },
          body: {
            kind,
            contactPhone: contactPhone.trim(),
            goods: goods ?? [],
            claimedFen: parseYuan(claimed) ?? 0,
            description: description.trim(),
            evidence: files.map(({ fileId }) => fileId),
          },
        }),
      ),
    onSuccess: async () => {
      void message.success(t.claims.submitted);
      await Promise.all(['claims', 'counters', 'intercept'].map((name) => client.invalidateQueries({ queryKey: [name] })));
      onClose();
    },
  });
  return (
    <Modal open title={t.claims.title} width={880} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <Alert type="info" showIcon title={t.claims.merchantCarrier} />
        {open.isError && <ProblemAlert error={open.error} />}
        <Form
          form={form}
          layout="vertical"
          initialValues={{
            kind: intercept.returnFailure === 'DAMAGED' || intercept.returnStatus === 'RETURN_SIGNED' ? 'DAMAGE' : 'LOSS',
            goods: [{ quantity: '1' }],
          }}
          onFinish={(values) => open.mutate(values)}
        >
          <div className="row">
            <Form.Item name="kind" label={t.claims.kind} rules={[{ required: true }]}>
              <Select className="filter-choice" options={Object.entries(t.words.claimKind).map(([value, label]) => ({ value, label }))} />
            </Form.Item>
            <Form.Item name="contactPhone" label={t.claims.phone} rules={[{ required: true, pattern: PHONE, message: t.claims.needPhone }]}>
              <Input inputMode="tel" autoComplete="tel" maxLength={21} />
            </Form.Item>
          </div>
          <GoodsFields />
          <YuanField
            name="claimed"
            label={goods === null ? t.claims.claimed : `${t.claims.claimed} ≤ ${formatFen(goodsValueFen(goods))}`}
            positive
            refuse={(fen) => (goods !== null && fen > goodsValueFen(goods) ? t.claims.aboveValue : null)}
          />
          <Form.Item
            name="description"
            label={t.claims.description}
            rules={[{ required: true, whitespace: true, message: t.common.required }]}
          >
            <Input.TextArea rows={3} maxLength={1_000} showCount />
          </Form.Item>
          <Evidence files={files} onChange={setFiles} />
          <SubmitRow words={t.claims.submit} pending={open.isPending} onCancel={onClose} />
        </Form>
      </div>
    </Modal>
  );
}
