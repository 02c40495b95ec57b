/** @jest-environment <rootDir>/test/console/telling-environment.ts */
import { afterTests } from './after.ts';
import { bulkTests } from './bulk.ts';
import { describeConsole } from './console-world.ts';
import { journeyTests } from './journeys.ts';
import { pageTests } from './pages.ts';

// The pages are looked at with what the cases left on them.
describeConsole('the console in a real browser', [journeyTests, bulkTests, afterTests, pageTests]);
