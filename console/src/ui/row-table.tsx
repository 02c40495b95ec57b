import { Table } from 'antd';
import type { HTMLAttributes, ReactNode } from 'react';
import { usePhone } from './window-width.ts';

interface RowTableProps<R> {
  rows: R[];
  rowKey: (row: R) => string;
  columns: { title: string; align?: 'right'; render: (row: R) => ReactNode }[];
  /** Of each row's element, for whoever looks for it. */
  attributes?: (row: R) => Record<`data-${string}`, string | undefined>;
  /** For a list that would grow out of its dialog. */
  scroll?: { x: 'max-content'; y: number };
}

/** Rows of a dialog: a table, on a phone a card each. */
export function RowTable<R extends object>({ rows, rowKey, columns, attributes, scroll }: RowTableProps<R>) {
  if (usePhone()) {
    return (
      <ul className="cards">
        {rows.map((row) => (
          <li key={rowKey(row)} className="card" {...attributes?.(row)}>
            {columns.map(({ title, render }) => (
              <div key={title} className="row row-end">
                <span className="muted">{title}</span>
                <span>{render(row)}</span>
              </div>
            ))}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table<R>
      size="small"
      rowKey={rowKey}
      pagination={false}
      dataSource={rows}
      scroll={scroll}
      onRow={(row) => (attributes?.(row) ?? {}) as HTMLAttributes<HTMLElement>}
      columns={columns.map(({ title, align, render }) => ({ title, align, render: (_: unknown, row: R) => render(row) }))}
    />
  );
}
