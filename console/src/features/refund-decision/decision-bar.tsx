import { Button } from 'antd';
import { useId, useState } from 'react';
import { useMay } from '../session/permissions.tsx';
import type { AllowedAction, Intercept, Proposal } from '../../api/types.ts';
import { text } from '../../i18n/text.ts';
import { Countdowns } from '../intercept-view/case-progress.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Advice } from './advice.tsx';
import { type Decision, DecisionDialog } from './decision-dialogs.tsx';

const DECISIONS: readonly Decision[] = ['APPROVE_REFUND', 'REJECT_REFUND', 'REQUEST_ARBITRATION'];

/** Why a button is off, and since when it will be on. */
function WhyNot({ id, action, denied, onUnlock }: { id: string; action: AllowedAction; denied: string | null; onUnlock: () => void }) {
  const t = text();
  const reason = denied ?? (action.reason === null ? '' : t.words.actionReason[action.reason]);
  return (
    <li id={id} data-action={action.action}>
      {t.case.unavailable(t.words.action[action.action], reason)}
      {denied === null && action.availableAt !== null && (
        <>
          （{t.case.availableAt(formatInstant(action.availableAt))}，{t.case.availableIn}{' '}
          <Countdown until={action.availableAt} then={t.case.unlockThen} warns={false} onReached={onUnlock} />）
        </>
      )}
    </li>
  );
}

interface DecisionBarProps {
  intercept: Intercept;
  onUnlock: () => void;
  /** The buttons stand at the window's lower edge with the time left, whatever is scrolled to. */
  pinned: boolean;
}

/** 同意退款, 拒绝退款, 申请平台介入: exactly what the service allows, with its reason and time where it does not (R26, R31). */
export function DecisionBar({ intercept, onUnlock, pinned }: DecisionBarProps) {
  const t = text();
  const id = useId();
  const { whyNot } = useMay('intercepts:write');
  const [decision, setDecision] = useState<Decision | null>(null);
  const [followed, setFollowed] = useState<Proposal | null>(null);
  const follow = (proposal: Proposal): void => {
    setFollowed(proposal);
    setDecision(`${proposal.action}_REFUND`);
  };
  const close = (): void => {
    setDecision(null);
    setFollowed(null);
  };
  const actions = DECISIONS.flatMap((name) =>
    intercept.allowedActions.filter(({ action }) => action === name).map((action) => ({ name, action })),
  );
  const refused = actions.filter(({ action }) => !action.allowed || whyNot !== null);
  return (
    <section aria-label={t.case.decisions} className="page">
      <Advice intercept={intercept} onFollow={whyNot === null ? follow : null} />
      <div className={pinned ? 'decisions-pinned' : undefined}>
        {pinned && <Countdowns intercept={intercept} brief />}
        <div className="row decisions">
          {actions.map(({ name, action }) => {
            const enabled = action.allowed && whyNot === null;
            return (
              <Button
                key={name}
                type={name === 'APPROVE_REFUND' ? 'primary' : 'default'}
                danger={name === 'REJECT_REFUND'}
                disabled={!enabled}
                aria-describedby={enabled ? undefined : `${id}-${name}`}
                onClick={() => setDecision(name)}
              >
                {t.words.action[name]}
              </Button>
            );
          })}
        </div>
      </div>
      {refused.length > 0 && (
        <ul className="muted reasons">
          {refused.map(({ name, action }) => (
            <WhyNot key={name} id={`${id}-${name}`} action={action} denied={whyNot} onUnlock={onUnlock} />
          ))}
        </ul>
      )}
      {decision !== null && <DecisionDialog decision={decision} intercept={intercept} proposed={followed?.rejection} onClose={close} />}
    </section>
  );
}
