import type { OutgoingPush } from './carrier.ts';
import { CARRIER_WIRES } from './carriers.ts';
import { takeFault } from './faults.ts';
import { writeMessage, messageAcknowledged } from './kuaishou/messages.ts';
import type { Party } from './parties.ts';
import type { Stage } from './stage.ts';
import type { Deed } from './state.ts';

const LATE_MS = 5_000;

type Again<Kind extends Deed['kind']> = { deed: Extract<Deed, { kind: Kind }>; afterMs: number } | null;

interface Attempt {
  party: Party;
  subject: string;
  what: string;
  attempt: number;
  timeoutMs: number;
  acknowledged(body: string): boolean;
}

/** Sends once and writes it down. True when the product acknowledged in the party's own form under a 2xx. */
async function send(stage: Stage, stopped: AbortSignal, push: OutgoingPush, attempt: Attempt): Promise<boolean> {
  const { party, subject, what } = attempt;
  const record = {
    at: stage.now(),
    party,
    subject,
    what,
    attempt: attempt.attempt,
    status: null as number | null,
    acknowledged: false,
    body: push.body,
  };
  stage.pushes.add(record);
  try {
    const response = await fetch(`${stage.settings.webhookBase}${push.path}`, {
      method: 'POST',
      headers: push.headers,
      body: push.body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(attempt.timeoutMs)]),
    });
    record.status = response.status;
    record.acknowledged = response.ok && attempt.acknowledged(await response.text());
  } catch {
    // No connection, no answer in time or half an answer: all the same to a sender, it sends again.
  }
  return record.acknowledged;
}

function waitBefore(retryMs: number[], attempt: number): number | null {
  return retryMs[attempt - 1] ?? null;
}

/** Pushes one scan in its carrier's form; comes again after the back-off until it is acknowledged or given up. */
export async function pushScan(stage: Stage, stopped: AbortSignal, deed: Extract<Deed, { kind: 'PUSH' }>): Promise<Again<'PUSH'>> {
  const parcel = stage.state.parcels[deed.waybillNo];
  const scan = parcel?.scans.find((each) => each.scanId === deed.scanId);
  if (parcel === undefined || scan === undefined || stage.settings.webhookBase === null) return null;
  const { pusher } = CARRIER_WIRES[parcel.carrier];
  if (pusher === null) return null;
  const fault = deed.attempt === 1 ? takeFault(stage, parcel.carrier, 'push', 'PUSH') : null;
  if (fault?.kind === 'push-lost') return null;
  if (fault?.kind === 'push-late') return { deed: { ...deed, attempt: 2 }, afterMs: fault.delayMs ?? LATE_MS };
  const attempt: Attempt = {
    party: parcel.carrier,
    subject: parcel.waybillNo,
    what: scan.event,
    attempt: deed.attempt,
    timeoutMs: stage.settings.pushTimeoutMs,
    acknowledged: pusher.acknowledged,
  };
  const push = pusher.write(parcel, scan, stage.settings.credentials, stage.now(), fault?.kind === 'push-bad-signature');
  if (fault?.kind === 'push-twice') await send(stage, stopped, push, attempt);
  if (await send(stage, stopped, push, attempt)) return null;
  const afterMs = waitBefore(stage.settings.pushRetryMs, deed.attempt);
  return afterMs === null ? null : { deed: { ...deed, attempt: deed.attempt + 1 }, afterMs };
}

/** Sends one message of the platform; repeated like a push, on the platform's own waits. */
export async function pushMessage(stage: Stage, stopped: AbortSignal, deed: Extract<Deed, { kind: 'MESSAGE' }>): Promise<Again<'MESSAGE'>> {
  if (stage.settings.webhookBase === null) return null;
  const fault = deed.attempt === 1 ? takeFault(stage, 'KUAISHOU', 'push', 'PUSH') : null;
  if (fault?.kind === 'push-lost') return null;
  if (fault?.kind === 'push-late') return { deed: { ...deed, attempt: 2 }, afterMs: fault.delayMs ?? LATE_MS };
  const attempt: Attempt = {
    party: 'KUAISHOU',
    subject: deed.message.bizId,
    what: deed.message.event,
    attempt: deed.attempt,
    timeoutMs: stage.settings.messageTimeoutMs,
    acknowledged: messageAcknowledged,
  };
  const push = writeMessage(deed.message, stage.settings.credentials, fault?.kind === 'push-bad-signature');
  if (fault?.kind === 'push-twice') await send(stage, stopped, push, attempt);
  if (await send(stage, stopped, push, attempt)) return null;
  const afterMs = waitBefore(stage.settings.messageRetryMs, deed.attempt);
  return afterMs === null ? null : { deed: { ...deed, attempt: deed.attempt + 1 }, afterMs };
}
