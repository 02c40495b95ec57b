import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { text } from '../i18n/text.ts';

interface DayRangeProps {
  id?: string;
  /** `YYYY-MM-DD` in Shanghai, both included. */
  from: string | undefined;
  to: string | undefined;
  onChange: (from: string | undefined, to: string | undefined) => void;
}

/** Days from and to. The calendar shows wall dates; they mean Shanghai wherever the PC stands. */
export function DayRange({ id, from, to, onChange }: DayRangeProps) {
  const t = text();
  return (
    <DatePicker.RangePicker
      id={id === undefined ? undefined : { start: id, end: `${id}-end` }}
      aria-label={`${t.common.from} ${t.common.to}`}
      allowEmpty
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(days) => onChange(days?.[0]?.format('YYYY-MM-DD'), days?.[1]?.format('YYYY-MM-DD'))}
    />
  );
}

interface WallDateProps {
  id?: string;
  /** `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DD HH:mm:ss` of Shanghai, by `precision`. */
  value?: string | undefined;
  precision: 'month' | 'day' | 'second';
  onChange?: (value: string | undefined) => void;
}

const FORMATS = { month: 'YYYY-MM', day: 'YYYY-MM-DD', second: 'YYYY-MM-DD HH:mm:ss' } as const;

/** A month, a day or a moment, as the wall clock of Shanghai shows it wherever the PC stands. */
export function WallDate({ id, value, precision, onChange }: WallDateProps) {
  return (
    <DatePicker
      id={id}
      picker={precision === 'month' ? 'month' : 'date'}
      showTime={precision === 'second'}
      format={FORMATS[precision]}
      value={value === undefined ? null : dayjs(value)}
      onChange={(moment) => onChange?.(moment?.format(FORMATS[precision]))}
    />
  );
}
