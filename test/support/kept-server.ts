import type { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * A server for the test files that one worker of Jest runs one after the other: starting one and warming it up costs more than most files ask
 * of it. Each file has a namespace of its own, so it meets none of another's runs, task queues or counts. The server ends with the
 * worker's process, which it does not keep.
 */
export class KeptServer {
  readonly #start: () => Promise<TestWorkflowEnvironment>;
  readonly #isUsable: (env: TestWorkflowEnvironment) => Promise<boolean>;
  #free: TestWorkflowEnvironment | undefined;
  #lent = 0;

  /** `isUsable` says of an environment that a file is done with whether another may have its server. */
  constructor(start: () => Promise<TestWorkflowEnvironment>, isUsable: (env: TestWorkflowEnvironment) => Promise<boolean>) {
    this.#start = start;
    this.#isUsable = isUsable;
  }

  /** The server, and a client for a namespace on it that is made ready first. `env.teardown()` gives the server back. */
  async lend(open: (env: TestWorkflowEnvironment, namespace: string) => Promise<Client>): Promise<TestWorkflowEnvironment> {
    const server = this.#free ?? (await this.#start());
    this.#free = undefined;
    this.#lent += 1;
    const namespace = `file-${this.#lent}`;
    const env: TestWorkflowEnvironment = Object.create(server);
    const teardown = () => this.#takeBack(server, env);
    return Object.assign(env, { namespace, client: await open(server, namespace), teardown });
  }

  async #takeBack(server: TestWorkflowEnvironment, env: TestWorkflowEnvironment): Promise<void> {
    const isUsable = await this.#isUsable(env).catch(() => false);
    if (isUsable && this.#free === undefined) this.#free = server;
    else await server.teardown();
  }
}
