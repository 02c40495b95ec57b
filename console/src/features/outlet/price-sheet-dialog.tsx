import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Table, Tag, Upload } from 'antd';
import { useMemo, useState } from 'react';
import { api, dataOf } from '../../api/client.ts';
import type { Outlet } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { decodeSheet, MAX_ROWS, readPriceSheet, type SheetRow } from './price-sheet.ts';

/** Sets the prices of the rows one after the other; a price that is set again is the same price, so what broke off may be repeated. */
function useSheet(rows: SheetRow[]) {
  const client = useQueryClient();
  const [set, setSet] = useState<ReadonlySet<number>>(new Set());
  const left = rows.filter(({ line, price }) => price !== null && !set.has(line));
  const send = useMutation({
    mutationFn: async () => {
      for (const { line, price } of left) {
        if (price === null) continue;
        const { outletName: _, ...body } = price;
        await dataOf(api.PUT('/v1/outlet-prices', { body }));
        setSet((before) => new Set([...before, line]));
      }
    },
    onSettled: () => Promise.all(['outlet-prices', 'outlets'].map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
  return { set, left, send, reset: () => setSet(new Set()) };
}

function Preview({ rows, set }: { rows: SheetRow[]; set: ReadonlySet<number> }) {
  const t = text();
  return (
    <Table<SheetRow>
      size="small"
      rowKey="line"
      dataSource={rows}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 'max-content', y: 320 }}
      onRow={({ line, fault }) => ({ 'data-sheet-row': set.has(line) ? 'SET' : (fault ?? 'READY') }) as React.HTMLAttributes<HTMLElement>}
      columns={[
        { title: t.sheet.line, dataIndex: 'line' },
        {
          title: t.service.outletName,
          render: (_, { price, cells }) => (
            <span className="untrusted">
              {price === null ? cells.slice(0, 2).join(' ') : `${t.words.carrier[price.carrier]} ${price.outletName}`}
            </span>
          ),
        },
        {
          title: t.service.price,
          align: 'right',
          render: (_, { price, cells }) => (price === null ? <span className="untrusted">{cells[2]}</span> : formatFen(price.feeFen)),
        },
        {
          title: t.time.shanghai(t.service.effectiveFrom),
          render: (_, { price, cells }) =>
            price === null ? <span className="untrusted">{cells[3]}</span> : formatInstant(price.effectiveFrom),
        },
        {
          title: t.bulk.result,
          render: (_, { line, fault }) => {
            if (fault !== null) return <Tag color="error">{t.sheet.fault[fault]}</Tag>;
            return set.has(line) ? <Tag color="success">{t.sheet.set}</Tag> : <Tag>{t.bulk.ready}</Tag>;
          },
        },
      ]}
    />
  );
}

/** 导入价格: a sheet of agreed fees, pasted or as a file, shown row by row with what is wrong before anything is set. */
export function PriceSheetDialog({ outlets, onClose }: { outlets: Outlet[]; onClose: () => void }) {
  const t = text();
  const [sheet, setSheet] = useState('');
  const rows = useMemo(() => readPriceSheet(sheet, outlets, t.words.carrier).slice(0, MAX_ROWS + 1), [sheet, outlets, t]);
  const { set, left, send, reset } = useSheet(rows);
  const faults = rows.filter(({ fault }) => fault !== null).length;
  const change = (next: string): void => {
    setSheet(next);
    reset();
  };
  return (
    <Modal open title={t.sheet.title} width={820} onCancel={onClose} footer={null} mask={{ closable: false }}>
      <div className="page">
        <p className="muted">{t.sheet.hint}</p>
        <Input.TextArea
          aria-label={t.sheet.paste}
          placeholder={t.sheet.example}
          autoSize={{ minRows: 3, maxRows: 8 }}
          value={sheet}
          disabled={send.isPending}
          onChange={(event) => change(event.target.value)}
        />
        <Upload
          accept=".csv,.tsv,.txt"
          showUploadList={false}
          beforeUpload={async (file) => {
            change(decodeSheet(await file.arrayBuffer()));
            return Upload.LIST_IGNORE;
          }}
        >
          <Button disabled={send.isPending}>{t.sheet.file}</Button>
        </Upload>
        {rows.length > MAX_ROWS && <Alert type="warning" showIcon role="alert" title={t.sheet.tooMany(MAX_ROWS)} />}
        {faults > 0 && <Alert type="warning" showIcon role="status" title={t.sheet.faults(faults)} />}
        {rows.length > 0 && <Preview rows={rows.slice(0, MAX_ROWS)} set={set} />}
        {send.isError && <ProblemAlert error={send.error} />}
        {rows.length > 0 && rows.length <= MAX_ROWS && left.length > 0 && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate();
            }}
          >
            <SubmitRow words={t.sheet.send(left.length)} pending={send.isPending} onCancel={onClose} />
          </form>
        )}
      </div>
    </Modal>
  );
}
