import { Button } from 'antd';
import { text } from '../i18n/text.ts';

interface SubmitRowProps {
  /** What sending the form does, in words. */
  words: string;
  pending: boolean;
  danger?: boolean;
  onCancel: () => void;
}

/** The end of a dialog's form: send it, or leave. */
export function SubmitRow({ words, pending, danger = false, onCancel }: SubmitRowProps) {
  return (
    <div className="row dialog-end">
      <Button type="primary" danger={danger} htmlType="submit" loading={pending}>
        {words}
      </Button>
      <Button onClick={onCancel}>{text().common.cancel}</Button>
    </div>
  );
}
