import { Button } from 'antd';
import { text } from '../../i18n/text.ts';

interface MoreBarProps {
  count: number;
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** How much of a list is loaded, and the button that loads the rest. */
export function MoreBar({ count, hasMore, loading, onMore }: MoreBarProps) {
  const t = text();
  return (
    <div className="row">
      <span className="muted">{hasMore ? t.common.shown(count) : `${t.common.shown(count)} · ${t.common.loadedAll}`}</span>
      {hasMore && (
        <Button loading={loading} onClick={onMore}>
          {t.common.more}
        </Button>
      )}
    </div>
  );
}
