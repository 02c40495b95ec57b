import { appendFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStateFile } from './state-file.ts';
import type { Fault, Payment, Task } from './state.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fail = (error: unknown): void => {
  throw error;
};
const payment = (refundId: string): Payment => ({ refundId, shopId: '1', amountFen: 8990, at: 1, applied: true, code: 1 });
const fault: Fault = { faultId: 'F1', party: 'ZTO', api: null, kind: 'down', code: null, message: 'x', timesLeft: null, delayMs: null };
const task: Task = { taskId: 'T1', dueAt: 5, deed: { kind: 'SETTLE', refundId: '24' } };

type StateFile = Awaited<ReturnType<typeof openStateFile>>;

function pay(file: StateFile, refundId: string): Promise<void> {
  file.state.payments[`B${refundId}`] = payment(refundId);
  file.changed('payments', `B${refundId}`);
  return file.saved();
}

describe('the state file', () => {
  test('what was saved is there at the next opening, what was removed is not', async () => {
    const path = join(folder, 'deep', 'state.json');
    const file = await openStateFile(path, fail);
    file.state.lastNumber = 7;
    file.state.faults.F1 = fault;
    file.changed('faults', 'F1');
    await pay(file, '24');
    file.state.tasks.T1 = task;
    file.changed('tasks', 'T1');
    delete file.state.faults.F1;
    file.changed('faults', 'F1');
    await file.saved();
    const { state } = await openStateFile(path, fail);
    expect(state).toEqual(file.state);
    expect(state).toMatchObject({ lastNumber: 7, payments: { B24: payment('24') }, tasks: { T1: task }, faults: {} });
  });

  test('a change made during a write is written too', async () => {
    const path = join(folder, 'busy.json');
    const file = await openStateFile(path, fail);
    for (let number = 1; number <= 50; number += 1) {
      const saved = pay(file, String(number));
      if (number % 7 === 0) await saved;
    }
    await file.saved();
    expect(Object.keys((await openStateFile(path, fail)).state.payments)).toHaveLength(50);
  });

  test('a change costs what it changed, however much there is', async () => {
    const path = join(folder, 'long.json');
    const file = await openStateFile(path, fail);
    await pay(file, '0');
    const costOf = async (refundId: string): Promise<number> => {
      const before = (await stat(path)).size;
      await pay(file, refundId);
      return (await stat(path)).size - before;
    };
    const early = await costOf('1000');
    for (let number = 1001; number < 1999; number += 1) void pay(file, String(number));
    await file.saved();
    expect(await costOf('1999')).toBe(early);
  });

  test('what was overwritten goes: the file stays within a few times of what it holds', async () => {
    const path = join(folder, 'busy-record.json');
    const file = await openStateFile(path, fail);
    for (let round = 0; round < 60; round += 1) {
      file.state.faults.F1 = { ...fault, message: `${round}`.repeat(100_000) };
      file.changed('faults', 'F1');
      await file.saved();
    }
    expect((await stat(path)).size).toBeLessThan(5_000_000);
    expect((await openStateFile(path, fail)).state).toEqual(file.state);
    expect((await stat(path)).size).toBeLessThan(300_000);
  });

  test('a line that a kill cut off is dropped, what was saved before and is saved after it stays', async () => {
    const path = join(folder, 'killed.json');
    await pay(await openStateFile(path, fail), '1');
    const whole = await readFile(path, 'utf8');
    for (const cut of ['{"lastNumber":9,"payments":{"B2":{"refundId"', '{"lastNumber":9}']) {
      await writeFile(path, whole);
      await appendFile(path, cut);
      const file = await openStateFile(path, fail);
      expect(Object.keys(file.state.payments)).toEqual(['B1']);
      await pay(file, '3');
      expect(Object.keys((await openStateFile(path, fail)).state.payments)).toEqual(['B1', 'B3']);
    }
  });

  test('a file of the first version is read on', async () => {
    const path = join(folder, 'version-1.json');
    const old = { version: 1, lastNumber: 41, seeded: true, shops: {}, orders: {}, refunds: {}, parcels: {}, incidents: {} };
    await writeFile(path, JSON.stringify({ ...old, payments: [payment('1'), payment('2')], faults: [fault], tasks: [task] }));
    const file = await openStateFile(path, fail);
    expect(Object.values(file.state.payments)).toEqual([payment('1'), payment('2')]);
    expect(file.state).toMatchObject({ version: 2, lastNumber: 41, faults: { F1: fault }, tasks: { T1: task } });
    await pay(file, '3');
    expect((await openStateFile(path, fail)).state).toEqual(file.state);
  });

  test('a file of another version is refused by name', async () => {
    const path = join(folder, 'other.json');
    await writeFile(path, '{"version":99}');
    await expect(openStateFile(path, fail)).rejects.toThrow(path);
  });

  test('a disk that refuses is told to who waits; once it takes again, all of it is written', async () => {
    const path = join(folder, 'gone', 'state.json');
    const reported: unknown[] = [];
    const file = await openStateFile(path, (error) => reported.push(error));
    await pay(file, '1');
    await rm(join(folder, 'gone'), { recursive: true });
    await expect(pay(file, '2')).rejects.toThrow('ENOENT');
    expect(reported).toHaveLength(1);
    await mkdir(join(folder, 'gone'));
    await pay(file, '3');
    expect(Object.keys((await openStateFile(path, fail)).state.payments)).toEqual(['B1', 'B2', 'B3']);
  });
});
