import type { Kernel, Party } from './kernel.ts';
import type { Books } from './outside/books.ts';
import type { Scenario, When } from './scenario.ts';
import type { ApiProcess, Surroundings, WorkerProcess } from './service.ts';

/** What a caller does with what comes back. */
export interface Answers<T> {
  answer(value: T): void;
  failure?(error: unknown): void;
}

/** What the parts of a world share: the clock, the outside and the two processes of the service, whichever lives now. */
export interface Stage {
  kernel: Kernel;
  scenario: Scenario;
  books: Books;
  around: Surroundings;
  apiParty: Party;
  workerParty: Party;
  api: ApiProcess;
  worker: WorkerProcess;
  /** Runs `work` at an instant told by the first case; at once when that is past. */
  at(when: When, work: () => unknown): void;
  /** Something happened that the patrol may have to do with. */
  notice(): void;
  /** A request over HTTP: taken if the API lives, answered if it still lives when it is done. */
  request<T>(route: string, work: (api: ApiProcess) => Promise<T>, on: Answers<T>): void;
}
