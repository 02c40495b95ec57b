import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import copy from 'copy-to-clipboard';
import { useEffect, useState } from 'react';
import { text } from '../i18n/text.ts';
import { EMPTY } from './format.ts';

const SAID_FOR_MS = 3_000;

/** An identifier with a button that copies it. A list has dozens: the component library's own takes as long to draw as three cells. */
export function CopyText({ value }: { value: string | null }) {
  if (value === null || value === '') return <>{EMPTY}</>;
  return (
    <span className="identifier">
      {value}
      <CopyButton value={value} />
    </span>
  );
}

function CopyButton({ value }: { value: string }) {
  const { common } = text();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const label = copied ? common.copied : `${common.copy} ${value}`;
  return (
    <button type="button" className="copy" aria-label={label} title={label} onClick={() => void copy(value).then(setCopied)}>
      {copied ? <CheckOutlined /> : <CopyOutlined />}
    </button>
  );
}
