import { describe, expect, test } from '@jest/globals';
import { shutDown } from './shutdown.ts';

describe('shutting down', () => {
  test('runs every phase in order, also after one that fails and one that never ends', async () => {
    const done: string[] = [];
    const warnings: unknown[] = [];
    const phase = (name: string, run: () => Promise<unknown>) => ({ name, limitMs: 20, run: () => (done.push(name), run()) });
    await shutDown(
      [
        phase('port', async () => {}),
        phase('pump', () => new Promise(() => {})),
        phase('engine', () => Promise.reject(new Error('gone'))),
        phase('database', async () => {}),
      ],
      { info: () => {}, warn: (about: unknown) => void warnings.push(about) } as never,
    );
    expect(done).toEqual(['port', 'pump', 'engine', 'database']);
    expect(warnings).toMatchObject([{ phase: 'pump', limitMs: 20 }, { phase: 'engine' }]);
  });
});
