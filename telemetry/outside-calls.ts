import { Counter, Histogram, type Registry } from '@prometheus-io/client';
import type { Carrier, CarrierClient } from '../carriers/port.ts';
import { type Platform, PlatformUnavailable } from '../platforms/port.ts';

/**
 * How a call to somebody else ended. `REFUSED`: they said no to what was asked · `UNAUTHORISED`: no to our own account ·
 * `NO_ANSWER`: nothing is known of what became of it · `FAILED`: a defect of ours.
 */
type CallOutcome = 'ANSWERED' | 'REFUSED' | 'UNAUTHORISED' | 'NO_ANSWER' | 'FAILED';

/** One call: whom, and by which function of their port. */
export interface OutsideCall {
  party: string;
  call: string;
}

/** Runs a call inside something, such as a span; must answer what the call answers. */
export type AroundCall = <T>(call: OutsideCall, work: () => Promise<T>) => Promise<T>;

/** The parties we call, counted and timed by party, call and outcome. Never delays or changes an answer. */
export interface WatchedParties {
  carriers<C extends { carrier: Pick<Carrier, 'code'>; client: CarrierClient }>(connected: readonly C[]): C[];
  platform(name: string, platform: Platform): Platform;
}

/** The metrics `outside_calls_total` and `outside_call_seconds` of this process; make it once for a registry. */
export function watchParties(registry: Registry, around: AroundCall = (_call, work) => work()): WatchedParties {
  const calls = new Counter({
    name: 'outside_calls_total',
    help: 'Calls to carriers and platform that ended, by party, call and how',
    labelNames: ['party', 'call', 'outcome'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'outside_call_seconds',
    help: 'Time a call to a carrier or the platform took, whatever its outcome',
    labelNames: ['party', 'call'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16],
    registers: [registry],
  });
  const watch = <Asked extends unknown[], Answer>(call: OutsideCall, ask: (...asked: Asked) => Promise<Answer>) => {
    // From nought on, so that the first call is seen to rise: a count that is first seen at 1 never rose, for Prometheus.
    for (const outcome of ['ANSWERED', 'NO_ANSWER']) calls.inc({ ...call, outcome }, 0);
    seconds.zero({ ...call });
    return async (...asked: Asked): Promise<Answer> => {
      const since = performance.now();
      let outcome: CallOutcome = 'FAILED';
      try {
        const answer = await around(call, () => ask(...asked));
        outcome = outcomeOf(answer);
        return answer;
      } catch (error) {
        if (error instanceof PlatformUnavailable) outcome = error.why === 'UNAUTHORISED' ? 'UNAUTHORISED' : 'NO_ANSWER';
        throw error;
      } finally {
        calls.inc({ ...call, outcome });
        seconds.observe({ ...call }, (performance.now() - since) / 1_000);
      }
    };
  };
  return {
    carriers: (connected) => connected.map((one) => ({ ...one, client: watchCarrier(one.carrier.code, one.client, watch) })),
    platform: (name, platform) => watchPlatform(name, platform, watch),
  };
}

type Watch = <Asked extends unknown[], Answer>(
  call: OutsideCall,
  ask: (...asked: Asked) => Promise<Answer>,
) => (...asked: Asked) => Promise<Answer>;

/** Both ports tell by `kind` how an answer is meant; what has none of these kinds, or no kind, was answered. */
function outcomeOf(answer: unknown): CallOutcome {
  const { kind, accessFault } = (answer ?? {}) as { kind?: unknown; accessFault?: unknown };
  if (kind === 'UNKNOWN' || kind === 'UNAVAILABLE') return accessFault === undefined ? 'NO_ANSWER' : 'UNAUTHORISED';
  return kind === 'REFUSED' || kind === 'STALE' || kind === 'WITHDRAWN' ? 'REFUSED' : 'ANSWERED';
}

function watchCarrier(party: string, client: CarrierClient, watch: Watch): CarrierClient {
  const { claims } = client;
  return {
    requestIntercept: watch({ party, call: 'requestIntercept' }, client.requestIntercept),
    readIntercept: client.readIntercept && watch({ party, call: 'readIntercept' }, client.readIntercept),
    readTrack: watch({ party, call: 'readTrack' }, client.readTrack),
    subscribeTrack: client.subscribeTrack && watch({ party, call: 'subscribeTrack' }, client.subscribeTrack),
    readPush: client.readPush,
    claims: claims && {
      open: watch({ party, call: 'openClaim' }, claims.open),
      read: watch({ party, call: 'readClaim' }, claims.read),
    },
  };
}

function watchPlatform(party: string, platform: Platform, watch: Watch): Platform {
  return {
    readRefund: watch({ party, call: 'readRefund' }, platform.readRefund),
    readOrder: watch({ party, call: 'readOrder' }, platform.readOrder),
    listOpenRefunds: watch({ party, call: 'listOpenRefunds' }, platform.listOpenRefunds),
    listUpdatedRefunds: watch({ party, call: 'listUpdatedRefunds' }, platform.listUpdatedRefunds),
    approveRefund: watch({ party, call: 'approveRefund' }, platform.approveRefund),
    rejectRefund: watch({ party, call: 'rejectRefund' }, platform.rejectRefund),
    requestArbitration: watch({ party, call: 'requestArbitration' }, platform.requestArbitration),
    listRejectReasons: watch({ party, call: 'listRejectReasons' }, platform.listRejectReasons),
    listEbillOutlets: watch({ party, call: 'listEbillOutlets' }, platform.listEbillOutlets),
    isReachable: watch({ party, call: 'isReachable' }, platform.isReachable),
    readMessage: platform.readMessage,
    refreshTokens: watch({ party, call: 'refreshTokens' }, platform.refreshTokens),
  };
}
