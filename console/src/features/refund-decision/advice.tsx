import { Alert, Button, Tag } from 'antd';
import type { Intercept, Proposal } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { formatInstant } from '../../ui/format.ts';
import { usePhone } from '../../ui/window-width.ts';
import { conditionName, foundText, wantedText } from '../rules/condition-words.ts';

/** Why it is proposed: what became of the intercept, and each condition with what there was. */
function reasonsOf({ situation, conditions }: Proposal): string[] {
  const { words, rules } = text();
  return [
    words.situation[situation],
    ...conditions.map(
      (verdict) =>
        `${conditionName(verdict.condition)}: ${rules.wanted} ${wantedText(verdict.condition, verdict.wanted)}, ${rules.found} ${foundText(verdict)}`,
    ),
  ];
}

/** 建议 and 已上报 in a list. */
export function AdviceTags({ intercept }: { intercept: Intercept }) {
  const t = text();
  const { proposal, escalation } = intercept;
  return (
    <>
      {proposal && (
        <Tag color={proposal.action === 'REJECT' ? 'error' : 'processing'} title={[proposal.name, ...reasonsOf(proposal)].join('\n')}>
          {t.words.proposedAction[proposal.action]}
        </Tag>
      )}
      {escalation && <Tag color="warning">{t.advice.escalated(escalation.staffName)}</Tag>}
    </>
  );
}

/** What the shop's settings propose for a case, with its reasons, and who was told that it waits. Nothing happens before somebody follows it. */
export function Advice({ intercept, onFollow }: { intercept: Intercept; onFollow: ((proposal: Proposal) => void) | null }) {
  const t = text();
  const phone = usePhone();
  const { proposal, escalation } = intercept;
  return (
    <>
      {escalation && (
        <Alert
          type="warning"
          showIcon
          data-escalated
          title={<span className="untrusted">{t.advice.escalated(escalation.staffName)}</span>}
          description={t.advice.escalatedAt(formatInstant(escalation.at))}
        />
      )}
      {proposal && (
        <Alert
          type="info"
          showIcon
          data-proposal={proposal.action}
          title={<span className="untrusted">{t.advice.proposed(t.words.action[`${proposal.action}_REFUND`], proposal.name)}</span>}
          description={
            <ul className="reasons">
              {reasonsOf(proposal).map((line) => (
                <li key={line} className="untrusted">
                  {line}
                </li>
              ))}
            </ul>
          }
          action={
            onFollow && (
              <Button size={phone ? 'middle' : 'small'} onClick={() => onFollow(proposal)}>
                {t.advice.follow}
              </Button>
            )
          }
        />
      )}
    </>
  );
}
