/** @jest-environment <rootDir>/test/console/telling-environment.ts */
import { accessTests } from './access.ts';
import { describeConsole } from './console-world.ts';
import { inertTests } from './inert.ts';
import { liveTests } from './live.ts';
import { openingTests } from './opening.ts';
import { phoneTests } from './phone.ts';
import { ruleTests } from './rules.ts';
import { viewTests } from './views.ts';

describeConsole('the console and its people in a real browser', [
  liveTests,
  openingTests,
  accessTests,
  inertTests,
  ruleTests,
  viewTests,
  phoneTests,
]);
