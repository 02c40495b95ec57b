import { describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { MoneyOutcome } from '../domain/intercept/event.ts';
import { sampleRefund } from '../domain/intercept/sample-case.ts';
import { createMoneyActivities, type MoneyDeps } from './money.ts';
import type { PayRequest } from './types.ts';

const REFUND = sampleRefund();
const silence = () => new Promise<never>(() => {});
const away = () => Promise.reject(new Error('the database is away'));

/** A second try to pay a refund that is no longer open, as the platform shows it; the book of calls answers so, one answer a question. */
async function tryAgain(status: number, answers: (() => Promise<boolean>)[], heartbeatDetails?: unknown): Promise<MoneyOutcome> {
  const environment = new MockActivityEnvironment({ attempt: 2, heartbeatDetails }, { logger: new DefaultLogger('ERROR') });
  const deps: MoneyDeps = {
    platform: { readRefund: async () => ({ ...REFUND, status }) } as unknown as MoneyDeps['platform'],
    book: { noteCall: away, noteAnswer: away, mayHavePaid: () => (answers.shift() ?? silence)() },
    saveRecords: away,
    hasPendingEvidence: away,
    databaseClock: away,
  };
  const request = { shopId: '1001', refundId: REFUND.refundId, interceptId: `${REFUND.refundId}-1`, notBefore: null };
  return environment.run(() => createMoneyActivities(deps).payRefund(request as unknown as PayRequest));
}

describe('who paid a refund that is paid or closed when a try finds it', () => {
  test.each([60, 70])('is not said while nobody remembers: at %d the book is asked, and again later', async (status) => {
    await expect(tryAgain(status, [away, away])).rejects.toMatchObject({ type: 'BOOK_SILENT' });
  });

  test.each([true, false])('is what the book says when it answers after all: by us, %s', async (byUs) => {
    expect(await tryAgain(60, [away, async () => byUs])).toMatchObject({ kind: 'NOT_SENT', sent: byUs });
  });

  test('is what the earlier try left, without the book', async () => {
    expect(await tryAgain(60, [], { sent: true })).toMatchObject({ kind: 'NOT_SENT', sent: true });
  });

  test('is nobody when the merchant rejected it: the database is not waited for', async () => {
    expect(await tryAgain(12, [away])).toMatchObject({ kind: 'NOT_SENT', sent: false });
  });
});
