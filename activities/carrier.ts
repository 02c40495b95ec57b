import { ApplicationFailure } from '@temporalio/activity';
import { type CircuitBreakerPolicy, circuitBreaker, ConsecutiveBreaker, handleWhenResult, isBrokenCircuitError } from 'cockatiel';
import type { CarrierClient, InterceptAnswer } from '../carriers/port.ts';
import type { CarrierAnswer } from '../domain/intercept/event.ts';
import { leaveAskedMark, mayHaveAskedBefore } from './asked-mark.ts';
import { acceptanceIn, judgeAnswer } from './carrier-answer.ts';
import type { ReturnAddress } from '../domain/return-address.ts';
import type { CarrierActivities, CarrierRequest } from './types.ts';

/** The outlet's staff read this as the reason of the intercept. */
const REASON = '买家申请仅退款，拦截退回';
const BREAKER_OPEN_MS = 10_000;
const FAILURES_TO_OPEN = 5;

/** Tells the cases of a waybill that our access at the carrier is being set right; must not fail. */
export type TellAccessBroken = (request: CarrierRequest) => Promise<void>;

/** Reads the return address that a case names, null when it was deleted. */
export type ReadReturnAddress = (shopId: string, version: number) => Promise<ReturnAddress | null>;

/**
 * Calls to one carrier. A carrier that keeps failing is left alone for a while, its cases wait, nobody else's do. One that
 * refuses our account works: it is asked again by each case's own back-off, and each case is told.
 */
export function createCarrierActivities(
  client: CarrierClient,
  tellAccessBroken: TellAccessBroken,
  readReturnAddress: ReadReturnAddress,
): CarrierActivities {
  const breaker = circuitBreaker(
    handleWhenResult((result) => {
      const answer = result as InterceptAnswer;
      return answer.kind === 'UNKNOWN' && !answer.accessFault;
    }),
    { halfOpenAfter: BREAKER_OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );
  return {
    async requestIntercept(request: CarrierRequest): Promise<CarrierAnswer> {
      const returnAddress = request.returnTo === 'ADDRESS' ? await addressOf(request, readReturnAddress) : undefined;
      const mayHaveAsked = request.repeated || mayHaveAskedBefore();
      // After an unknown outcome a carrier with a status to ask for (ZTO) is asked that first.
      const status = mayHaveAsked && client.readIntercept !== null ? await client.readIntercept(request.waybillNo) : null;
      const known =
        acceptanceIn(status) ??
        judgeAnswer(await ask(client, breaker, { ...request, returnAddress }, mayHaveAsked), { mayHaveAsked, status });
      if (known.kind !== 'UNKNOWN') return known;
      if (known.accessFault) await tellAccessBroken(request);
      throw ApplicationFailure.create({
        type: known.accessFault ? 'CARRIER_ACCESS_BROKEN' : 'CARRIER_UNKNOWN',
        message: `${request.carrier} ${request.waybillNo}: ${known.reason}; asking again`,
      });
    },
  };
}

/** Where the parcel is to go, as the case named it: to no other place is it ever asked to go, however long that takes. */
async function addressOf({ shopId, returnAddressVersion }: CarrierRequest, read: ReadReturnAddress): Promise<ReturnAddress> {
  const address = shopId && returnAddressVersion ? await read(shopId, returnAddressVersion) : null;
  if (address === null)
    throw ApplicationFailure.create({ type: 'RETURN_ADDRESS_GONE', message: `the return address ${returnAddressVersion} was deleted` });
  return address;
}

async function ask(
  client: CarrierClient,
  breaker: CircuitBreakerPolicy,
  request: CarrierRequest & { returnAddress: ReturnAddress | undefined },
  asked: boolean,
): Promise<InterceptAnswer> {
  try {
    return await breaker.execute(async () => {
      leaveAskedMark(true);
      const { waybillNo, returnTo, returnAddress } = request;
      const answer = await client.requestIntercept({ waybillNo, requestId: request.interceptId, reason: REASON, returnTo, returnAddress });
      if (answer.kind === 'UNKNOWN' && !answer.sent) leaveAskedMark(asked);
      return answer;
    });
  } catch (error) {
    if (!isBrokenCircuitError(error)) throw error;
    leaveAskedMark(asked);
    throw ApplicationFailure.create({
      type: 'CARRIER_PAUSED',
      message: `${request.carrier} failed ${FAILURES_TO_OPEN} times in a row; calls pause for ${BREAKER_OPEN_MS / 1000} s`,
      nextRetryDelay: BREAKER_OPEN_MS,
    });
  }
}
