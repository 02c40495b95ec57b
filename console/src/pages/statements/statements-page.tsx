import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Empty, Form, Input, Select, Skeleton, Table, Tag } from 'antd';
import { useId } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { api, dataOf } from '../../api/client.ts';
import { serverNow } from '../../api/server-clock.ts';
import type { Carrier, LedgerLine, Statement } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatFen, formatInstant, orEmpty } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { WallDate } from '../../ui/wall-dates.tsx';
import { LineActions } from './line-actions.tsx';
import { useCarrierChoices } from '../../features/session/carrier-choices.ts';

const COLOURS = {
  PRICE_MISSING: 'error',
  DUE: 'processing',
  CONFIRMED: 'success',
  DISPUTED: 'warning',
  WAIVED: 'default',
  SETTLED: 'success',
} as const;
const LINE_PAGE = 200;
/** How lines stand today, by id: a closed statement keeps the statuses of its month's end, people go on from today's. */
type Present = ReadonlyMap<string, Pick<LedgerLine, 'status' | 'allowedActions'>>;
const NONE: Present = new Map();

type ShownLine = Pick<LedgerLine, 'lineId' | 'interceptId' | 'waybillNo' | 'kind' | 'amountFen' | 'occurredAt' | 'note' | 'status'> &
  Pick<LedgerLine, 'allowedActions'> & { late?: boolean };

function LineTable({ lines }: { lines: ShownLine[] }) {
  const t = text();
  return (
    <Table<ShownLine>
      size="small"
      rowKey="lineId"
      dataSource={lines}
      pagination={{ defaultPageSize: 20, hideOnSinglePage: true }}
      columns={[
        {
          title: t.statements.occurredAt,
          render: (_, { occurredAt, late }) => `${formatInstant(occurredAt)}${late === true ? `（${t.statements.adjustments}）` : ''}`,
        },
        { title: t.statements.kind, render: (_, { kind }) => t.words.lineKind[kind] },
        {
          title: t.refund.refundId,
          render: (_, { interceptId }) => <Link href={`/refunds/${interceptId.replace(/-\d+$/, '')}`}>{interceptId}</Link>,
        },
        { title: t.statements.waybillNo, dataIndex: 'waybillNo' },
        {
          title: t.statements.amount,
          align: 'right',
          render: (_, { amountFen }) => (amountFen === null ? t.statements.priceMissing : formatFen(amountFen)),
        },
        { title: t.statements.status, render: (_, { status }) => <Tag color={COLOURS[status]}>{t.words.lineStatus[status]}</Tag> },
        { title: t.statements.note, render: (_, { note }) => <span className="untrusted">{orEmpty(note)}</span> },
        { title: t.common.actions, render: (_, line) => <LineActions line={line} /> },
      ]}
    />
  );
}

/** How the lines of a month's statement stand today, and what may be done about each. */
function usePresent(query: { month: string; carrier: Carrier | undefined; outletCode: string | undefined }) {
  return useQuery({
    queryKey: ['ledger', 'of-statement', query],
    queryFn: async (): Promise<Present> => {
      const { month: statementMonth, ...outlet } = query;
      const found: LedgerLine[] = [];
      let after: string | undefined;
      do {
        const page = await dataOf(
          api.GET('/v1/ledger-lines', { params: { query: { ...outlet, statementMonth, limit: LINE_PAGE, after } } }),
        );
        found.push(...page.items);
        after = page.nextCursor ?? undefined;
      } while (after !== undefined);
      return new Map(found.map((line) => [line.lineId, line]));
    },
  });
}

function OutletStatement({ outlet, present }: { outlet: Statement['outlets'][number]; present: Present }) {
  const t = text();
  const { totals } = outlet;
  return (
    <Card
      size="small"
      title={<span className="untrusted">{`${t.words.carrier[outlet.carrier]} ${outlet.outletName} ${outlet.outletCode}`}</span>}
    >
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3, xxl: 6 }}
        items={[
          { key: 'fee', label: t.words.lineKind.FEE, children: formatFen(totals.feeFen) },
          { key: 'claim', label: t.words.lineKind.CLAIM, children: formatFen(totals.claimFen) },
          { key: 'adjustment', label: t.words.lineKind.ADJUSTMENT, children: formatFen(totals.adjustmentFen) },
          { key: 'late', label: t.statements.adjustments, children: formatFen(totals.lateFen) },
          { key: 'missing', label: t.statements.priceMissing, children: totals.priceMissingCount },
          { key: 'total', label: t.statements.toPay, children: <strong>{formatFen(totals.totalFen)}</strong> },
        ]}
      />
      <LineTable
        lines={outlet.lines.map((line) => {
          const { status = line.status, allowedActions = [] } = present.get(line.lineId) ?? {};
          return { ...line, status, allowedActions };
        })}
      />
    </Card>
  );
}

/** Lines of one status whatever their month: where the counter of disputes leads. */
function LinesOfStatus({ status }: { status: LedgerLine['status'] }) {
  const t = text();
  const lines = useQuery({
    queryKey: ['ledger', status],
    queryFn: async () => (await dataOf(api.GET('/v1/ledger-lines', { params: { query: { status, limit: LINE_PAGE } } }))).items,
  });
  return (
    <Card size="small" title={t.words.lineStatus[status]}>
      {lines.isError && <ProblemAlert error={lines.error} onRetry={() => void lines.refetch()} />}
      {lines.isPending ? <Skeleton active /> : <LineTable lines={lines.data ?? []} />}
    </Card>
  );
}

function MonthlyStatement({ month, carrier, outletCode }: { month: string; carrier: Carrier | undefined; outletCode: string | undefined }) {
  const t = text();
  const query = { month, carrier, outletCode };
  const statement = useQuery({ queryKey: ['statement', query], queryFn: () => dataOf(api.GET('/v1/statements', { params: { query } })) });
  const present = usePresent(query);
  const address = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return (
    <>
      <div className="row">
        <a href={`/v1/statements.csv?${address}`} download>
          {t.statements.csv}
        </a>
        <a href={`/v1/statements.xlsx?${address}`} download>
          {t.statements.xlsx}
        </a>
        {statement.data && (
          <strong>
            {t.statements.totals} {formatFen(statement.data.totals.totalFen)}
          </strong>
        )}
      </div>
      {statement.isPending && <Skeleton active />}
      {statement.isError && <ProblemAlert error={statement.error} onRetry={() => void statement.refetch()} />}
      {present.isError && <ProblemAlert error={present.error} onRetry={() => void present.refetch()} />}
      {statement.data?.outlets.length === 0 && <Empty description={t.statements.empty} />}
      {statement.data?.outlets.map((outlet) => (
        <OutletStatement key={`${outlet.carrier} ${outlet.outletCode}`} outlet={outlet} present={present.data ?? NONE} />
      ))}
    </>
  );
}

/** 对账: what is owed to each outlet for a month of Shanghai, line by line. */
export function StatementsPage() {
  const t = text();
  const id = useId();
  const params = new URLSearchParams(useSearch());
  const [, navigate] = useLocation();
  const named = params.get('month') ?? '';
  const month = /^20\d{2}-(0[1-9]|1[0-2])$/.test(named) ? named : formatInstant(serverNow() ?? 0).slice(0, 7);
  const carrier = (Object.keys(t.words.carrier) as Carrier[]).find((one) => one === params.get('carrier'));
  const carriers = useCarrierChoices(carrier ? [carrier] : []);
  const outletCode = /^[A-Za-z0-9_-]{1,40}$/.exec(params.get('outletCode') ?? '')?.[0];
  const status = (Object.keys(COLOURS) as LedgerLine['status'][]).find((one) => one === params.get('status'));
  function change(name: string, value: string | undefined): void {
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, value);
    const query = params.toString();
    navigate(query === '' ? '/statements' : `/statements?${query}`);
  }
  return (
    <div className="page">
      <h1 className="page-title">{t.app.pages.statements}</h1>
      <Card size="small">
        <Form layout="inline" className="filters" aria-label={t.workbench.filtersLabel}>
          <Form.Item label={t.statements.month} htmlFor={`${id}-month`}>
            <WallDate id={`${id}-month`} precision="month" value={month} onChange={(value) => change('month', value)} />
          </Form.Item>
          <Form.Item label={t.statements.carrier} htmlFor={`${id}-carrier`}>
            <Select
              id={`${id}-carrier`}
              className="filter-choice"
              allowClear
              placeholder={t.common.all}
              value={carrier ?? null}
              options={carriers}
              onChange={(value: string | null | undefined) => change('carrier', value ?? undefined)}
            />
          </Form.Item>
          <Form.Item label={t.statements.outletCode} htmlFor={`${id}-outlet`}>
            <Input.Search
              id={`${id}-outlet`}
              allowClear
              maxLength={40}
              defaultValue={outletCode}
              onSearch={(value) => change('outletCode', value.trim())}
            />
          </Form.Item>
          <Form.Item label={t.statements.status} htmlFor={`${id}-status`}>
            <Select
              id={`${id}-status`}
              className="filter-choice"
              allowClear
              placeholder={t.common.all}
              value={status ?? null}
              options={Object.entries(t.words.lineStatus).map(([value, label]) => ({ value, label }))}
              onChange={(value: string | null | undefined) => change('status', value ?? undefined)}
            />
          </Form.Item>
        </Form>
      </Card>
      {status === undefined ? (
        <MonthlyStatement month={month} carrier={carrier} outletCode={outletCode} />
      ) : (
        <LinesOfStatus status={status} />
      )}
    </div>
  );
}
