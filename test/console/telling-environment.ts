import { TestEnvironment } from 'jest-environment-node';

/** Node's own environment, in which a failing test first tells what its pages showed (`globalThis.tellPages`). */
export default class TellingEnvironment extends TestEnvironment {
  async handleTestEvent({ name }: { name: string }): Promise<void> {
    const { tellPages } = globalThis as { tellPages?: () => Promise<void> };
    if (name === 'test_fn_failure') await tellPages?.();
  }
}
