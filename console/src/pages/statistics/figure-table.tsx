import { Table } from 'antd';
import { text } from '../../i18n/text.ts';
import { formatFen } from '../../ui/format.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { type Figures, type StatisticsItem, durationText, groupName, percent, perYuan } from './figures.ts';

/** Every figure of every group, and of all together. */
export function FigureTable({ items, total }: { items: StatisticsItem[]; total: Figures }) {
  const t = text();
  const { statistics: words } = t;
  const duration = (ms: number | null): string => durationText(ms, words.duration);
  const figures: [string, (figures: Figures) => string | number][] = [
    [words.total, ({ total: count }) => count],
    [words.accepted, ({ accepted }) => accepted],
    [words.succeeded, ({ succeeded }) => succeeded],
    [words.failed, ({ failed }) => failed],
    [words.refused, ({ refused }) => refused],
    [words.noResult, ({ noResult }) => noResult],
    [words.successRate, ({ successRate }) => percent(successRate)],
    [words.timeToResult, ({ medianTimeToResultMs }) => duration(medianTimeToResultMs)],
    [words.refundDuration, ({ medianRefundDurationMs }) => duration(medianRefundDurationMs)],
    [words.disputeRate, ({ disputeRate }) => percent(disputeRate)],
    [words.returnFailureRate, ({ returnFailureRate }) => percent(returnFailureRate)],
    [words.recovered, ({ recoveredFen }) => formatFen(recoveredFen)],
    [words.feePerRecovered, ({ feePerRecoveredYuan }) => perYuan(feePerRecoveredYuan)],
    [words.fees, ({ feePerParcelFen }) => formatFen(feePerParcelFen)],
    [words.feeTotal, ({ feeFen }) => formatFen(feeFen)],
    [words.awarded, ({ awardedFen }) => formatFen(awardedFen)],
  ];
  return (
    <ScrollRegion label={words.tableLabel}>
      <Table<StatisticsItem>
        size="small"
        rowKey={(item) => `${item.day ?? ''} ${item.carrier ?? ''} ${item.outletCode ?? ''} ${item.ruleId ?? ''}`}
        dataSource={items}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true }}
        columns={[
          {
            title: words.group,
            render: (_, item) => <span className="untrusted">{groupName(item, t.words.carrier, words.byPeople)}</span>,
          },
          ...figures.map(([title, cell]) => ({
            title,
            key: title,
            align: 'right' as const,
            render: (_: unknown, item: StatisticsItem) => cell(item),
          })),
        ]}
        summary={() => (
          <Table.Summary.Row>
            <Table.Summary.Cell index={0}>
              <strong>{t.statements.totals}</strong>
            </Table.Summary.Cell>
            {figures.map(([title, cell], index) => (
              <Table.Summary.Cell key={title} index={index + 1} align="right">
                {cell(total)}
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )}
      />
    </ScrollRegion>
  );
}
