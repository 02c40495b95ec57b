import { Button, Modal } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { text } from '../../i18n/text.ts';

const step = (list: HTMLElement, by: 1 | -1): void => {
  const links = [...list.querySelectorAll('tr[data-refund]')].flatMap((row) => row.querySelector('a') ?? []);
  const here = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement));
  links[here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + by))]?.focus();
};

/**
 * The keys of a daily list, heard only while the focus is in it and nothing is being typed (WCAG 2.1.4): j and k go from case to case,
 * x chooses one, Enter follows its link by itself, ? tells these.
 */
export function useListKeys() {
  const [told, setTold] = useState(false);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, currentTarget, key } = event;
    if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!currentTarget.contains(target) || target.closest('input:not([type="checkbox"]), textarea, [role="combobox"]')) return;
    if (key === 'j') step(currentTarget, 1);
    else if (key === 'k') step(currentTarget, -1);
    else if (key === 'x') target.closest('tr')?.querySelector<HTMLElement>('input[type="checkbox"]:not(:disabled)')?.click();
    else if (key === '?') setTold(true);
    else return;
    event.preventDefault();
  };
  return { onKeyDown, told, tell: setTold };
}

/** The keys of the list, told when asked for. */
export function ListKeys({ told, tell }: { told: boolean; tell: (told: boolean) => void }) {
  const t = text();
  return (
    <>
      <Button onClick={() => tell(true)}>{t.keys.title}</Button>
      <Modal open={told} title={t.keys.title} footer={null} onCancel={() => tell(false)}>
        <ul>
          {(['j', 'k', 'x', 'Enter', '?'] as const).map((key) => (
            <li key={key}>
              <kbd>{key}</kbd> {t.keys.does[key]}
            </li>
          ))}
        </ul>
      </Modal>
    </>
  );
}
