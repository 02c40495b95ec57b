import { useQuery } from '@tanstack/react-query';
import { Empty, Skeleton, Timeline } from 'antd';
import { auditQuery, trackQuery } from '../../api/queries.ts';
import type { TrackItem } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatActor, formatInstant } from '../../ui/format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { auditText, changesOf } from './audit-words.ts';

const GOOD: ReadonlySet<TrackItem['event']> = new Set(['RETURNING', 'RETURN_SIGNED']);
const BAD: ReadonlySet<TrackItem['event']> = new Set(['SIGNED', 'LOST', 'DAMAGED', 'PROBLEM']);

/** The scans of the parcel, newest first: our word for each, and the carrier's sentence as it came. */
export function TrackTimeline({ interceptId }: { interceptId: string }) {
  const t = text();
  const track = useQuery(trackQuery(interceptId));
  if (track.isPending) return <Skeleton active />;
  if (track.isError) return <ProblemAlert error={track.error} onRetry={() => void track.refetch()} />;
  if (track.data.length === 0) return <Empty description={t.case.noTrack} />;
  const newestFirst = track.data.toSorted((a, b) => Date.parse(b.occurredAt) - Date.parse(a.occurredAt));
  return (
    <Timeline
      items={newestFirst.map((scan, index) => ({
        key: `${scan.occurredAt} ${scan.event} ${index}`,
        color: GOOD.has(scan.event) ? 'green' : BAD.has(scan.event) ? 'red' : 'blue',
        content: (
          <div data-track={scan.event}>
            <strong>{t.words.trackEvent[scan.event]}</strong> {formatInstant(scan.occurredAt)}
            <div className="untrusted">{scan.text}</div>
            <div className="muted untrusted">
              {scan.outletName === null ? '' : `${scan.outletName} · `}
              {t.case.received(formatInstant(scan.receivedAt), t.words.trackSource[scan.source])}
            </div>
          </div>
        ),
      }))}
    />
  );
}

/** Who did what and what it changed, newest first. */
export function AuditTimeline({ interceptId }: { interceptId: string }) {
  const t = text();
  const audit = useQuery(auditQuery(interceptId));
  if (audit.isPending) return <Skeleton active />;
  if (audit.isError) return <ProblemAlert error={audit.error} onRetry={() => void audit.refetch()} />;
  const newestFirst = audit.data.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <Timeline
      items={newestFirst.map((entry, index) => ({
        key: `${entry.at} ${entry.what} ${index}`,
        content: (
          <div data-audit={entry.what}>
            <strong>{auditText(entry.what)}</strong> {formatInstant(entry.at)}
            <div className="untrusted">
              {t.words.actorKind[entry.actorKind]} · {formatActor(entry.actor)}
            </div>
            {changesOf(entry).map((change) => (
              <div key={change}>{change}</div>
            ))}
            {entry.reference !== null && <div className="muted untrusted">{t.case.reference(entry.reference)}</div>}
          </div>
        ),
      }))}
    />
  );
}
