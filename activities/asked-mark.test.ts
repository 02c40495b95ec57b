import { describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { CarrierClient, InterceptAnswer } from '../carriers/port.ts';
import type { CarrierAnswer } from '../domain/intercept/event.ts';
import { leaveAskedMark, mayHaveAskedBefore } from './asked-mark.ts';
import { createCarrierActivities } from './carrier.ts';

const inTry = (attempt: number, heartbeatDetails?: unknown) =>
  new MockActivityEnvironment({ attempt, heartbeatDetails }, { logger: new DefaultLogger('ERROR') });
const mayHaveAsked = (attempt: number, left?: unknown) => inTry(attempt, left).run(async () => mayHaveAskedBefore());

describe('whether an earlier try may have reached the carrier', () => {
  test('the first one has none before it', async () => {
    expect(await mayHaveAsked(1)).toBe(false);
  });

  test('a try that ended without a word may have asked: its mark died with it', async () => {
    expect(await mayHaveAsked(2)).toBe(true);
    expect(await mayHaveAsked(3, { asked: false, attempt: 1 })).toBe(true);
    expect(await mayHaveAsked(2, { asked: false })).toBe(true);
  });

  test('what the last try said counts', async () => {
    expect(await mayHaveAsked(2, { asked: false, attempt: 1 })).toBe(false);
    expect(await mayHaveAsked(2, { asked: true, attempt: 1 })).toBe(true);
  });

  test('a mark names its try', async () => {
    const environment = inTry(4);
    const left: unknown[] = [];
    environment.on('heartbeat', (details) => left.push(details));
    await environment.run(async () => leaveAskedMark(true));
    expect(left).toEqual([{ asked: true, attempt: 4 }]);
  });
});

describe('a carrier whose refusal our own earlier request would explain', () => {
  const REFUSED = { kind: 'REFUSED', code: null, message: '该运单状态不支持拦截', perhapsOurs: true } as InterceptAnswer;
  const request = { interceptId: 'i-1', shopId: '1', carrier: 'YTO', waybillNo: 'YT1', repeated: false };

  /** Asks it in a try of that number; what the activity makes of the refusal, and what it leaves. */
  async function ask(attempt: number, left?: unknown, answer = REFUSED): Promise<{ answer: CarrierAnswer | string; left: unknown[] }> {
    const environment = inTry(attempt, left);
    const marks: unknown[] = [];
    environment.on('heartbeat', (details) => marks.push(details));
    const client = { requestIntercept: async () => answer, readIntercept: null } as unknown as CarrierClient;
    const { requestIntercept } = createCarrierActivities(
      client,
      async () => {},
      async () => null,
    );
    const asked = environment.run(() => requestIntercept(request as never));
    return { answer: (await asked.catch((error: Error) => error.message)) as CarrierAnswer, left: marks };
  }

  test('refuses the first try', async () => {
    expect(await ask(1)).toMatchObject({ answer: { kind: 'REFUSED' }, left: [{ asked: true, attempt: 1 }] });
  });

  test('accepts after a try that died over its call, mark and all', async () => {
    expect(await ask(2)).toMatchObject({ answer: { kind: 'ACCEPTED' } });
  });

  test('refuses after a try whose call never left', async () => {
    const never = { kind: 'UNKNOWN', sent: false, reason: 'ECONNREFUSED' } as InterceptAnswer;
    const first = await ask(1, undefined, never);
    expect(first.left.at(-1)).toEqual({ asked: false, attempt: 1 });
    expect(await ask(2, first.left.at(-1))).toMatchObject({ answer: { kind: 'REFUSED' } });
  });
});
