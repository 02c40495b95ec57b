import { Form, Input, Select } from 'antd';
import type { Proposal, RejectReason } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { SubmitRow } from '../../ui/submit-row.tsx';
import { readAddresses } from './image-addresses.ts';

/** The platform takes so many pictures. */
const MAX_REJECT_IMAGES = 6;
const MAX_DESCRIPTION = 500;

export interface DescribedForm {
  description?: string;
  images?: string;
}

export function DescriptionField({ required, rows }: { required: boolean; rows: number }) {
  const t = text();
  return (
    <Form.Item
      name="description"
      label={t.decision.description}
      rules={[{ required, whitespace: true, message: t.decision.needDescription }]}
    >
      <Input.TextArea rows={rows} maxLength={MAX_DESCRIPTION} showCount />
    </Form.Item>
  );
}

export function ImagesField({ required, max }: { required: boolean; max: number }) {
  const t = text();
  return (
    <Form.Item
      name="images"
      label={t.decision.images}
      rules={[
        { required, message: t.decision.needImages },
        {
          validator: (_, typed: string | undefined) =>
            readAddresses(typed ?? '', max) === null ? Promise.reject(new Error(t.decision.badImages(max))) : Promise.resolve(),
        },
      ]}
    >
      <Input.TextArea rows={2} />
    </Form.Item>
  );
}

/** A rejection as the API takes it, of one case or of several. */
export interface Rejection {
  reason: string;
  description: string | undefined;
  images: string[];
}

interface RejectionFormProps {
  /** What the platform allows, undefined while it is being asked. */
  reasons: RejectReason[] | undefined;
  /** Filled in to begin with, to be changed or sent. */
  proposed?: Proposal['rejection'];
  /** What sending does, in words. */
  words: string;
  pending: boolean;
  onSend: (rejection: Rejection) => void;
  onCancel: () => void;
}

/** What a rejection needs: a reason of the platform, and the description and pictures that this reason asks for. */
export function RejectionForm({ reasons, proposed = null, words, pending, onSend, onCancel }: RejectionFormProps) {
  const t = text();
  const [form] = Form.useForm<DescribedForm & { reason: string }>();
  const code = Form.useWatch('reason', form);
  const chosen = reasons?.find(({ reason }) => reason === code);
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={proposed ?? {}}
      onFinish={({ reason, description, images }) =>
        onSend({ reason, description: description?.trim() || undefined, images: readAddresses(images ?? '', MAX_REJECT_IMAGES) ?? [] })
      }
    >
      <Form.Item name="reason" label={t.decision.rejectReason} rules={[{ required: true, message: t.decision.rejectNeedReason }]}>
        <Select loading={reasons === undefined} options={(reasons ?? []).map((each) => ({ value: each.reason, label: each.text }))} />
      </Form.Item>
      <DescriptionField required={chosen?.descriptionRequired ?? false} rows={3} />
      <ImagesField required={chosen?.imageRequired ?? false} max={MAX_REJECT_IMAGES} />
      <SubmitRow words={words} danger pending={pending} onCancel={onCancel} />
    </Form>
  );
}
