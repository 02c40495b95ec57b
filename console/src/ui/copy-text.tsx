import { Typography } from 'antd';
import { text } from '../i18n/text.ts';
import { EMPTY } from './format.ts';

/** An identifier with a button that copies it. */
export function CopyText({ value }: { value: string | null }) {
  const t = text();
  if (value === null || value === '') return <>{EMPTY}</>;
  return (
    <Typography.Text className="identifier" copyable={{ text: value, tooltips: [`${t.common.copy} ${value}`, t.common.copied] }}>
      {value}
    </Typography.Text>
  );
}
