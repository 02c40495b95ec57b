import { createOutput, type Output } from './output.ts';
import { type Stack, type StackAddresses, type StackOptions, startStack } from './stack.ts';
import { onStopSignals } from './stop-signals.ts';

const GIVE_UP_START_AFTER_MS = 18_000;

/**
 * Runs the whole product until a signal or until a part fails, and ends the process: code 0 after Ctrl-C, SIGTERM or a closed terminal, 1 when the
 * start failed, a part ended by itself, or a second signal cut the stopping short. `entries` as in `StackOptions`.
 */
export async function runStart({ entries }: Pick<StackOptions, 'entries'> = {}): Promise<void> {
  // A closed terminal takes the output away; the stopping must go on without it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const output = createOutput({
    pretty: process.stdout.isTTY,
    verbose: ['trace', 'debug'].includes(process.env['LOG_LEVEL'] ?? ''),
    write: (text) => void process.stdout.write(text),
  });
  const giveUp = new AbortController();
  let stack: Stack | undefined;
  onStopSignals({
    stop: (signal) => {
      output.log(`${signal}: stopping everything (once more to kill)`);
      giveUp.abort(new Error(`stopped by ${signal}`));
      if (stack === undefined) setTimeout(() => process.exit(1), GIVE_UP_START_AFTER_MS).unref();
    },
    kill: () => void (stack?.kill() ?? Promise.resolve()).finally(() => process.exit(1)),
  });
  try {
    const { log, partLine } = output;
    stack = await startStack({ environment: process.env, purpose: 'npm start', log, partLine, signal: giveUp.signal, entries });
  } catch (error) {
    if (!giveUp.signal.aborted) output.log(`the start failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(giveUp.signal.aborted ? 0 : 1);
  }
  process.stdout.write(banner(stack.addresses));
  process.exit(await runUntilTheEnd(stack, giveUp.signal, output));
}

/** The exit code: 0 after a wished stop, 1 after a failure. */
async function runUntilTheEnd(stack: Stack, stopWish: AbortSignal, output: Output): Promise<number> {
  const wished = new Promise<undefined>((resolve) => {
    if (stopWish.aborted) resolve(undefined);
    stopWish.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const report = await Promise.race([wished, stack.failed]);
  if (report !== undefined) output.log(`${report}\nstopping everything`);
  await stack.stop();
  output.log(report === undefined ? 'all stopped' : 'all stopped because of the failure above');
  return report === undefined ? 0 : 1;
}

/** What a person needs once everything is up: where to look and the key to call with. */
export function banner(addresses: StackAddresses): string {
  const rows: [string, string | undefined][] = [
    ['商家控制台 console', addresses.api],
    ['接口 API', `${addresses.api}/v1`],
    ['接口文档 API docs', addresses.docs],
    ['健康与指标 admin', `${addresses.apiAdmin}/readyz (API), ${addresses.workerAdmin}/readyz (worker)`],
    ['Temporal', addresses.temporal],
    ['Temporal UI', addresses.temporalUi],
    ['模拟器 simulators', addresses.simulators],
    ['数据库 PostgreSQL', withoutPassword(addresses.databaseUrl)],
    ['演示密钥 demo key', addresses.demoApiKey],
  ];
  const lines = rows.flatMap(([label, value]) => (value === undefined ? [] : [`  ${padToWidth(label, 20)} ${value}`]));
  return ['', '已就绪 ready', ...lines, '', '  Ctrl-C 停止全部 stops everything', '', ''].join('\n');
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  parsed.password = '';
  return parsed.href;
}

/** Chinese characters take two columns of a terminal. */
function padToWidth(text: string, width: number): string {
  const columns = text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);
  return text + ' '.repeat(Math.max(0, width - columns));
}
