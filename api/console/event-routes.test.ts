import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PostgresQueryCompiler, sql } from 'kysely';
import { openIntercept } from '../../store/intercept-opening.ts';
import { saveRecord } from '../../store/intercept-record.ts';
import { firstRecord, laterRecord, newDraft } from '../../store/test-cases.ts';
import { openTestApi, OTHER_SHOP, type TestApi } from '../test-api.ts';
import { type Browser, openBrowser, signedIn } from './test-console.ts';

interface Heard {
  id: string | null;
  event: string;
  data: { interceptId?: string; version?: number; serverTime?: string };
}

/** An open stream of events, read one by one. */
interface OpenStream {
  status: number;
  headers: Headers;
  /** The next event; null when the server ended the stream. */
  next(): Promise<Heard | null>;
  leave(): Promise<void>;
}

let api: TestApi;
let url: string;
let browser: Browser;
let open: OpenStream[] = [];
beforeAll(async () => {
  api = await openTestApi();
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  browser = await signedIn(api.app, api.deps, api.shopId, '听众', 'VIEWER');
});
let others: TestApi[] = [];
afterEach(async () => {
  for (const stream of open) await stream.leave();
  for (const other of others) await other.close();
  [open, others] = [[], []];
});
afterAll(() => api.close());

async function listen(by: Browser, headers: Record<string, string> = {}, base = url): Promise<OpenStream> {
  const leaving = new AbortController();
  const response = await fetch(`${base}/console/api/events`, {
    headers: { accept: 'text/event-stream', cookie: by.cookie, ...headers },
    signal: leaving.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const stream: OpenStream = {
    status: response.status,
    headers: response.headers,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const block = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const field = (name: string) => block.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
          const data = field('data');
          if (data !== null) return { id: field('id'), event: field('event') ?? 'message', data: JSON.parse(data) };
          continue;
        }
        const { value, done } = (await reader?.read().catch(() => undefined)) ?? { done: true, value: undefined };
        if (done) return null;
        text += value ?? '';
      }
    },
    async leave() {
      leaving.abort();
      await reader?.cancel().catch(() => undefined);
    },
  };
  open.push(stream);
  return stream;
}

interface Gate {
  text: string;
  reach(): void;
  go: Promise<void>;
  answer(): void;
}

/** The database, with the answer to the next statement that holds a text kept back until it is released. */
function gatedDatabase() {
  const wanted: Gate[] = [];
  const gates = new WeakMap<object, Gate>();
  const compiler = new PostgresQueryCompiler();
  const db = api.deps.db.withPlugin({
    transformQuery({ node, queryId }) {
      const statement = wanted.length > 0 ? compiler.compileQuery(node, queryId).sql : '';
      const found = wanted.findIndex(({ text }) => statement.includes(text));
      const [gate] = found < 0 ? [] : wanted.splice(found, 1);
      if (gate !== undefined) gates.set(queryId, gate);
      return node;
    },
    async transformResult({ queryId, result }) {
      const gate = gates.get(queryId);
      gate?.reach();
      await gate?.go;
      gate?.answer();
      return result;
    },
  });
  return {
    db,
    hold(text: string) {
      const [reached, go, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      wanted.push({ text, reach: reached.resolve, go: go.promise, answer: answered.resolve });
      return { reached: reached.promise, release: go.resolve, answered: answered.promise };
    },
  };
}

async function addCase(shopId = api.shopId) {
  const opening = await openIntercept(api.deps.db, newDraft({ shopId }), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(opening.kind);
  return opening;
}

/** The next version of a case that the stream tells of, whatever else it tells. */
async function untilTold(stream: OpenStream, interceptId: string, version: number): Promise<Heard> {
  for (;;) {
    const heard = await stream.next();
    if (heard === null) throw new Error(`the stream ended before ${interceptId} version ${version}`);
    if (heard.data.interceptId === interceptId && heard.data.version === version) return heard;
  }
}

describe('live updates', () => {
  test('begin with the time and a place to come back to, and are kept by nobody on the way', async () => {
    const stream = await listen(browser);
    expect(stream.status).toBe(200);
    expect(Object.fromEntries(stream.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String),
    });
    expect(stream.headers.get('content-encoding')).toBeNull();
    expect(await stream.next()).toEqual({
      id: expect.stringMatching(/^\d+$/),
      event: 'hello',
      data: { serverTime: expect.stringMatching(/Z$/) },
    });
  });

  test('tell every page of the shop of a change, thin, and no other shop', async () => {
    const other = await signedIn(api.app, api.deps, OTHER_SHOP.shopId, '别家', 'OWNER');
    const [one, two, foreign] = [await listen(browser), await listen(browser), await listen(other)];
    for (const stream of [one, two, foreign]) expect((await stream.next())?.event).toBe('hello');
    const { input, state } = await addCase();
    await saveRecord(api.deps.db, laterRecord(state, 2));
    for (const stream of [one, two]) {
      expect(await untilTold(stream, input.interceptId, 2)).toEqual({
        id: expect.stringMatching(/^\d+$/),
        event: 'case.changed',
        data: { interceptId: input.interceptId, version: 2 },
      });
    }
    const theirs = await addCase(OTHER_SHOP.shopId);
    const next = await foreign.next();
    expect(next?.data).toEqual({ interceptId: theirs.input.interceptId, version: 1 });
  });

  test('tell what was missed since the last event that was seen', async () => {
    const first = await listen(browser);
    await first.next();
    const { input, state } = await addCase();
    const seen = await untilTold(first, input.interceptId, 1);
    await first.leave();
    await saveRecord(api.deps.db, laterRecord(state, 2));
    await saveRecord(api.deps.db, laterRecord(state, 3));
    const back = await listen(browser, { 'last-event-id': seen.id ?? '' });
    await untilTold(back, input.interceptId, 3);
    for (const id of ['no number', '-1', '9'.repeat(30)])
      expect((await (await listen(browser, { 'last-event-id': id })).next())?.event).toBe('hello');
  });

  test('need nobody’s notification: the log is read anyway', async () => {
    const stream = await listen(browser);
    await stream.next();
    const { input, state } = await addCase();
    await untilTold(stream, input.interceptId, 1);
    const { version } = laterRecord(state, 2).state;
    await sql`insert into intercept_log (intercept_id, initiated_at, version, n, at, actor_kind, actor, what, before, after)
      select intercept_id, initiated_at, ${version}, 0, clock_ms(), 'SYSTEM', 'test', 'SILENT', '{}', '{}' from intercepts where intercept_id = ${input.interceptId}`.execute(
      api.deps.db,
    );
    await untilTold(stream, input.interceptId, 2);
  });

  test('lose no line that becomes visible after a later one', async () => {
    const stream = await listen(browser);
    await stream.next();
    const [slow, fast] = [await addCase(), await addCase()];
    await untilTold(stream, fast.input.interceptId, 1);
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const late = api.deps.db.transaction().execute(async (trx) => {
      await sql`insert into intercept_log (intercept_id, initiated_at, version, n, at, actor_kind, actor, what, before, after)
        select intercept_id, initiated_at, 7, 0, clock_ms(), 'SYSTEM', 'test', 'LATE', '{}', '{}' from intercepts where intercept_id = ${slow.input.interceptId}`.execute(
        trx,
      );
      begun();
      await held;
    });
    await started;
    await saveRecord(api.deps.db, laterRecord(fast.state, 2));
    const later = await untilTold(stream, fast.input.interceptId, 2);
    finish();
    await late;
    const told = await untilTold(stream, slow.input.interceptId, 7);
    expect(Number(told.id)).toBeLessThan(Number(later.id));
  });

  test('are for signed-in people who take events, five at a time', async () => {
    expect((await listen(openBrowser(api.app))).status).toBe(401);
    expect((await listen(browser, { accept: 'application/json' })).status).toBe(406);
    const person = await signedIn(api.app, api.deps, api.shopId, '多页', 'VIEWER');
    const streams = [];
    for (let n = 0; n < 5; n += 1) streams.push(await listen(person));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const sixth = await person.call('GET', '/console/api/events', undefined, { accept: 'text/event-stream' });
    expect([sixth.status, sixth.body.code, sixth.headers['retry-after']]).toEqual([429, 'TOO_MANY_STREAMS', '15']);
    expect((await listen(browser)).status).toBe(200);
  });

  test('end at once with their session', async () => {
    const person = await signedIn(api.app, api.deps, api.shopId, '退出', 'VIEWER');
    const [own, kept] = [await listen(person), await listen(browser)];
    await own.next();
    await kept.next();
    expect((await person.call('DELETE', '/console/api/session')).status).toBe(204);
    expect(await own.next()).toBeNull();
    const { input } = await addCase();
    await untilTold(kept, input.interceptId, 1);
    expect((await listen(person)).status).toBe(401);
  });

  test('tell what happened at another API process, and end soon with a session that was ended there', async () => {
    const other = await openTestApi({ db: api.deps.db, config: api.deps.config });
    const base = await other.app.listen({ host: '127.0.0.1', port: 0 });
    const person = await signedIn(api.app, api.deps, api.shopId, '两处', 'OWNER');
    const there = await listen(person, {}, base);
    expect((await there.next())?.event).toBe('hello');
    const { input } = await addCase();
    await untilTold(there, input.interceptId, 1);
    expect((await person.call('DELETE', '/console/api/session')).status).toBe(204);
    expect(await there.next()).toBeNull();
    await other.close();
    // Sooner than the heartbeat, by which it would have ended once.
  }, 15_000);

  test('go on when they come while the database is asked which sessions live, and one whose session ends before they begin is not signed in', async () => {
    const gate = gatedDatabase();
    const other = await openTestApi({ db: gate.db, config: api.deps.config });
    others.push(other);
    const base = await other.app.listen({ host: '127.0.0.1', port: 0 });
    const [first, second, third] = [
      await signedIn(api.app, api.deps, api.shopId, '先来', 'VIEWER'),
      await signedIn(api.app, api.deps, api.shopId, '后到', 'VIEWER'),
      await signedIn(other.app, other.deps, other.shopId, '即走', 'VIEWER'),
    ];
    await (await listen(first, {}, base)).next();
    const asking = gate.hold('"session_hash" in');
    await asking.reached;
    const later = await listen(second, {}, base);
    expect((await later.next())?.event).toBe('hello');
    asking.release();
    await asking.answered;
    const { input } = await addCase();
    await untilTold(later, input.interceptId, 1);

    const beginning = gate.hold('select clock_ms() as now');
    const unbegun = listen(third, {}, base);
    await beginning.reached;
    expect((await third.call('DELETE', '/console/api/session')).status).toBe(204);
    beginning.release();
    expect((await unbegun).status).toBe(401);

    const gone = new AbortController();
    const begun = gate.hold('select clock_ms() as now');
    const headers = { accept: 'text/event-stream', cookie: first.cookie };
    const left = fetch(`${base}/console/api/events`, { headers, signal: gone.signal }).catch((error: Error) => error.name);
    await begun.reached;
    gone.abort();
    expect(await left).toBe('AbortError');
    begun.release();
    await begun.answered;
  }, 20_000);

  test('do not hold up the end of the server', async () => {
    const other = await openTestApi();
    const base = await other.app.listen({ host: '127.0.0.1', port: 0 });
    const person = await signedIn(other.app, other.deps, other.shopId, '关机', 'VIEWER');
    const stream = await listen(person, {}, base);
    await stream.next();
    const startedAt = performance.now();
    const [end] = await Promise.all([stream.next(), other.close()]);
    expect(end).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

test('a process that cannot listen still tells its pages, from the log', async () => {
  const deaf = await openTestApi({ config: { ...api.deps.config, database: { url: 'postgres://nobody@127.0.0.1:9/none' } } });
  const base = await deaf.app.listen({ host: '127.0.0.1', port: 0 });
  const stream = await listen(await signedIn(deaf.app, deaf.deps, deaf.shopId, '聋', 'VIEWER'), {}, base);
  expect((await stream.next())?.event).toBe('hello');
  const opening = await openIntercept(deaf.deps.db, newDraft({ shopId: deaf.shopId }), firstRecord);
  if (opening.kind !== 'CREATED') throw new Error(opening.kind);
  await untilTold(stream, opening.input.interceptId, 1);
  await deaf.close();
});
