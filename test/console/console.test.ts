/** @jest-environment <rootDir>/test/console/telling-environment.ts */
import { afterAll, afterEach, beforeAll, describe } from '@jest/globals';
import { accessTests } from './access.ts';
import { afterTests } from './after.ts';
import { type ConsoleWorld, startConsoleWorld } from './console-world.ts';
import { inertTests } from './inert.ts';
import { journeyTests } from './journeys.ts';
import { liveTests } from './live.ts';
import { openingTests } from './opening.ts';
import { pageTests } from './pages.ts';

/** One product and one browser for all tests of the pages: starting them is the slow part. */
let world: ConsoleWorld;
const here = (): ConsoleWorld => world;

beforeAll(async () => {
  world = await startConsoleWorld({ SIM_PACE: '1500', REJECT_UNLOCK_AFTER: '40s', AUTO_REFUND_AFTER: '2h' });
  Object.assign(globalThis, { tellPages: world.tell });
}, 240_000);
afterEach(() => world.leave());
afterAll(() => world.close(), 60_000);

describe('the console in a real browser', () => {
  journeyTests(here);
  afterTests(here);
  liveTests(here);
  openingTests(here);
  accessTests(here);
  inertTests(here);
  pageTests(here);
});
