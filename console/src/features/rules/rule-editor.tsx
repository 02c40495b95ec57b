import { Alert, Button, Card, Form } from 'antd';
import { useState } from 'react';
import type { Rule, RuleLimits, Rules } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { useMay } from '../session/permissions.tsx';
import { DryRunDialog } from './dry-run-dialog.tsx';
import { LimitFields } from './limit-fields.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { type LimitFields as Typed, limitFieldsOf, limitsOf } from './rule-form.ts';
import { RuleTable } from './rule-table.tsx';
import { SaveDialog } from './save-dialog.tsx';

const newRule = (): Rule => ({
  ruleId: crypto.randomUUID().slice(0, 8),
  name: '',
  action: 'INTERCEPT',
  conditions: {},
  acknowledge: [],
  limits: { paused: false, dailyFeeFen: null, dailyCount: null, hours: null },
});

/** A set of rules being changed: nothing takes effect before it is saved as a version, and it can be tried on the past before. */
export function RuleEditor({ saved }: { saved: Rules }) {
  const t = text();
  const { may, whyNot } = useMay('rules:write');
  const [form] = Form.useForm<Typed>();
  const [rules, setRules] = useState<Rule[]>(saved.rules);
  const [touched, setTouched] = useState(false);
  const [edited, setEdited] = useState<Rule | null>(null);
  const [asked, setAsked] = useState<{ what: 'DRY_RUN' | 'SAVE'; limits: RuleLimits } | null>(null);
  const changed = touched || rules !== saved.rules;
  const intercepts = rules.some(({ action }) => action === 'INTERCEPT');

  function put(rule: Rule): void {
    setRules(
      rules.some(({ ruleId }) => ruleId === rule.ruleId)
        ? rules.map((each) => (each.ruleId === rule.ruleId ? rule : each))
        : [...rules, rule],
    );
    setEdited(null);
  }
  /** The first version runs; later ones are paused or not as the shop is. */
  const paused = saved.version > 0 && saved.limits.paused;
  const ask = async (what: 'DRY_RUN' | 'SAVE'): Promise<void> => {
    const typed = await form.validateFields().catch(() => null);
    if (typed !== null) setAsked({ what, limits: limitsOf(typed, paused) });
  };
  return (
    <>
      <RuleTable rules={rules} onChange={may ? setRules : null} onEdit={setEdited} />
      <Card size="small" title={t.rules.shopLimits}>
        <Form<Typed>
          form={form}
          layout="vertical"
          name="shop-limits"
          disabled={!may}
          initialValues={limitFieldsOf(saved.limits)}
          onValuesChange={() => setTouched(true)}
        >
          <LimitFields required={intercepts} />
        </Form>
      </Card>
      {changed && <Alert type="info" showIcon title={t.rules.unsaved} />}
      <div className="row">
        {may && <Button onClick={() => setEdited(newRule())}>{t.rules.add}</Button>}
        <Button onClick={() => void ask('DRY_RUN')}>{t.rules.dryRun}</Button>
        {may && (
          <Button type="primary" disabled={!changed && saved.version > 0} onClick={() => void ask('SAVE')}>
            {t.rules.save}
          </Button>
        )}
        {may && changed && (
          <Button
            onClick={() => {
              setRules(saved.rules);
              form.resetFields();
              setTouched(false);
            }}
          >
            {t.rules.discard}
          </Button>
        )}
        {whyNot !== null && <span className="muted">{whyNot}</span>}
      </div>
      {edited !== null && <RuleDialog rule={edited} onDone={put} onClose={() => setEdited(null)} />}
      {asked?.what === 'DRY_RUN' && <DryRunDialog rules={rules} limits={asked.limits} onClose={() => setAsked(null)} />}
      {asked?.what === 'SAVE' && (
        <SaveDialog
          baseVersion={saved.version}
          rules={rules}
          limits={asked.limits}
          onSaved={() => setAsked(null)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
