import { Card, Col, Row, Typography } from 'antd';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { type Figures, change, durationText, percent, perYuan } from './figures.ts';

/** What the time came to, each figure beside the one of the time of the same length before it. */
export function Headline({ total, before }: { total: Figures; before: Figures }) {
  const t = text();
  const { statistics: words } = t;
  const figures: { title: string; note?: string; of: (figures: Figures) => number | null; format: (value: number | null) => string }[] = [
    { title: words.recovered, note: words.recoveredHelp, of: ({ recoveredFen }) => recoveredFen, format: formatFen },
    { title: words.feeTotal, of: ({ feeFen }) => feeFen, format: formatFen },
    { title: words.feePerRecovered, of: ({ feePerRecoveredYuan }) => feePerRecoveredYuan, format: perYuan },
    { title: words.total, of: ({ total: count }) => count, format: String },
    { title: words.successRate, of: ({ successRate }) => successRate, format: percent },
    {
      title: words.timeToResult,
      of: ({ medianTimeToResultMs }) => medianTimeToResultMs,
      format: (ms) => durationText(ms, words.duration),
    },
  ];
  return (
    <Card size="small" title={words.headline}>
      <Row gutter={[16, 16]}>
        {figures.map(({ title, note, of, format }) => {
          const [now, then] = [of(total), of(before)];
          return (
            <Col key={title} xs={12} md={8} xl={4} title={note}>
              <div>{title}</div>
              <strong className="figure">{format(now)}</strong>
              <div>
                <Typography.Text type="secondary">
                  {before.total === 0 ? words.beforeNone : words.before(format(then), format === percent ? null : change(now, then))}
                </Typography.Text>
              </div>
            </Col>
          );
        })}
      </Row>
    </Card>
  );
}
