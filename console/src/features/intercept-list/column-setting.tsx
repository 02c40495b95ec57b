import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useState } from 'react';
import { text } from '../../i18n/text.ts';

const key = (table: string): string => `refund-intercept.hidden-columns.${table}`;

function readHidden(table: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(table)) ?? '[]');
    return Array.isArray(stored) ? stored.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** Which columns of a table are hidden in this browser, and the setter that remembers it. */
export function useHiddenColumns(table: string, hiddenAtFirst: string[] = []): [ReadonlySet<string>, (hidden: string[]) => void] {
  const [hidden, setHidden] = useState(() => (localStorage.getItem(key(table)) === null ? hiddenAtFirst : readHidden(table)));
  return [
    new Set(hidden),
    (next) => {
      localStorage.setItem(key(table), JSON.stringify(next));
      setHidden(next);
    },
  ];
}

interface ColumnSettingProps {
  columns: { key: string; title: string }[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: string[]) => void;
}

/** 列设置: which columns are shown. */
export function ColumnSetting({ columns, hidden, onChange }: ColumnSettingProps) {
  const t = text();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t.common.columns}
      content={
        <Checkbox.Group
          className="column-setting"
          options={columns.map((column) => ({ value: column.key, label: column.title }))}
          value={columns.map((column) => column.key).filter((name) => !hidden.has(name))}
          onChange={(shown) => onChange(columns.map((column) => column.key).filter((name) => !shown.includes(name)))}
        />
      }
    >
      <Button icon={<SettingOutlined />}>{t.common.columns}</Button>
    </Popover>
  );
}
