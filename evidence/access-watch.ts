import type { AccessFault } from '../carriers/access-fault.ts';
import type { Carrier, CarrierClient } from '../carriers/port.ts';
import { SECOND_MS } from '../domain/time.ts';
import { noteAccessFault } from '../store/carrier-access.ts';
import type { EvidenceDeps } from './deps.ts';

interface Connected {
  carrier: Pick<Carrier, 'code'>;
  client: CarrierClient;
}

/** A fault that goes on is logged and noted again after this; the gauge counts what was noted within a longer time. */
const NOTE_EVERY_MS = 30 * SECOND_MS;

/**
 * The same carriers, watched: a call by which a carrier refuses our own account (key, address list, right, binding) is logged
 * with what to do about it, and counted by the gauge `carrier_configuration_faults`. Never delays or changes an answer.
 */
export function watchAccess<C extends Connected>(connected: readonly C[], { db, log }: Pick<EvidenceDeps, 'db' | 'log'>): C[] {
  const notedAt = new Map<string, number>();
  const note = (carrier: string, operation: string, { code, message, remedy }: AccessFault): void => {
    const key = `${carrier} ${operation} ${code}`;
    if (performance.now() - (notedAt.get(key) ?? -NOTE_EVERY_MS) < NOTE_EVERY_MS) return;
    notedAt.set(key, performance.now());
    log.error({ carrier, operation, code, message, remedy }, 'the carrier refuses our own account; it is asked again');
    noteAccessFault(db, { carrier, operation, code, message }).catch((error: unknown) => {
      notedAt.delete(key);
      log.warn({ err: error, carrier, operation }, 'a refused access could not be noted');
    });
  };
  return connected.map((one) => ({ ...one, client: watchClient(one.client, (...fault) => note(one.carrier.code, ...fault)) }));
}

type Note = (operation: string, fault: AccessFault) => void;

function watchClient(client: CarrierClient, note: Note): CarrierClient {
  const { claims } = client;
  return {
    requestIntercept: watchCall('INTERCEPT', client.requestIntercept, note),
    readIntercept: client.readIntercept && watchCall('STATUS', client.readIntercept, note),
    readTrack: watchCall('TRACK', client.readTrack, note),
    subscribeTrack: client.subscribeTrack && watchCall('SUBSCRIBE', client.subscribeTrack, note),
    readPush: client.readPush,
    claims: claims && { open: watchCall('CLAIM', claims.open, note), read: watchCall('CLAIM', claims.read, note) },
  };
}

function watchCall<Asked extends unknown[], Answer extends object>(
  operation: string,
  call: (...asked: Asked) => Promise<Answer>,
  note: Note,
): (...asked: Asked) => Promise<Answer> {
  return async (...asked) => {
    const answer = await call(...asked);
    const { accessFault } = answer as { accessFault?: AccessFault };
    if (accessFault) note(operation, accessFault);
    return answer;
  };
}
