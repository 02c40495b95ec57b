import { execFile } from 'node:child_process';
import { lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataDirHeldError, lockDataDir } from './data-lock.ts';
import { type EmbeddedPostgres, findRunningPostgres, startPostgres, withEmbeddedPostgres } from './postgres.ts';
import { existingCluster } from './postgres/cluster.ts';
import { databaseFolder } from '../test/support/quick-folder.ts';

/** Of a server that was started once and stopped: making one takes longer than most of these tests. */
let usedDir: string;
let dataDir: string;
const started: EmbeddedPostgres[] = [];
const log = () => undefined;

beforeAll(async () => {
  usedDir = await databaseFolder('postgres');
  await (await startPostgres({ dataDir: usedDir, log })).stop();
}, 60_000);
afterAll(() => rm(usedDir, { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = await databaseFolder('postgres');
  // With its files' owner.
  await promisify(execFile)('cp', ['-a', `${usedDir}/.`, dataDir]);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((postgres) => postgres.kill()));
  const cluster = await existingCluster(dataDir);
  if (cluster !== undefined && !cluster.startsWith(dataDir)) await rm(join(cluster, '..'), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ dataDir, log });
  started.push(postgres);
  return postgres;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed under the client says so here; the query's own error is what counts.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  test('keeps its data over a stop and goes on with the same password', async () => {
    const first = await start();
    await query(first.url, 'create table kept (word text); ');
    await query(first.url, `insert into kept values ('退款')`);
    expect(await query(first.url, `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync`)).toEqual([
      { encoding: 'UTF8', fsync: 'on' },
    ]);
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    const second = await start();
    expect(await query(second.url, 'select word from kept')).toEqual([{ word: '退款' }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  test('takes no connection without the password', async () => {
    const url = new URL((await start()).url);
    url.password = 'guessed';
    await expect(query(url.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect((await stat(join(dataDir, 'secrets', 'postgres-password'))).mode & 0o077).toBe(0);
  });

  test('recovers what was committed before a kill -9', async () => {
    const killed = await start();
    await query(killed.url, 'create table kept as select 42 as answer');
    process.kill(killed.pid, 'SIGKILL');
    expect((await killed.exited).signal).toBe('SIGKILL');
    expect(await query((await start()).url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('stops a server left behind on its files before it starts its own', async () => {
    const left = await start();
    const said: string[] = [];
    const own = await startPostgres({ dataDir, log: (line) => void said.push(line) });
    started.push(own);
    expect(said).toEqual([`stopping PostgreSQL (process ${left.pid}), left behind by an earlier start`]);
    expect(await left.exited).toEqual({ code: 0, signal: null });
    expect(await query(own.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is not fooled by a postmaster.pid whose number belongs to another process', async () => {
    const first = await start();
    const pidFile = join((await existingCluster(dataDir)) ?? '', 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('puts its files elsewhere when its account cannot enter the data directory', async () => {
    await rm(dataDir, { recursive: true });
    await mkdir(dataDir, { mode: 0o700 });
    const isRoot = process.getuid?.() === 0;
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect((await lstat(join(dataDir, 'postgres'))).isSymbolicLink()).toBe(isRoot);
    expect(await query((await start()).url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('says why it does not start, and leaves no process', async () => {
    const taken = await start();
    const other = await databaseFolder('postgres');
    try {
      await expect(startPostgres({ dataDir: other, port: taken.port, log })).rejects.toThrow(
        new RegExp(`did not start on 127\\.0\\.0\\.1:${taken.port}:[^]*could not bind`),
      );
      expect(await findRunningPostgres(other)).toBeUndefined();
    } finally {
      await rm(other, { recursive: true, force: true });
    }
  });

  test('gives up a start when told to', async () => {
    const givenUp = startPostgres({ dataDir, log, signal: AbortSignal.abort(new Error('stopped by SIGINT')) });
    await expect(givenUp).rejects.toThrow('stopped by SIGINT');
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
  });
});

describe('withEmbeddedPostgres', () => {
  test('uses the running server and leaves it running', async () => {
    const running = await start();
    const used = await withEmbeddedPostgres({ dataDir, purpose: 'npm run keys', log }, async (url) => url);
    expect(used).toBe(running.url);
    expect(await findRunningPostgres(dataDir)).toBe(running.url);
  });

  test('starts one for the command alone and holds the data directory meanwhile', async () => {
    const answer = await withEmbeddedPostgres({ dataDir, purpose: 'npm run keys', log }, async (url) => {
      await expect(lockDataDir(dataDir, 'npm start')).rejects.toBeInstanceOf(DataDirHeldError);
      return query(url, 'select 1 as one');
    });
    expect(answer).toEqual([{ one: 1 }]);
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
    await (await lockDataDir(dataDir, 'npm start')).release();
  });

  test('stops the server when the command fails', async () => {
    const failing = withEmbeddedPostgres({ dataDir, purpose: 'npm run keys', log }, () => Promise.reject(new Error('no such shop')));
    await expect(failing).rejects.toThrow('no such shop');
    expect(await findRunningPostgres(dataDir)).toBeUndefined();
  });
});
