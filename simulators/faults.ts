import type { Party } from './parties.ts';
import type { Stage } from './stage.ts';
import type { Fault, FaultKind } from './state.ts';

export interface NewFault {
  party: Party;
  api?: string;
  kind: FaultKind;
  code?: string;
  message?: string;
  times?: number;
  delayMs?: number;
}

/** Arms a fault. It strikes calls of `party` (only `api`, when named) `times` times, or until removed. */
export function armFault(stage: Stage, given: NewFault): Fault {
  const fault: Fault = {
    faultId: `F${stage.nextNumber()}`,
    party: given.party,
    api: given.api ?? null,
    kind: given.kind,
    code: given.code ?? null,
    message: given.message ?? null,
    timesLeft: given.times ?? null,
    delayMs: given.delayMs ?? null,
  };
  stage.state.faults[fault.faultId] = fault;
  stage.changed('faults', fault.faultId);
  return fault;
}

/** The oldest armed fault that strikes this call, counted down; null when there is none. Push faults strike pushes only. */
export function takeFault(stage: Stage, party: Party, api: string, where: 'CALL' | 'PUSH'): Fault | null {
  const fault = Object.values(stage.state.faults).find((each) => {
    const strikesPushes = each.kind.startsWith('push-');
    return each.party === party && strikesPushes === (where === 'PUSH') && (each.api === null || each.api === api);
  });
  if (fault === undefined) return null;
  if (fault.timesLeft !== null) {
    fault.timesLeft -= 1;
    if (fault.timesLeft <= 0) disarmFaults(stage, fault.faultId);
    else stage.changed('faults', fault.faultId);
  }
  return { ...fault };
}

/** Removes one fault, or all of them when none is named. Returns how many went. */
export function disarmFaults(stage: Stage, faultId?: string): number {
  const gone = Object.keys(stage.state.faults).filter((armed) => faultId === undefined || armed === faultId);
  for (const armed of gone) {
    delete stage.state.faults[armed];
    stage.changed('faults', armed);
  }
  return gone.length;
}
