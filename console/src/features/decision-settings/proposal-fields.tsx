import { useQuery } from '@tanstack/react-query';
import { Button, Card, Form, Input, Select } from 'antd';
import { text } from '../../i18n/text.ts';
import { parseYuan } from '../../ui/format.ts';
import { useCarrierChoices } from '../session/carrier-choices.ts';
import { reasonChoices, usualReasonsQuery } from './reason-choices.ts';
import { typedAs } from '../rules/limit-fields.tsx';

const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
const CODE = /^\d{1,10}$/;

/** The reason of a proposed rejection: one of the platform's, by its code where the platform cannot be asked. */
function RejectionFields({ name }: { name: number }) {
  const t = text();
  const form = Form.useFormInstance();
  const asked = useQuery(usualReasonsQuery);
  const code = Form.useWatch<string | undefined>(['proposals', name, 'reason'], form);
  const chosen = asked.data?.find(({ reason }) => reason === code);
  return (
    <div className="row">
      {asked.isPending || asked.data ? (
        <Form.Item
          name={[name, 'reason']}
          label={t.decision.rejectReason}
          rules={[{ required: true, message: t.decision.rejectNeedReason }]}
        >
          <Select className="reason-choice" loading={asked.isPending} options={reasonChoices(asked.data ?? [], code)} />
        </Form.Item>
      ) : (
        <Form.Item
          name={[name, 'reason']}
          label={t.proposals.reasonCode}
          rules={[{ required: true, pattern: CODE, message: t.proposals.needReason }]}
        >
          <Input inputMode="numeric" maxLength={10} placeholder={t.proposals.reasonHint} />
        </Form.Item>
      )}
      <Form.Item
        name={[name, 'description']}
        label={t.decision.description}
        extra={chosen?.imageRequired ? t.proposals.imagesThen : undefined}
        rules={[{ required: chosen?.descriptionRequired ?? false, whitespace: true, message: t.decision.needDescription }]}
      >
        <Input maxLength={500} />
      </Form.Item>
    </div>
  );
}

interface ProposalCardProps {
  name: number;
  place: number;
  onUp: (() => void) | null;
  onRemove: () => void;
}

/** One proposal: what, in which situations, for which cases. */
export function ProposalCard({ name, place, onUp, onRemove }: ProposalCardProps) {
  const t = text();
  const form = Form.useFormInstance();
  const action = Form.useWatch<string | undefined>(['proposals', name, 'action'], form);
  const carriers = useCarrierChoices(Form.useWatch<string[] | undefined>(['proposals', name, 'carriers'], form));
  const amount = typedAs(parseYuan, t.common.badAmount);
  const required = { required: true, message: t.common.required };
  return (
    <Card
      size="small"
      title={t.proposals.place(place)}
      data-proposal-card={place}
      extra={
        <div className="row">
          <Button size="small" disabled={onUp === null} onClick={() => onUp?.()} aria-label={`${t.rules.up} ${t.proposals.place(place)}`}>
            {t.rules.up}
          </Button>
          <Button size="small" danger onClick={onRemove} aria-label={`${t.rules.remove} ${t.proposals.place(place)}`}>
            {t.rules.remove}
          </Button>
        </div>
      }
    >
      <div className="row">
        <Form.Item name={[name, 'name']} label={t.rules.name} rules={[{ ...required, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={[name, 'action']} label={t.proposals.action} rules={[required]}>
          <Select className="filter-choice" options={optionsOf(t.words.proposedAction)} />
        </Form.Item>
      </div>
      <Form.Item name={[name, 'situations']} label={t.proposals.situations} rules={[required]}>
        <Select mode="multiple" options={optionsOf(t.words.situation)} />
      </Form.Item>
      {action === 'REJECT' && <RejectionFields name={name} />}
      <p className="muted">{t.rules.conditionHint}</p>
      <div className="row">
        <Form.Item name={[name, 'refundFrom']} label={`${t.rules.condition.refundFeeFen} ${t.rules.atLeast}`} rules={[amount]}>
          <Input inputMode="decimal" maxLength={10} suffix="¥" />
        </Form.Item>
        <Form.Item name={[name, 'refundTo']} label={`${t.rules.condition.refundFeeFen} ${t.rules.atMost}`} rules={[amount]}>
          <Input inputMode="decimal" maxLength={10} suffix="¥" />
        </Form.Item>
        <Form.Item name={[name, 'feeTo']} label={`${t.rules.condition.expectedFeeFen} ${t.rules.atMost}`} rules={[amount]}>
          <Input inputMode="decimal" maxLength={10} suffix="¥" />
        </Form.Item>
      </div>
      <Form.Item name={[name, 'carriers']} label={t.rules.condition.carriers}>
        <Select mode="multiple" allowClear options={carriers} />
      </Form.Item>
      <Form.Item name={[name, 'outletCodes']} label={t.rules.condition.outletCodes}>
        <Select mode="tags" allowClear open={false} suffixIcon={null} tokenSeparators={[',', '\uFF0C', ' ']} maxCount={50} />
      </Form.Item>
    </Card>
  );
}
