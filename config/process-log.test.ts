import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';

/** A program with a log, and `log` for it to write to. */
function program(code: string): ChildProcess {
  const script = `import { openProcessLog } from ${JSON.stringify(new URL('./process-log.ts', import.meta.url).href)};
const log = openProcessLog({ base: null, timestamp: false });
${code}`;
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], { stdio: ['pipe', 'pipe', 'inherit'] });
}

test('lines arrive whole and in order, also those of a reader that was slow', async () => {
  const child = program(`for (let n = 0; n < 5_000; n += 1) log.info({ n, text: 'x'.repeat(100) }, 'line');`);
  const text: string[] = [];
  const exited = once(child, 'exit');
  // More than a pipe holds before anybody reads.
  await new Promise(setImmediate);
  for await (const chunk of child.stdout ?? []) text.push(String(chunk));
  expect(await exited).toEqual([0, null]);
  const lines = text.join('').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
});

test('a reader that is gone keeps the process from nothing, least of all from ending', async () => {
  const child = program(`process.stdin.once('data', () => {
    for (let n = 0; n < 10; n += 1) log.info('nobody reads this');
    process.exit(3);
  });
  log.info('up');`);
  const exited = once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
  try {
    await once(child.stdout ?? child, 'data');
    child.stdout?.destroy();
    child.stdin?.write('go\n');
    expect(await exited).toEqual([3, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('no line holds a phone number or a row of the database', async () => {
  const child = program(`
const refused = Object.assign(new Error('new row of 13812341234 refused'), {
  code: '23514', detail: 'Failing row contains (13812341234, 张三丰).', where: 'unnamed portal parameter $1 = 张三丰', table: 'claims',
});
log.child({ part: 'api' }).warn({ err: new Error('not kept', { cause: refused }), ids: [1764321600000, 7], at: 13812341234 }, 'outlet calls back: 13812341234');
log.error({ err: refused });
log.error(refused);`);
  const text: string[] = [];
  for await (const chunk of child.stdout ?? []) text.push(String(chunk));
  const lines = text
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toMatchObject([
    {
      msg: 'outlet calls back: 138****1234',
      ids: [1764321600000, 7],
      at: 13812341234,
      err: { message: expect.stringContaining('138****1234') },
    },
    { err: { code: '23514', table: 'claims' } },
    { err: { code: '23514', table: 'claims' } },
  ]);
  expect(text.join('').replace('"at":13812341234', '')).not.toMatch(/13812341234|张三丰/);
});
