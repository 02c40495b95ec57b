import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HOUR_MS } from '../domain/time.ts';
import { takeResult } from '../evidence/intake.ts';
import { inTransaction } from '../store/db.ts';
import { type CaseHandle, CaseWorld, refusalOf } from '../test/support/case-world.ts';
import { createTimeSkippingEnv } from '../test/support/time-skipping.ts';
import { approveRefundUpdate, rejectRefundUpdate, requestArbitrationUpdate } from './messages.ts';

const APPROVE = 'open.seller.order.refund.approve';
const REJECT = 'open.seller.order.refund.disagree.refund';
const ARBITRATE = 'open.seller.order.refund.apply.entry';
const DETAIL = 'open.seller.order.refund.detail';

const rejection = { actor: 'tester', reason: '1002', description: '包裹已在途', images: [] };
const appeal = { actor: 'tester', description: '请平台介入', pictures: [] };

let world: CaseWorld;
beforeAll(async () => {
  world = await CaseWorld.open(await createTimeSkippingEnv());
});
afterAll(() => world.close());
afterEach(() => world.control('DELETE', '/sim/faults'));

type Command = 'approve' | 'reject' | 'arbitrate';

function give(handle: CaseHandle, command: Command, updateId: string): Promise<unknown> {
  if (command === 'approve')
    return handle.executeUpdate(approveRefundUpdate, { updateId, args: [{ actor: 'tester', refundFeeFen: null }] });
  if (command === 'reject') return handle.executeUpdate(rejectRefundUpdate, { updateId, args: [rejection] });
  return handle.executeUpdate(requestArbitrationUpdate, { updateId, args: [appeal] });
}

describe('2.6 a rejection or arbitration of unknown outcome that nothing overtakes', () => {
  test.each([
    { command: 'reject', api: REJECT, refundStatus: 'REJECTED' },
    { command: 'arbitrate', api: ARBITRATE, refundStatus: 'UNDER_ARBITRATION' },
  ] as const)('2.6 $command: the refund is read before any further call, which finds it done', async ({ command, api, refundStatus }) => {
    const { seeded, handle } = await world.begin();
    await world.sleepUntil(seeded.input.initiatedAt + 73 * HOUR_MS);
    await world.control('POST', '/sim/faults', { party: 'KUAISHOU', api, kind: 'timeout-after-accepting', times: 1, delayMs: 50 });
    expect(await refusalOf(give(handle, command, `${command}:1`))).toBeNull();
    expect(await world.view(handle)).toMatchObject({ refundStatus });
    expect(await world.calls(api, seeded.refundId)).toHaveLength(1);
  });

  test('2.6 a definite refusal of the platform is answered, noted, and the case goes on', async () => {
    const { seeded, handle } = await world.begin();
    await world.sleepUntil(seeded.input.initiatedAt + 73 * HOUR_MS);
    const refused = handle.executeUpdate(rejectRefundUpdate, { args: [{ ...rejection, reason: '9999' }] });
    await expect(refused).rejects.toMatchObject({
      cause: { type: 'ACTION_REFUSED_BY_PLATFORM', details: [{ platform: { code: '300002' } }] },
    });
    const view = await world.view(handle);
    expect(view).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'ARMED' });
    expect(view.notices).toContain('ACTION_REFUSED_BY_PLATFORM');
    expect(await refusalOf(give(handle, 'reject', 'reject:2'))).toBeNull();
  });
});

describe('2.6 EVIDENCE_PENDING', () => {
  test('2.6 a success that lies undelivered in the inbox stops the rejection, and pays once delivered', async () => {
    const { seeded, handle } = await world.begin();
    await world.sleepUntil(seeded.input.initiatedAt + 73 * HOUR_MS);
    const { waybillNo } = seeded.input;
    await inTransaction(world.database.kysely, (trx) =>
      takeResult(
        trx,
        'ZTO',
        { eventId: `pending:${waybillNo}`, waybillNo, result: 'SUCCEEDED', occurredAt: Date.now(), code: null, message: '' },
        'PUSH',
      ),
    );
    expect(await refusalOf(give(handle, 'reject', 'reject:1'))).toEqual({ type: 'EVIDENCE_PENDING', reason: null });
    expect(await world.calls(REJECT, seeded.refundId)).toHaveLength(0);
    expect(await world.view(handle)).toMatchObject({ refundStatus: 'OPEN', automaticRefund: 'ARMED' });
    await world.signal(handle, 'RESULT_SUCCEEDED');
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('INTERCEPT_SUCCEEDED');
    expect(await world.paidCount(seeded.refundId)).toBe(1);
  });
});

describe('2.6 one money command at a time: every pair of concurrent commands', () => {
  const COMMANDS = ['approve', 'reject', 'arbitrate'] as const;
  const DONE = { approve: 'REFUNDED', reject: 'REJECTED', arbitrate: 'UNDER_ARBITRATION' } as const;
  const APIS = { approve: APPROVE, reject: REJECT, arbitrate: ARBITRATE } as const;
  const pairs = COMMANDS.flatMap((first) => COMMANDS.map((second) => ({ first, second })));

  /** How often each of the three calls left for the platform. */
  async function effects(refundId: string): Promise<Record<Command, number>> {
    const count = async (command: Command): Promise<number> => (await world.calls(APIS[command], refundId)).length;
    return { approve: await count('approve'), reject: await count('reject'), arbitrate: await count('arbitrate') };
  }

  test.each(pairs)('2.6 $first and $second at once, different update ids: one effect, the other refused', async ({ first, second }) => {
    const { seeded, handle } = await world.begin();
    await world.sleepUntil(seeded.input.initiatedAt + 73 * HOUR_MS);
    const answers = await Promise.all([refusalOf(give(handle, first, `${first}:a`)), refusalOf(give(handle, second, `${second}:b`))]);
    const winners = ([first, second] as const).filter((_command, index) => answers[index] === null);
    expect(winners).toHaveLength(1);
    const [winner] = winners as [Command];
    const loser = answers.find((answer) => answer !== null);
    expect(['COMMAND_IN_PROGRESS', 'ACTION_NOT_ALLOWED']).toContain(loser?.type);
    const none = { approve: 0, reject: 0, arbitrate: 0 };
    expect(await effects(seeded.refundId)).toEqual({ ...none, [winner]: 1 });
    await world.until(handle, ({ refundStatus }) => refundStatus === DONE[winner]);
    await world.sleepUntil(seeded.input.initiatedAt + 121 * HOUR_MS);
    expect(await world.view(handle)).toMatchObject({ refundStatus: DONE[winner] });
    expect(await world.paidCount(seeded.refundId)).toBe(winner === 'approve' ? 1 : 0);
  });

  test.each(COMMANDS)('2.6 %s twice at once with one update id collapses into one', async (command) => {
    const { seeded, handle } = await world.begin();
    await world.sleepUntil(seeded.input.initiatedAt + 73 * HOUR_MS);
    const updateId = `${command}:2`;
    const [one, other] = await Promise.all([give(handle, command, updateId), give(handle, command, updateId)]);
    expect(one).toEqual(other);
    expect(await effects(seeded.refundId)).toEqual({ approve: 0, reject: 0, arbitrate: 0, [command]: 1 });
    expect(await world.view(handle)).toMatchObject({ refundStatus: DONE[command] });
  });

  test('2.5.4 (F50) a command at the deadline is refused, whatever woke first', async () => {
    const { seeded, handle } = await world.begin();
    await world.control('POST', '/sim/faults', { party: 'KUAISHOU', api: DETAIL, kind: 'http-500' });
    await world.sleepUntil(seeded.input.initiatedAt + 120 * HOUR_MS);
    const refused = await refusalOf(give(handle, 'reject', 'reject:1'));
    expect(['COMMAND_IN_PROGRESS', 'ACTION_NOT_ALLOWED']).toContain(refused?.type);
    await world.control('DELETE', '/sim/faults');
    await world.env.sleep(HOUR_MS);
    const view = await world.until(handle, ({ refundStatus }) => refundStatus === 'REFUNDED');
    expect(view.refundCause).toBe('DEADLINE_PASSED');
  });
});
