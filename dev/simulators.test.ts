import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSimulators } from './simulators.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'simulators-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('simulators that end instead of listening are told of with their last words', async () => {
  const entry = join(dataDir, 'broken.mjs');
  await writeFile(entry, 'process.stderr.write("state.json cannot be read\\n");\nprocess.exit(3);\n');
  const starting = startSimulators({
    entry,
    dataDir,
    port: 0,
    webhookBase: 'http://127.0.0.1:1',
    environment: process.env,
    onLine: () => {},
  });
  await expect(starting).rejects.toThrow(/simulators \(process \d+\) ended with code 3; its last lines:\n\s+state\.json cannot be read/);
}, 90_000);
