import { Checkbox, Form, Input, Switch } from 'antd';
import { text } from '../../i18n/text.ts';
import { parseYuan } from '../../ui/format.ts';
import { parseWhole } from './rule-form.ts';

const TIME = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** A rule for an input that may be left empty. */
export function typedAs(read: (typed: string) => unknown, message: string, required: string | null = null) {
  return {
    required: required !== null,
    validator: (_: unknown, typed: string | undefined) => {
      if (typed === undefined || typed.trim() === '') return required === null ? Promise.resolve() : Promise.reject(new Error(required));
      return read(typed) === null ? Promise.reject(new Error(message)) : Promise.resolve();
    },
  };
}

/** The fields of what bounds a rule or the shop: budgets of a day and working hours. */
export function LimitFields({ required }: { required: boolean }) {
  const t = text();
  const form = Form.useFormInstance();
  const inHours = Form.useWatch<boolean | undefined>('inHours', form) ?? false;
  const bound = required ? t.rules.needBound : null;
  return (
    <>
      <div className="row">
        <Form.Item name="dailyYuan" label={t.rules.dailyFee} rules={[typedAs(parseYuan, t.common.badAmount, bound)]}>
          <Input inputMode="decimal" maxLength={10} />
        </Form.Item>
        <Form.Item name="dailyCount" label={t.rules.dailyCount} rules={[typedAs(parseWhole, t.rules.badNumber, bound)]}>
          <Input inputMode="numeric" maxLength={6} />
        </Form.Item>
      </div>
      <Form.Item name="inHours" label={t.rules.hours} valuePropName="checked">
        <Switch />
      </Form.Item>
      {inHours && (
        <div className="row">
          <Form.Item name="days" label={t.rules.days} rules={[{ required: true, message: t.common.required }]}>
            <Checkbox.Group options={t.rules.weekdays.map((label, index) => ({ label, value: index + 1 }))} />
          </Form.Item>
          <Form.Item name="from" label={t.rules.hoursFrom} rules={[{ required: true, pattern: TIME, message: t.rules.badTime }]}>
            <Input maxLength={5} />
          </Form.Item>
          <Form.Item name="to" label={t.rules.hoursTo} rules={[{ required: true, pattern: TIME, message: t.rules.badTime }]}>
            <Input maxLength={5} />
          </Form.Item>
        </div>
      )}
    </>
  );
}
