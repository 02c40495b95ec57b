import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from './waiting.ts';

const SCRIPT = fileURLToPath(new URL('../.ci/run', import.meta.url));
const NODE_FOLDER = dirname(process.execPath);

let folder: string;

/** A checkout with nothing but the script, a caller's home and folder for temporary files, and an `npm` that does as the test says. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ci-run-test-'));
  for (const name of ['checkout/.ci', 'bin', 'home/.m2', 'home/.config/pip', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  await copyFile(SCRIPT, join(folder, 'checkout/.ci/run'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** `npm` writes its environment to a file named by its first word, then runs the test's lines; the tests' report is "2 passed". */
async function putNpm(...lines: string[]): Promise<void> {
  const report = '{"numPassedTests":2,"numFailedTests":0,"numRuntimeErrorTestSuites":0}';
  const path = join(folder, 'bin/npm');
  const script = [
    '#!/bin/bash',
    `env > "${folder}/$1.env"`,
    ...lines,
    `if [ "$1" = test ]; then last="\${!#}"; echo '${report}' > "\${last##*=}"; fi`,
  ];
  await writeFile(path, script.join('\n'));
  await chmod(path, 0o755);
}

interface Ending {
  code: number;
  lines: string[];
}

function run(environment: Record<string, string> = {}): Promise<Ending> {
  const env = { PATH: `${folder}/bin:${NODE_FOLDER}:/usr/bin:/bin`, HOME: `${folder}/home`, TMPDIR: `${folder}/tmp`, ...environment };
  return new Promise((resolve) => {
    execFile('bash', [join(folder, 'checkout/.ci/run')], { env }, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), lines: stdout.trim().split('\n') });
    });
  });
}

async function environmentOf(part: string): Promise<Record<string, string>> {
  const text = await readFile(join(folder, `${part}.env`), 'utf8');
  return Object.fromEntries(text.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]));
}

describe('.ci/run', () => {
  test('keeps of the caller only PATH and what the package clients need, and leaves no folder', async () => {
    await putNpm('ls -A "$HOME" "$HOME/.m2" "$XDG_CACHE_HOME" "$TMPDIR" > "$TMPDIR/../../../seen"');
    await writeFile(join(folder, 'home/.npmrc'), '');
    await writeFile(join(folder, 'home/.config/pip/pip.conf'), '');
    await writeFile(join(folder, 'home/.m2/settings.xml'), '');
    const kept = { npm_config_registry: 'r', https_proxy: 'p', NO_PROXY: 'n', PIP_CERT: 'c', NODE_EXTRA_CA_CERTS: 'e', JAVA_HOME: 'j' };
    const dropped = {
      FONTCONFIG_PATH: '/etc/fonts',
      DATABASE_URL: 'd',
      NODE_OPTIONS: '',
      npm_config_cache: 'x',
      PIP_CACHE_DIR: 'x',
      CHROME_PATH: 'x',
    };
    const { code, lines } = await run({ ...kept, ...dropped });
    expect([code, lines.at(-1)]).toEqual([0, '2 passed, 0 failed']);
    expect(lines.at(-2)).toMatch(/^time: install \d+ s, check \d+ s, tests \d+ s$/);
    for (const part of ['ci', 'run', 'test']) {
      const environment = await environmentOf(part);
      expect(environment).toMatchObject({
        ...kept,
        NPM_CONFIG_USERCONFIG: `${folder}/home/.npmrc`,
        PIP_CONFIG_FILE: `${folder}/home/.config/pip/pip.conf`,
        MAVEN_OPTS: expect.stringContaining(`-Duser.home=${environment['HOME']}`),
      });
      expect(Object.keys(environment).filter((name) => name in dropped)).toEqual([]);
      for (const name of ['HOME', 'XDG_CACHE_HOME', 'TMPDIR', 'NPM_CONFIG_CACHE']) expect(environment[name]).toMatch(`${folder}/tmp/`);
    }
    const seen = await readFile(join(folder, 'seen'), 'utf8');
    expect(
      seen
        .replaceAll(/^\/.*\n/gm, '')
        .split(/\s+/)
        .filter(Boolean),
    ).toEqual(['.m2', 'settings.xml']);
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  test.each([
    ['an install that fails', 'if [ "$1" = ci ]; then exit 1; fi', '0 passed, 1 failed'],
    ['a check that fails', 'if [ "$1" = run ]; then exit 1; fi', '2 passed, 1 failed'],
    ['tests that pass in a run that fails', 'if [ "$1" = test ]; then trap "exit 1" EXIT; fi', '2 passed, 1 failed'],
    ['a run without a report', 'if [ "$1" = test ]; then exit 1; fi', '0 passed, 1 failed'],
  ])('counts %s as one failure', async (_name, line, last) => {
    await putNpm(line);
    const { code, lines } = await run();
    expect([code, lines.at(-1)]).toEqual([1, last]);
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  /** What Jest writes of two files, one with a test that failed. */
  const oneFailed = JSON.stringify({
    success: false,
    numPassedTests: 2,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 0,
    testResults: [
      { name: '/a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'a' }] },
      {
        name: '/b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'b one' },
          { status: 'failed', fullName: 'b two' },
        ],
      },
    ],
  });
  const bothPassed = JSON.stringify({ success: true, numPassedTests: 2, numFailedTests: 0, numRuntimeErrorTestSuites: 0, testResults: [] });

  /** Tests of which the first run says `first`, and a run of single files says `second`. */
  function twoTries(first: string, second: string, secondCode: number): string {
    return [
      'if [ "$1" = test ]; then',
      '  last="${!#}"',
      '  case "$last" in',
      `    --outputFile=*) echo '${first}' > "\${last##*=}"; exit 1 ;;`,
      `    *) echo "$*" > "${folder}/second"; for word in "$@"; do case "$word" in --outputFile=*) echo '${second}' > "\${word##*=}" ;; esac; done; exit ${secondCode} ;;`,
      '  esac',
      'fi',
    ].join('\n');
  }

  test('a file that failed gets a second try by itself, and what needed it is named', async () => {
    await putNpm(twoTries(oneFailed, bothPassed, 0));
    const { code, lines } = await run();
    expect([code, ...lines.slice(-2)]).toEqual([0, 'passed at the second try only: b two', '3 passed, 0 failed']);
    expect(await readFile(join(folder, 'second'), 'utf8')).toMatch(/ \/b\.test\.ts\n$/);
  });

  test('what fails twice has failed, and more than two files get no second try', async () => {
    await putNpm(twoTries(oneFailed, oneFailed, 1));
    expect((await run()).lines.at(-1)).toBe('2 passed, 1 failed');
    const many = JSON.stringify({
      ...JSON.parse(oneFailed),
      testResults: ['/1', '/2', '/3'].map((name) => ({ name, status: 'failed', assertionResults: [] })),
    });
    await putNpm(twoTries(many, bothPassed, 0));
    await rm(join(folder, 'second'));
    const { code, lines } = await run();
    expect([code, lines.at(-1)]).toEqual([1, '2 passed, 1 failed']);
    await expect(stat(join(folder, 'second'))).rejects.toThrow('ENOENT');
  });

  test('counts what is left running as one failure, and ends it', async () => {
    if (process.platform !== 'linux') return;
    await putNpm(`if [ "$1" = test ]; then sleep 600 > /dev/null 2>&1 & echo $! > "${folder}/pid"; fi`);
    const { code, lines } = await run();
    expect([code, lines.at(-1)]).toEqual([1, '2 passed, 1 failed']);
    expect(lines.join('\n')).toContain('sleep 600');
    const pid = (await readFile(join(folder, 'pid'), 'utf8')).trim();
    const gone = () =>
      stat(`/proc/${pid}`).then(
        () => false,
        () => true,
      );
    expect(await waitFor(gone, 10_000)).toBe(true);
  }, 60_000);
});
