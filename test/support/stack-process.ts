import { startStack } from '../../dev/stack.ts';
import { STACK_PARTS } from './stack-parts.ts';

/**
 * The whole product as a process of its own, for tests that kill it: prints one JSON line `{addresses, pids}` when all of it
 * is ready. What `npm start` does, without the pages and the banner.
 */
const stack = await startStack({
  environment: process.env,
  purpose: 'a test',
  withConsole: false,
  log: (line) => void process.stderr.write(`${line}\n`),
  partLine: (part, line) => void process.stderr.write(`${part} | ${line}\n`),
});
process.stdout.write(`${JSON.stringify({ addresses: stack.addresses, pids: STACK_PARTS.map((part) => stack.pidOf(part)) })}\n`);
const end = async (code: number) => {
  await stack.stop();
  process.exit(code);
};
process.on('SIGTERM', () => void end(0));
void stack.failed.then((report) => {
  process.stderr.write(`${report}\n`);
  return end(1);
});
