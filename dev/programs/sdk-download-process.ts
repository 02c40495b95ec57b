/** Process of `downloadThroughSdk`: `sdk-download-process.ts temporal|temporal-test-server <folder>`. */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [program, downloadDir] = process.argv.slice(2);
const executable = { type: 'cached-download', downloadDir } as const;
const environment =
  program === 'temporal'
    ? await TestWorkflowEnvironment.createLocal({ server: { executable } })
    : await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
await environment.teardown();
