import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mutantBundle } from '../support/mutant-bundle.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';
import { RECORDINGS } from './endings.ts';
import { openReplayer, type Replayer } from './replay.ts';
import { RULES_2_RECORDINGS } from './rules-2-endings.ts';
import { type JsonHistory, readSaved, savedNames } from './saved-history.ts';

const ROOT = join(import.meta.dirname, '../..');
const names = savedNames();

describe('2.9 saved histories replay with the code of this tree', () => {
  let replayer: Replayer;
  beforeAll(async () => {
    replayer = openReplayer({ workflowBundle: await workflowBundle() });
  });
  afterAll(() => replayer.close());

  test('every ending is saved', () => {
    expect(names).toEqual(expect.arrayContaining([...RECORDINGS, ...RULES_2_RECORDINGS].map(({ name }) => name)));
    expect(RECORDINGS.length).toBeGreaterThanOrEqual(10);
  });

  test('every saved history has its line in the README, and every line its history', () => {
    const readme = readFileSync(join(ROOT, 'test/histories/README.md'), 'utf8');
    const listed = [...readme.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, name]) => name);
    expect(new Set(listed)).toEqual(new Set(names));
    expect(listed).toHaveLength(names.length);
  });

  test.each(names)('%s', async (name) => {
    expect(await replayer.replay(await readSaved(name))).toBeNull();
  });

  test('a failing workflow task at the very end is no success (M3)', async () => {
    const { events } = await readSaved('intercept-waiting');
    const broken = structuredClone(events);
    const [started] = broken;
    if (started === undefined) throw new Error('the history is empty');
    // An input without durations: the very first workflow task throws.
    const attributes = started['workflowExecutionStartedEventAttributes'] as { input: { payloads: { data: string }[] } };
    const [payload] = attributes.input.payloads;
    if (payload === undefined) throw new Error('the history has no input');
    payload.data = Buffer.from(JSON.stringify({ input: { follows: null }, resume: null })).toString('base64');
    const unsettled: JsonHistory = { events: broken.slice(0, 3) };
    expect(await replayer.replay(unsettled)).toMatch(/not completed/);
    expect(await replayer.replay({ events: broken.slice(0, 4) })).toMatch(/workflow task failure/);
  });
});

describe('2.9 the replay suite sees a change of behaviour', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refund-intercept-mutants-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const CHANGES: { change: string; text: string; by: string; red: string[]; green: string[] }[] = [
    {
      change: 'rejecting and asking for arbitration are swapped',
      text: "return command.kind === 'REJECT' ?",
      by: "return command.kind !== 'REJECT' ?",
      red: ['intercept-failed-rejected', 'intercept-unlocked-rejected', 'intercept-arbitration-paid'],
      green: ['intercept-returned'],
    },
    {
      change: 'paying and rejecting are swapped',
      text: "if (command.kind === 'PAY') {",
      by: "if (command.kind === 'REJECT') {",
      red: ['intercept-returned', 'intercept-approved', 'intercept-silence', 'intercept-follower'],
      green: ['intercept-refused'],
    },
    {
      change: 'older cases are lifted to the present rules without a word in their history',
      text: '.patched)(`rules-${version}`)) this.state',
      by: '.patched) && version > 0) this.state',
      red: ['intercept-lifted-to-rules-2'],
      green: ['intercept-returned', 'intercept-rules-2-returned'],
    },
    {
      change: 'the automatic refund comes an hour late',
      text: 'return state.input.initiatedAt + state.input.durations.autoRefundAfterMs;',
      by: 'return state.input.initiatedAt + state.input.durations.autoRefundAfterMs + 3_600_000;',
      red: ['intercept-silence'],
      green: ['intercept-refused'],
    },
  ];

  test.each(CHANGES)('when $change', async ({ text, by, red, green }) => {
    const replayer = openReplayer({ workflowBundle: await mutantBundle(folder, [text, by]) });
    try {
      for (const name of red)
        expect({ name, said: await replayer.replay(await readSaved(name)) }).toMatchObject({
          said: expect.stringMatching(/TMPRL1100|eterminis/),
        });
      for (const name of green) expect({ name, said: await replayer.replay(await readSaved(name)) }).toEqual({ name, said: null });
    } finally {
      await replayer.close();
    }
  });
});
