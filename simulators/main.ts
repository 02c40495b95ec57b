import { DEFAULT_CREDENTIALS } from './settings.ts';
import type { Credentials, Settings } from './settings.ts';
import { startSimulators } from './world.ts';

/** A whole number of the environment; undefined when unset, exit 1 when it is something else. */
function readWholeNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d{1,9}$/.test(text)) {
    process.stderr.write(`${name} is "${text}": it must be a whole number\n`);
    process.exit(1);
  }
  return Number(text);
}

/** Credentials by `SIM_ZTO_APP_SECRET` and so on, else the published ones. */
function readCredentials(): Credentials {
  const entries = Object.entries(DEFAULT_CREDENTIALS).map(([name, usual]) => [name, process.env[`SIM_${name}`] || usual]);
  return Object.fromEntries(entries) as Credentials;
}

function readSettings(): Partial<Settings> {
  const numbers = {
    port: readWholeNumber('SIM_PORT'),
    paceMs: readWholeNumber('SIM_PACE'),
    paymentDelayMs: readWholeNumber('SIM_PAYMENT_DELAY'),
  };
  return {
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
    ...(process.env.SIM_HOST ? { host: process.env.SIM_HOST } : {}),
    webhookBase: process.env.SIM_WEBHOOK_BASE?.replace(/\/+$/, '') || null,
    stateFile: process.env.SIM_STATE_FILE || null,
    demo: process.env.SIM_DEMO !== '0',
    sandbox: process.env.SIM_SANDBOX === '1',
    credentials: readCredentials(),
    report: (error) => process.stderr.write(`simulators: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  };
}

const simulators = await startSimulators(readSettings()).catch((error: unknown) => {
  process.stderr.write(`simulators cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await simulators.close();
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
// A parent that started this process with a channel and is gone (killed, too) wants it gone as well.
if (process.connected) process.on('disconnect', () => void stop());

process.stdout.write(`${JSON.stringify({ listening: simulators.url })}\n`);
