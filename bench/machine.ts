import { chmod, mkdtemp } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Prints a part of the result, with an empty line behind it. */
export function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

/** On what a measurement ran, and how busy that was. */
export function machine(): string {
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), load ${loadavg()[0]?.toFixed(1)}`;
}

/** A new folder for what a measurement keeps; whoever asked removes it. */
export async function measurementFolder(scenario: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `refund-intercept-${scenario}-`));
  // Under root, PostgreSQL runs as another account that must be able to enter.
  await chmod(folder, 0o711);
  return folder;
}

/** The environment of a product of its own: everything on any free port, its data in this folder. */
export function ownEnvironment(dataDir: string): Record<string, string | undefined> {
  const ports = Object.fromEntries(['PORT', 'ADMIN_PORT', 'WORKER_ADMIN_PORT', 'TEMPORAL_PORT', 'SIM_PORT'].map((name) => [name, '0']));
  return { ...process.env, ...ports, DATA_DIR: dataDir, SIM_DEMO: '1' };
}
