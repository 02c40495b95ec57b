import { Form, Input, Modal, Select, Switch } from 'antd';
import type { Rule } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { parseYuan } from '../../ui/format.ts';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { useCarrierChoices } from '../session/carrier-choices.ts';
import { LimitFields, typedAs } from './limit-fields.tsx';
import { fieldsOf, parseWhole, type RuleFields, ruleOf } from './rule-form.ts';

const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const CHOSEN = ['carriers', 'trackStandings'] as const;
const TYPED = ['outletCodes', 'titleWords', 'categories', 'provinces', 'refundReasons'] as const;
const RANGES = [
  { condition: 'refundFeeFen', from: 'refundFrom', to: 'refundTo', yuan: true },
  { condition: 'expectedFeeFen', from: null, to: 'feeTo', yuan: true },
  { condition: 'lastScanHours', from: 'scanHoursFrom', to: 'scanHoursTo', yuan: false },
  { condition: 'earlierRefunds', from: 'earlierFrom', to: 'earlierTo', yuan: false },
] as const;
const BOUNDS: readonly string[] = ['refundTo', 'feeTo'];

/** The conditions of a rule; its bounds are needed where it intercepts. */
function ConditionFields({ intercepts }: { intercepts: boolean }) {
  const t = text();
  const form = Form.useFormInstance();
  const carriers = useCarrierChoices(Form.useWatch<string[] | undefined>('carriers', form));
  const choices = { carriers, trackStandings: optionsOf(t.words.trackStanding) };
  const read = (yuan: boolean, name: string) =>
    typedAs(
      yuan ? parseYuan : parseWhole,
      yuan ? t.common.badAmount : t.rules.badNumber,
      intercepts && BOUNDS.includes(name) ? t.rules.needBound : null,
    );
  return (
    <>
      <p className="muted">{t.rules.conditionHint}</p>
      {RANGES.map(({ condition, from, to, yuan }) => (
        <div className="row" key={condition}>
          {from !== null && (
            <Form.Item name={from} label={`${t.rules.condition[condition]} ${t.rules.atLeast}`} rules={[read(yuan, from)]}>
              <Input inputMode="decimal" maxLength={10} suffix={yuan ? '¥' : undefined} />
            </Form.Item>
          )}
          <Form.Item name={to} label={`${t.rules.condition[condition]} ${t.rules.atMost}`} rules={[read(yuan, to)]}>
            <Input inputMode="decimal" maxLength={10} suffix={yuan ? '¥' : undefined} />
          </Form.Item>
        </div>
      ))}
      {CHOSEN.map((name) => (
        <Form.Item key={name} name={name} label={t.rules.condition[name]}>
          <Select mode="multiple" allowClear options={choices[name]} />
        </Form.Item>
      ))}
      {TYPED.map((name) => (
        <Form.Item key={name} name={name} label={t.rules.condition[name]}>
          <Select mode="tags" allowClear open={false} suffixIcon={null} tokenSeparators={[',', '\uFF0C', ' ']} maxCount={50} />
        </Form.Item>
      ))}
    </>
  );
}

/** One rule, to be written or changed; nothing is saved here. */
export function RuleDialog({ rule, onDone, onClose }: { rule: Rule; onDone: (rule: Rule) => void; onClose: () => void }) {
  const t = text();
  const [form] = Form.useForm<RuleFields>();
  const action = Form.useWatch('action', form) ?? rule.action;
  return (
    <Modal
      open
      title={rule.name === '' ? t.rules.add : t.rules.edit}
      onCancel={onClose}
      footer={null}
      width={720}
      mask={{ closable: false }}
    >
      <Form<RuleFields>
        form={form}
        layout="vertical"
        name="rule"
        initialValues={fieldsOf(rule)}
        onFinish={(fields) => onDone(ruleOf(rule.ruleId, fields))}
      >
        <div className="row">
          <Form.Item name="name" label={t.rules.name} rules={[{ required: true, whitespace: true, message: t.rules.needName }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="action" label={t.rules.action}>
            <Select className="filter-choice" options={optionsOf(t.words.ruleAction)} />
          </Form.Item>
          <Form.Item name="paused" label={t.rules.pausedRule} valuePropName="checked">
            <Switch />
          </Form.Item>
        </div>
        <ConditionFields intercepts={action === 'INTERCEPT'} />
        {action === 'INTERCEPT' && (
          <>
            <Form.Item name="acknowledge" label={t.rules.acknowledge}>
              <Select mode="multiple" allowClear options={optionsOf(t.words.warning)} />
            </Form.Item>
            <LimitFields required={false} />
          </>
        )}
        <SubmitRow words={t.common.save} pending={false} onCancel={onClose} />
      </Form>
    </Modal>
  );
}
