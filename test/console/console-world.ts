import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openShopClient, type ShopClient } from '../../dev/demo/shop-client.ts';
import { waitFor } from '../../dev/waiting.ts';
import { keptPort } from '../../worker/free-port.ts';
import { type Stack, startStack } from '../../dev/stack.ts';
import { launchChromium } from '../support/chromium.ts';
import { freshDatabase } from '../support/database.ts';
import { createDevServerEnv } from '../support/dev-server.ts';
import { callControl } from '../../simulators/control/call.ts';

export type Role = 'OWNER' | 'OPERATOR' | 'FINANCE' | 'VIEWER';
export type Locale = 'zh-CN' | 'en-US';

/** A browser of its own, signed in, with everything it complained about. */
export interface Visitor {
  page: Page;
  complaints: string[];
}

/** The product with its pages beside a PostgreSQL and a Temporal that stay, and a browser to look at them. */
export interface ConsoleWorld {
  origin: string;
  shop: ShopClient;
  browser: Browser;
  /** Runs one of the product's commands beside it; what it printed. */
  command(name: 'shops' | 'staff', ...words: string[]): Promise<string>;
  /** A call of the simulators' control. */
  control(method: string, path: string, body?: object): Promise<unknown>;
  /** A fresh browser context that is not signed in. */
  arrive(locale?: Locale, viewport?: { width: number; height: number }): Promise<Visitor>;
  /** The demo person of that role at the work bench. Their page stays open from test to test, as it does all day at work. */
  visit(role: Role, locale?: Locale, viewport?: { width: number; height: number }): Promise<Visitor>;
  /** Prints the errors of the product's programs, and what every open page shows and was refused: why a test failed is rarely in its own words. */
  tell(): Promise<void>;
  /** Ends a test: people at work go where nothing is listed, everybody else closes the browser. */
  leave(): Promise<void>;
  stopProduct(): Promise<void>;
  startProduct(): Promise<void>;
  close(): Promise<void>;
}

const ROLE_WORDS: Record<Locale, Record<Role, RegExp>> = {
  'zh-CN': { OWNER: /店主）登录/, OPERATOR: /售后专员）登录/, FINANCE: /财务）登录/, VIEWER: /只读）登录/ },
  'en-US': { OWNER: /\(Owner\)/, OPERATOR: /\(After-sales\)/, FINANCE: /\(Finance\)/, VIEWER: /\(Read only\)/ },
};

/** A task that Temporal's server lost comes back only after its time-out of 20 s, on a busy machine more than once. */
const PATIENCE_MS = 60_000;
/** For a test: its slowest step may come that late, the rest takes seconds. */
export const LIMIT_MS = 3 * PATIENCE_MS;
const LEAP_MS = 1_000;
/** A small screen at work. */
export const VIEWPORT = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** A narrower window is a phone's, with fingers instead of a pointer. */
const PHONE_BELOW = 600;
/** Far away from every zone the product knows: all times must still be Shanghai's. */
const PC_ZONE = 'America/New_York';
/** What a browser says about an answer of 401 before anybody signed in is no fault. */
const EXPECTED = /the server responded with a status of 401/;

/** Runs in the page: the browser is silent about what it refuses to load, and about what moves for people who asked for less movement. */
const TELL_FAULTS = `
document.addEventListener('securitypolicyviolation', (event) => console.error('CSP ' + event.violatedDirective + ' ' + event.blockedURI));
document.addEventListener('transitionrun', (event) => console.error('moves ' + event.propertyName + ' ' + event.target.className));`;

/** Shows nothing that changes when cases do. */
const AT_REST = '/settings?tab=password';

const OWN_PROGRAMS = ['api', 'worker', 'simulators'];

/** Starts the product on free ports with days that are short where a test waits for them. */
async function startConsoleWorld(settings: Record<string, string>): Promise<ConsoleWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'refund-intercept-console-'));
  // Not its own: they would be started anew with it.
  const [database, temporal] = await Promise.all([freshDatabase(), createDevServerEnv()]);
  const [port, adminPort, workerPort, simPort] = await Promise.all([keptPort(), keptPort(), keptPort(), keptPort()]);
  const environment = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    WORKER_ADMIN_PORT: String(workerPort),
    SIM_PORT: String(simPort),
    DATABASE_URL: database.url,
    DATA_KEY: randomBytes(32).toString('base64'),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    SIM_DEMO: '1',
    LOG_LEVEL: 'error',
    ...settings,
  };
  const errors: string[] = [];
  const partLine = (part: string, line: string) => void (OWN_PROGRAMS.includes(part) && errors.push(`${part} | ${line}`));
  const start = () => startStack({ environment, purpose: 'a test of the console', log: () => {}, partLine });
  let stack: Stack | null = await start();
  const origin = stack.addresses.api;
  const browser = await launchChromium();
  const simulators = new URL(stack.addresses.simulators ?? origin).origin;
  const shop = openShopClient(origin, stack.addresses.demoApiKey ?? '', simulators);

  const answersOf = new WeakMap<Page, string[]>();
  const atWork = new Map<string, Visitor>();
  const visited = new Set<string>();

  async function arrive(locale: Locale = 'zh-CN', viewport = VIEWPORT): Promise<Visitor> {
    // A dialog that still moves may swallow a click: without movement it never does.
    const isPhone = viewport.width < PHONE_BELOW;
    const device = { viewport, hasTouch: isPhone, isMobile: isPhone };
    const context = await browser.newContext({ locale, timezoneId: PC_ZONE, ...device, reducedMotion: 'reduce' });
    await context.addInitScript(TELL_FAULTS);
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    const complaints: string[] = [];
    const answers: string[] = [];
    answersOf.set(page, answers);
    page.on('response', (response) => {
      const method = response.request().method();
      if (method !== 'GET' || response.status() >= 400) {
        answers.push(`${new Date().toISOString()} ${method} ${response.url()} ${response.status()}`);
      }
    });
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(`thrown: ${error.message}`));
    await page.goto(`${origin}/console/`);
    return { page, complaints };
  }

  return {
    origin,
    shop,
    browser,
    arrive,
    async command(name, ...words) {
      const entry = join(import.meta.dirname, `../../dev/cli/${name}.ts`);
      // So that a shop can be made a sandbox; the product that runs here knows of none.
      const env = { ...environment, NODE_OPTIONS: '', SANDBOX_KUAISHOU_URL: 'http://127.0.0.1:9' };
      const { stdout } = await promisify(execFile)(process.execPath, [entry, ...words], { env });
      return stdout.trim();
    },
    control: (method, path, body) => callControl(simulators, method, path, body),
    async visit(role, locale = 'zh-CN', viewport = VIEWPORT) {
      const person = `${role} ${locale} ${viewport.width}`;
      if (visited.has(person)) throw new Error(`${person} is at work already: two browsers are two people here`);
      visited.add(person);
      const known = atWork.get(person);
      const visitor = known ?? (await arrive(locale, viewport));
      if (known === undefined) {
        await signInAsDemo(visitor, role, locale);
        atWork.set(person, visitor);
      } else {
        known.complaints.length = 0;
        await known.page.setViewportSize(viewport);
        await open(known, '/');
      }
      await visitor.page.locator('.live-connected').waitFor();
      return visitor;
    },
    async tell() {
      // First, for the end of a long report may be cut off.
      for (const line of errors) console.error(line);
      for (const page of browser.contexts().flatMap((context) => context.pages())) {
        const shown = await page.locator('body').innerText();
        console.error([page.url(), ...(answersOf.get(page) ?? []), shown].join('\n'));
      }
    },
    async leave() {
      const staying = new Set([...atWork.values()].map(({ page }) => page.context()));
      await Promise.all(
        browser
          .contexts()
          .filter((context) => !staying.has(context))
          .map((context) => context.close()),
      );
      for (const person of visited) {
        const page = atWork.get(person)?.page;
        // Who could not sign in went with the others.
        if (page === undefined) continue;
        await page.unrouteAll({ behavior: 'ignoreErrors' });
        await goTo(page, AT_REST);
      }
      visited.clear();
    },
    async stopProduct() {
      await stack?.stop();
      stack = null;
    },
    async startProduct() {
      stack = await start();
    },
    async close() {
      await browser.close();
      await stack?.stop();
      await temporal.teardown();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One product and one browser for all tests of a file: starting them is the slow part. */
export function describeConsole(name: string, groups: ((here: () => ConsoleWorld) => void)[]): void {
  describe(name, () => {
    let world: ConsoleWorld;
    beforeAll(async () => {
      world = await startConsoleWorld({ SIM_PACE: '500', REJECT_UNLOCK_AFTER: '25s', AUTO_REFUND_AFTER: '2h' });
      Object.assign(globalThis, { tellPages: world.tell });
    }, 240_000);
    afterEach(() => world.leave());
    afterAll(() => world.close(), 60_000);
    for (const tests of groups) tests(() => world);
  });
}

/** Signs in as the demo person of that role, by one click. */
export async function signInAsDemo({ page }: Visitor, role: Role, locale: Locale = 'zh-CN'): Promise<void> {
  await page.getByRole('button', { name: ROLE_WORDS[locale][role] }).click();
}

/** Signs in by the form. */
export async function signIn({ page }: Visitor, shopId: string, name: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: '店铺ID' }).fill(shopId);
  await page.getByRole('textbox', { name: '账号' }).fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.locator('form button[type="submit"]').click();
}

/** Changes the one-time password, as the first sign-in demands. */
export async function changeFirstPassword({ page }: Visitor, current: string, next: string): Promise<void> {
  await page.getByText('首次登录请修改密码').waitFor();
  await page.getByLabel('当前密码').fill(current);
  await page.getByLabel('新密码', { exact: true }).fill(next);
  await page.getByLabel('再次输入新密码').fill(next);
  await page.getByRole('button', { name: '修改密码' }).click();
  await page.getByRole('heading', { name: '售后工作台' }).waitFor();
}

/** Goes to an address of the console as a link on the page does, and waits until it is drawn and nothing is loading any more. */
export async function open({ page }: Visitor, path: string): Promise<void> {
  await goTo(page, path);
  await untilDrawn(page);
}

/** Loads the console anew at an address, as a bookmark or a link in a message does, and waits as `open` does. */
export async function load({ page }: Visitor, path: string): Promise<void> {
  await page.goto(new URL(`/console${path}`, page.url()).href);
  await untilDrawn(page);
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`(async () => {
    history.pushState(null, '', ${JSON.stringify(`/console${path}`)});
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  })()`);
}

async function untilDrawn(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.ant-skeleton, .ant-spin-spinning, .page-spin, .filters input[disabled]').first().waitFor({ state: 'detached' });
}

/** Waits until something is so of a page, whose clock (`page.clock.install()`, before it begins to wait) leaps over what it waits for, and is ahead from then on. */
export async function leapUntil(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  const ask = async (): Promise<boolean> => {
    await page.clock.fastForward(LEAP_MS);
    return isSo();
  };
  expect(await waitFor(ask, LIMIT_MS)).toBe(true);
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Evaluated whole, for the page's own policy forbids evaluating text inside it. Twice, because one movement may start the next. */
const UNTIL_STILL = `(async () => {
  const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const moves = ({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity;
  for (let round = 0; round < 2; round += 1) {
    do await frames();
    while (document.getAnimations().some(moves));
  }
})()`;

/** Waits until nothing on the page moves any more. */
export const settled = (page: Page): Promise<void> => page.evaluate(UNTIL_STILL);

/** Serious and critical violations that axe-core finds on the page once it is still. */
export async function axeViolations(page: Page): Promise<string[]> {
  // A dialog that is still fading in has half its contrast.
  await settled(page);
  const isThere = await page.evaluate<boolean>('window.axe !== undefined');
  return page.evaluate<string[]>(`(async () => {
    const module = undefined, exports = undefined;
    ${isThere ? '' : await readFile(axePath, 'utf8')};
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | '));
  })()`);
}

/** Kept for docs/console.md when asked for (`SCREENSHOTS=1`). */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  await page.evaluate('document.fonts.ready');
  // What was said of the step before lies over the page for three seconds.
  while ((await page.locator('.ant-message-notice').count()) > 0)
    await page.locator('.ant-message-notice').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: join(import.meta.dirname, '../../docs/screenshots', `${name}.png`), animations: 'disabled' });
}
