import { createHash } from 'node:crypto';
import { chmod, copyFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ChromiumProgram, drawnLetters } from './drawn-letters.ts';
import { type Environment, findOnPath, isExecutable, toldBy } from './executables.ts';
import { fetchCacheDir, publishFolder, withdrawFolder } from './fetch-cache.ts';
import { type SearchOutcome, searchProgram } from './program-search.ts';
import { runCommand } from './run-command.ts';
import type { FindOptions } from './temporal-cli.ts';

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const PACKAGE = '@sparticuz/chromium';
const FONT_PACKAGE = '@expo-google-fonts/noto-sans-sc';
/** The weights the pages use. */
const FONT_FILES = ['400Regular/NotoSansSC_400Regular.ttf', '600SemiBold/NotoSansSC_600SemiBold.ttf'];
const LAUNCHER = 'chromium-launcher';
const UNPACK_LIMIT_MS = 120_000;

/** The package's own file names folders of the machine it was made for. This one names its own, first, and then what the system has. */
const FONTS_CONF = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="strong">
    <family>sans-serif</family>
    <prefer><family>Open Sans</family><family>Noto Sans SC</family></prefer>
  </alias>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`;
/** The package brings the libraries a bare image lacks; they are used only where the browser does not run without them. */
const PLAIN_LAUNCHER = `#!/bin/sh
folder=$(CDPATH= cd -- "\${0%/*}" && pwd)
export FONTCONFIG_FILE="$folder/fonts/fonts.conf"
exec "$folder/chromium" "$@"
`;
const BARE_IMAGE_LAUNCHER = PLAIN_LAUNCHER.replace(
  'exec',
  'export LD_LIBRARY_PATH="$folder/al2023/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"\nexec',
);

/**
 * A Chromium for the browser tests, looked for in the order README promises: told by `CHROME_PATH`, Chrome, Chromium or Edge on `PATH`, unpacked
 * earlier, unpacked now from the npm package (Linux x64 only). What is answered has shown a page just now; an installed browser draws with the
 * system's fonts, an unpacked one brings letters for the pages' Chinese. Throws `ProgramNotFoundError`.
 */
export function findChromium(options: FindOptions): Promise<ChromiumProgram> {
  const { environment, log } = options;
  const cacheDir = fetchCacheDir(environment);
  return searchProgram({
    name: 'Chromium',
    log,
    advice: 'install Chrome, Chromium or Edge, for example: apt-get install -y chromium',
    steps: [
      { place: 'CHROME_PATH', attempt: async () => installed(await toldBy('CHROME_PATH', environment), 'WRONG', options) },
      { place: 'PATH', attempt: async () => installed(await installedBrowser(environment), 'MISSING', options) },
      { place: 'unpacked earlier', attempt: () => unpackedBrowser(cacheDir, environment) },
      { place: `unpacking ${PACKAGE}`, attempt: () => unpackBrowser(cacheDir, environment) },
    ],
  });
}

function programAt(executablePath: string): ChromiumProgram {
  // Chromium refuses its sandbox to root, and containers rarely have what the sandbox needs or a /dev/shm that is large enough.
  return { executablePath, args: process.platform === 'linux' ? ['--no-sandbox', '--disable-dev-shm-usage'] : [] };
}

/** A browser somebody installed is taken if it draws at all, and what it cannot draw is said; a stub that only tells how to install one is not. */
async function installed(
  outcome: SearchOutcome<string>,
  unfit: 'MISSING' | 'WRONG',
  { environment, log }: FindOptions,
): Promise<SearchOutcome<ChromiumProgram>> {
  if (outcome.kind !== 'FOUND') return outcome;
  const program = programAt(outcome.program);
  const drawn = await drawnLetters(program, environment);
  if (drawn.problem !== null) return { kind: unfit, reason: `${outcome.program} ${drawn.problem}` };
  if (!drawn.chinese) log(`Chromium: ${outcome.program} draws no Chinese: it has no font for it, pictures would show boxes`);
  return { kind: 'FOUND', program };
}

async function installedBrowser(environment: Environment): Promise<SearchOutcome<string>> {
  const onPath = await findOnPath(NAMES, environment);
  if (onPath !== undefined) return { kind: 'FOUND', program: onPath };
  for (const application of process.platform === 'darwin' ? MAC_APPLICATIONS : []) {
    if (await isExecutable(application)) return { kind: 'FOUND', program: application };
  }
  return { kind: 'MISSING', reason: 'no Chrome, Chromium or Edge there' };
}

/** One that does not draw any more is taken out of the cache, so that the next step puts a whole one there. */
async function unpackedBrowser(cacheDir: string, environment: Environment): Promise<SearchOutcome<ChromiumProgram>> {
  const folder = cacheFolder();
  const program = programAt(join(cacheDir, folder, LAUNCHER));
  if (!(await isExecutable(program.executablePath))) return { kind: 'MISSING', reason: `nothing in ${cacheDir}` };
  const problem = await unpackedProblem(program, environment);
  if (problem === null) return { kind: 'FOUND', program };
  await withdrawFolder(cacheDir, folder);
  return { kind: 'MISSING', reason: `${program.executablePath} ${problem}; removed` };
}

async function unpackBrowser(cacheDir: string, environment: Environment): Promise<SearchOutcome<ChromiumProgram>> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return { kind: 'MISSING', reason: `${PACKAGE} is for Linux x64, this is ${process.platform} ${process.arch}` };
  }
  const folder = await publishFolder(cacheDir, cacheFolder(), (stagingDir) => unpackInto(stagingDir, environment));
  return { kind: 'FOUND', program: programAt(join(folder, LAUNCHER)) };
}

async function unpackInto(targetDir: string, environment: Environment): Promise<void> {
  // The package unpacks into the folder for temporary files and keeps what it finds there, so it gets one of its own in a process of its own.
  const script = `await (await import(${JSON.stringify(pathToFileURL(resolve(PACKAGE)).href)})).default.executablePath()`;
  const ownEnvironment = { ...environment, TMPDIR: targetDir, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' };
  await runCommand(process.execPath, ['--input-type=module', '--eval', script], {
    timeoutMs: UNPACK_LIMIT_MS,
    environment: ownEnvironment,
  });
  await putFonts(join(targetDir, 'fonts'));
  const launcher = join(targetDir, LAUNCHER);
  const problems: string[] = [];
  for (const text of [PLAIN_LAUNCHER, BARE_IMAGE_LAUNCHER]) {
    await rm(launcher, { force: true });
    await writeFile(launcher, text);
    await chmod(launcher, 0o755);
    const problem = await unpackedProblem(programAt(launcher), environment);
    if (problem === null) return;
    problems.push(problem);
  }
  throw new Error(`the browser of ${PACKAGE} ${problems.join('; with the libraries it brings, it ')}`);
}

/** Beside the Latin ones the package unpacked; copies, because `npm ci` empties node_modules. */
async function putFonts(fontsDir: string): Promise<void> {
  for (const file of FONT_FILES) await copyFile(resolve(`${FONT_PACKAGE}/${file}`), join(fontsDir, basename(file)));
  await writeFile(join(fontsDir, 'fonts.conf'), FONTS_CONF);
}

async function unpackedProblem(program: ChromiumProgram, environment: Environment): Promise<string | null> {
  const { problem, chinese } = await drawnLetters(program, environment);
  return problem ?? (chinese ? null : 'draws no Chinese');
}

/** Whatever the folder is made from names it, so that an update unpacks its own browser. */
function cacheFolder(): string {
  const made = createHash('sha256').update(FONTS_CONF).update(BARE_IMAGE_LAUNCHER).update(FONT_FILES.join()).digest('hex');
  const chromium = versionOf(dirname(dirname(resolve(PACKAGE))));
  return `chromium-${chromium}-noto-${versionOf(FONT_PACKAGE)}-${made.slice(0, 8)}`;
}

function versionOf(packageFolder: string): string {
  const description: unknown = createRequire(import.meta.url)(`${packageFolder}/package.json`);
  if (typeof description === 'object' && description !== null && 'version' in description) return String(description.version);
  throw new Error(`${packageFolder} does not tell its version; run npm ci`);
}

function resolve(specifier: string): string {
  return createRequire(import.meta.url).resolve(specifier);
}
