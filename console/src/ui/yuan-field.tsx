import { Form, type FormItemProps, Input } from 'antd';
import { text } from '../i18n/text.ts';
import { parseYuan } from './format.ts';

interface YuanFieldProps {
  name: FormItemProps['name'];
  label: string;
  maxLength?: number;
  /** ¥0 is no amount here. */
  positive?: boolean;
  /** What speaks against an amount, null for nothing. */
  refuse?: (fen: number) => string | null;
}

/** An amount that must be typed, in yuan; what was typed stays text until it is sent (`parseYuan`). */
export function YuanField({ name, label, maxLength = 12, positive = false, refuse }: YuanFieldProps) {
  const t = text();
  function judge(typed: string): string | null {
    const fen = parseYuan(typed);
    if (fen === null || (positive && fen === 0)) return t.common.badAmount;
    return refuse?.(fen) ?? null;
  }
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[
        {
          required: true,
          validator: (_, typed: string | undefined) => {
            const refusal = judge(typed ?? '');
            return refusal === null ? Promise.resolve() : Promise.reject(new Error(refusal));
          },
        },
      ]}
    >
      <Input inputMode="decimal" maxLength={maxLength} />
    </Form.Item>
  );
}
