import { Button, Checkbox, Empty, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { text } from '../../i18n/text.ts';
import { type CaseRow, caseColumns } from './case-columns.tsx';

export interface Selection {
  chosen: string[];
  onChange: (keys: string[]) => void;
  selectable: (row: CaseRow) => boolean;
}

interface CaseCardsProps {
  empty: string;
  rows: CaseRow[];
  loading: boolean;
  actions: (row: CaseRow) => ReactNode;
  selection: Selection | undefined;
}

const AT_ONCE = 20;

/** The box that chooses a case to be decided with others. */
function Choice({ row, selection: { chosen, onChange, selectable } }: { row: CaseRow; selection: Selection }) {
  const { key, refundId } = row;
  return (
    <Checkbox
      aria-label={text().workbench.selectRow(refundId)}
      disabled={!selectable(row)}
      checked={chosen.includes(key)}
      onChange={({ target: { checked } }) => onChange(checked ? [...chosen, key] : chosen.filter((one) => one !== key))}
    />
  );
}

/** A list of cases on a phone: what a decision needs of each, the time left among it. */
export function CaseCards({ empty, rows, loading, actions, selection }: CaseCardsProps) {
  const t = text();
  const [count, setCount] = useState(AT_ONCE);
  const cells = Object.fromEntries(caseColumns().map(({ key, render }) => [key, render]));
  if (loading) return <Skeleton active />;
  if (rows.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />;
  return (
    <>
      <ul className="cards">
        {rows.slice(0, count).map((row) => (
          <li key={row.key} className="card" data-refund={row.refundId}>
            <div className="row row-end">
              <span className="row">
                {selection && <Choice row={row} selection={selection} />}
                {cells['refundId']?.(row)}
              </span>
              <strong>{cells['amount']?.(row)}</strong>
            </div>
            <div className="row row-end">
              <span className="row">
                {row.interceptStatus !== null && cells['interceptStatus']?.(row)}
                {cells['refundStatus']?.(row)}
                {row.intercept?.returnStatus && cells['returnStatus']?.(row)}
              </span>
              <span className="row">
                <span className="muted">{t.workbench.columns.countdown}</span>
                {cells['countdown']?.(row)}
              </span>
            </div>
            {row.itemTitle !== null && cells['item']?.(row)}
            {row.reason !== null && cells['reason']?.(row)}
            <div className="row row-end">
              <span>{cells['parcel']?.(row)}</span>
              {actions(row)}
            </div>
          </li>
        ))}
      </ul>
      {rows.length > count && <Button onClick={() => setCount(count + AT_ONCE)}>{t.common.more}</Button>}
    </>
  );
}
