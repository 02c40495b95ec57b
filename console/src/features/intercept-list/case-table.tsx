import { Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { text } from '../../i18n/text.ts';
import { usePhone } from '../../ui/window-width.ts';
import { CaseCards, type Selection } from './case-cards.tsx';
import { type CaseRow, caseColumns } from './case-columns.tsx';
import { ColumnSetting, useHiddenColumns } from './column-setting.tsx';
import { ListKeys, useListKeys } from './list-keys.tsx';

interface CaseTableProps {
  /** Names the table for the column setting and for readers. */
  name: string;
  label: string;
  /** What a list with nothing in it says, and what can be done then. */
  empty: string;
  rows: CaseRow[];
  loading: boolean;
  hiddenAtFirst: string[];
  actions: (row: CaseRow) => ReactNode;
  /** Stands at the left of the line above the table. */
  toolbar?: ReactNode;
  selection?: Selection | undefined;
}

const PAGE_SIZES = [20, 50, 100];

/** The table of cases with its column setting and a fixed column of actions; on a phone, cards. */
export function CaseTable({ name, label, empty, rows, loading, hiddenAtFirst, actions, toolbar, selection }: CaseTableProps) {
  const t = text();
  const [hidden, setHidden] = useHiddenColumns(name, hiddenAtFirst);
  const columns = caseColumns();
  const { onKeyDown, told, tell } = useListKeys();
  if (usePhone()) {
    return (
      <section aria-label={label} className="page">
        <div className="row">{toolbar}</div>
        <CaseCards empty={empty} rows={rows} loading={loading} actions={actions} selection={selection} />
      </section>
    );
  }
  const rowSelection: TableProps<CaseRow>['rowSelection'] = selection && {
    selectedRowKeys: selection.chosen,
    preserveSelectedRowKeys: false,
    onChange: (keys) => selection.onChange(keys.map(String)),
    getCheckboxProps: (row) => ({ disabled: !selection.selectable(row), 'aria-label': t.workbench.selectRow(row.refundId) }),
    getTitleCheckboxProps: () => ({ 'aria-label': t.workbench.selectAll }),
  };
  return (
    <section aria-label={label} className="page" onKeyDown={onKeyDown}>
      <div className="row row-end">
        <div className="row">{toolbar}</div>
        <div className="row">
          <ListKeys told={told} tell={tell} />
          <ColumnSetting columns={columns} hidden={hidden} onChange={setHidden} />
        </div>
      </div>
      <Table<CaseRow>
        className="case-table"
        size="middle"
        rowKey="key"
        dataSource={rows}
        loading={loading}
        locale={{ emptyText: empty }}
        rowSelection={rowSelection}
        pagination={{ defaultPageSize: PAGE_SIZES[0], pageSizeOptions: PAGE_SIZES, showSizeChanger: true, hideOnSinglePage: true }}
        onRow={(row) => ({ 'data-refund': row.refundId }) as React.HTMLAttributes<HTMLElement>}
        columns={[
          ...columns
            .filter(({ key }) => !hidden.has(key))
            .map(({ key, title, width, align, render }) => ({
              key,
              title,
              width,
              align,
              render: (_: unknown, row: CaseRow) => render(row),
            })),
          { key: 'actions', title: t.common.actions, render: (_: unknown, row: CaseRow) => actions(row) },
        ]}
      />
    </section>
  );
}
