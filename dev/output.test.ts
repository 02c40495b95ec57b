import { EventEmitter } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createOutput } from './output.ts';
import { banner } from './start.ts';
import { onStopSignals } from './stop-signals.ts';

function written(options: { pretty?: boolean; verbose?: boolean }, part: string, line: string): string {
  let text = '';
  const output = createOutput({ pretty: false, verbose: false, ...options, write: (more) => void (text += more) });
  output.partLine(part, line);
  return text;
}

describe('the output', () => {
  const json = '{"level":30,"time":1767225600000,"pid":1,"hostname":"h","msg":"stored a push"}';

  test('puts the name of the part in front and leaves JSON alone when nobody reads along', () => {
    expect(written({}, 'api', json)).toBe(`api        | ${json}\n`);
  });

  test('makes JSON readable on a terminal', () => {
    expect(written({ pretty: true }, 'api', json)).toMatch(/^api {8}\| .*INFO.*stored a push/s);
    expect(written({ pretty: true }, 'api', '{not json')).toBe('api        | {not json\n');
  });

  test("shows PostgreSQL's complaints, and its routine only when asked", () => {
    const routine = '2026-11-23 12:53:10.752 UTC [11890] LOG:  database system is ready to accept connections';
    expect(written({}, 'PostgreSQL', routine)).toBe('');
    expect(written({ verbose: true }, 'PostgreSQL', routine)).toContain('ready to accept');
    expect(written({}, 'PostgreSQL', routine.replace('LOG', 'FATAL'))).toContain('FATAL');
  });
});

test('the banner shows where everything is and the demo key, but no password', () => {
  const text = banner({
    api: 'http://127.0.0.1:8080',
    docs: 'http://127.0.0.1:8080/docs',
    apiAdmin: 'http://127.0.0.1:9090',
    workerAdmin: 'http://127.0.0.1:9091',
    temporal: '127.0.0.1:7233',
    temporalUi: 'http://127.0.0.1:8233',
    simulators: undefined,
    databaseUrl: 'postgresql://postgres:hidden@127.0.0.1:5432/refund_intercept',
    demoApiKey: 'demo_abc',
  });
  for (const shown of ['http://127.0.0.1:8080/docs', 'http://127.0.0.1:8233', '127.0.0.1:5432/refund_intercept', 'demo_abc'])
    expect(text).toContain(shown);
  expect(text).not.toContain('hidden');
  expect(text).not.toContain('simulators');
});

test('the echo of a Ctrl-C is not a second one', () => {
  const heard: string[] = [];
  let now = 0;
  // Not this process, whose signals end the whole run.
  const terminal = new EventEmitter();
  const end = onStopSignals({ stop: (signal) => void heard.push(signal), kill: () => void heard.push('kill') }, () => now, terminal);
  terminal.emit('SIGINT', 'SIGINT');
  now = 200;
  terminal.emit('SIGINT', 'SIGINT');
  expect(heard).toEqual(['SIGINT']);
  now = 1_500;
  terminal.emit('SIGTERM', 'SIGTERM');
  expect(heard).toEqual(['SIGINT', 'kill']);
  end();
  expect(terminal.eventNames()).toEqual([]);
});
