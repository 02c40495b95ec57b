import { Button, Form, Input, Select } from 'antd';
import { lazy, Suspense, useId } from 'react';
import { text } from '../../i18n/text.ts';
import { useCarrierChoices } from '../session/carrier-choices.ts';

/** The calendar is a tenth of the first load and not needed to see the list. */
const DayRange = lazy(() => import('../../ui/wall-dates.tsx').then((module) => ({ default: module.DayRange })));
const WallDate = lazy(() => import('../../ui/wall-dates.tsx').then((module) => ({ default: module.WallDate })));
import type { CaseFilters } from './filters.ts';

interface CaseFilterFormProps {
  filters: CaseFilters;
  onChange: (filters: CaseFilters) => void;
  /** Which filters this list has. */
  shown: readonly (keyof CaseFilters)[];
  dateLabel: string;
}

function optionsOf(words: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** The filters of a list of cases; each takes effect at once and stands in the address. */
export function CaseFilterForm({ filters, onChange, shown, dateLabel }: CaseFilterFormProps) {
  const t = text();
  const id = useId();
  const choices = {
    interceptStatus: optionsOf(t.words.interceptStatus),
    refundStatus: optionsOf(t.words.refundStatus),
    returnStatus: optionsOf(t.words.returnStatus),
    carrier: useCarrierChoices(filters.carrier ? [filters.carrier] : []),
  } as const;
  const typed = ['outletCode', 'waybillNo', 'refundId', 'orderId'] as const;
  const change = (part: Partial<CaseFilters>): void => onChange({ ...filters, ...part });
  return (
    <Form layout="inline" className="filters" aria-label={t.workbench.filtersLabel} key={JSON.stringify(filters)}>
      {(Object.keys(choices) as (keyof typeof choices)[])
        .filter((name) => shown.includes(name))
        .map((name) => (
          <Form.Item key={name} label={t.query[name]} htmlFor={`${id}-${name}`}>
            <Select
              id={`${id}-${name}`}
              allowClear
              placeholder={t.common.all}
              className="filter-choice"
              value={filters[name] ?? null}
              options={choices[name]}
              onChange={(value: string | null | undefined) => change({ [name]: value ?? undefined })}
            />
          </Form.Item>
        ))}
      {typed
        .filter((name) => shown.includes(name))
        .map((name) => (
          <Form.Item key={name} label={t.query[name]} htmlFor={`${id}-${name}`}>
            <Input.Search
              id={`${id}-${name}`}
              allowClear
              maxLength={40}
              className="filter-typed"
              defaultValue={filters[name] ?? ''}
              onSearch={(value) => change({ [name]: value.trim() || undefined })}
            />
          </Form.Item>
        ))}
      {shown.includes('initiatedFrom') && (
        <Form.Item label={dateLabel} htmlFor={`${id}-initiated`}>
          <Suspense fallback={<Input disabled />}>
            <DayRange
              id={`${id}-initiated`}
              from={filters.initiatedFrom}
              to={filters.initiatedTo}
              onChange={(initiatedFrom, initiatedTo) => change({ initiatedFrom, initiatedTo })}
            />
          </Suspense>
        </Form.Item>
      )}
      {(['updatedFrom', 'autoRefundBefore'] as const)
        .filter((name) => shown.includes(name))
        .map((name) => (
          <Form.Item key={name} label={t.query[name]} htmlFor={`${id}-${name}`}>
            <Suspense fallback={<Input disabled />}>
              <WallDate
                id={`${id}-${name}`}
                value={filters[name]}
                precision={name === 'autoRefundBefore' ? 'second' : 'day'}
                onChange={(value) => change({ [name]: value })}
              />
            </Suspense>
          </Form.Item>
        ))}
      <Button onClick={() => onChange({})}>{t.common.reset}</Button>
    </Form>
  );
}
