import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { eventBody } from '../delivery/event-body.ts';
import { ROLES } from '../domain/role.ts';
import { factsOf } from '../domain/rules/test-facts.ts';
import { openCase } from '../evidence/test-records.ts';
import { createKey } from '../store/api-keys.ts';
import { insertNotices } from '../store/notices.ts';
import { insertOutbox } from '../store/outbox.ts';
import { dispatchOutbox } from '../store/outbox-dispatch.ts';
import { everyRoute, type KnownRoute, signedIn } from './console/test-console.ts';
import { JPEG } from './files/sample-files.ts';
import { type Answer, OTHER_SHOP, openTestApi, send, type TestApi } from './test-api.ts';

/** Two shops with one of everything; each route is asked by everybody of the one for what is the other's. */
// biome-ignore lint/suspicious/noExplicitAny: the document is walked freely
type Json = any;
let api: TestApi;
let document: Json;
let routes: KnownRoute[];
let theirs: Record<string, string>;
let mine: Record<string, string>;
let theirKey: string;
/** A way to call as somebody of the demo shop, by name. */
let callers: [who: string, call: Call][];

type Call = (method: KnownRoute['method'], url: string, body?: object) => Promise<Answer>;

/** In every text that a shop may not see of the other. */
const SECRET = '别家机密';

beforeAll(async () => {
  api = await openTestApi();
  routes = (await everyRoute(api.deps)).filter(({ scope }) => scope !== null);
  document = (await api.call('GET', '/v1/openapi.json')).body;
  theirKey = await api.newKey(['admin', 'intercepts:read', 'settlement:write', 'webhooks:write'], OTHER_SHOP.shopId);
  theirs = await oneOfEverything(OTHER_SHOP.shopId, theirKey, '1', SECRET);
  mine = await oneOfEverything(api.shopId, api.key, '2', '自家');
  callers = [['a key', (method, url, body) => asKey(api.key, method, url, body)]];
  for (const role of ROLES) {
    const browser = await signedIn(api.app, api.deps, api.shopId, `人-${role}`, role);
    callers.push([role, (method, url, body) => browser.call(method, url, body, { accept: 'application/json' })]);
  }
});
afterAll(() => api.close());

const asKey = (key: string, method: KnownRoute['method'], url: string, payload?: object): Promise<Answer> =>
  send(api.app, { method, url, ...(payload ? { payload } : {}), headers: { authorization: `Bearer ${key}` } });

/** A case, claim, ledger line, endpoint with a delivery, notice, file, subscription, person, key and session of a shop, by the names of paths. */
async function oneOfEverything(shopId: string, key: string, digit: string, word: string): Promise<Record<string, string>> {
  const { db } = api.deps;
  const numbers = { waybillNo: `7310000000900${digit}`, refundId: `90000000000000${digit}` };
  const { input } = await openCase(db, { shopId, ...numbers, outletName: word });
  const { interceptId } = input;
  const [claimId, lineId, subscriptionId] = [`clm_${digit.repeat(20)}`, `${interceptId}-fee`, `sub_${digit.repeat(20)}`];
  const state = JSON.stringify({
    claimId,
    shopId,
    interceptId,
    status: 'ACCEPTED',
    channel: 'CLAIM_SHEET',
    note: word,
    version: 1,
    ...CLAIM,
  });
  await sql`
    insert into claims (claim_id, shop_id, intercept_id, carrier, outlet_code, outlet_name, waybill_no, kind, status, contact_phone, goods,
      claimed_fen, description, evidence, opened_by, state, updated_at)
    values (${claimId}, ${shopId}, ${interceptId}, 'ZTO', 'O1', ${word}, ${numbers.waybillNo}, 'DAMAGE', 'ACCEPTED', '13800001234', '[]', 5000,
      ${word}, '{}', 'staff', ${state}, clock_ms())`.execute(db);
  await sql`
    insert into ledger_lines (line_id, shop_id, carrier, outlet_code, outlet_name, intercept_id, waybill_no, kind, amount_fen, occurred_at)
    values (${lineId}, ${shopId}, 'ZTO', 'O1', ${word}, ${interceptId}, ${numbers.waybillNo}, 'FEE', 500, clock_ms())`.execute(db);
  await sql`
    insert into outlet_subscriptions (subscription_id, shop_id, carrier, outlet_code, outlet_name, status, source)
    values (${subscriptionId}, ${shopId}, 'ZTO', 'O1', ${word}, 'ACTIVE', 'MERCHANT')`.execute(db);
  const facts = JSON.stringify(factsOf({ refundId: numbers.refundId, outletName: word }));
  await sql`
    insert into rule_judgements (shop_id, refund_id, version, decision, cause, facts, verdicts, seen_at)
    values (${shopId}, ${numbers.refundId}, 1, 'LEAVE', 'NO_RULE_MATCHED', ${facts}, '[]', clock_ms())`.execute(db);
  const endpoint = await asKey(key, 'POST', '/v1/webhook-endpoints', { url: `http://127.0.0.1:9/${digit}`, types: ['refund.closed'] });
  const channel = await asKey(key, 'POST', '/v1/notice-channels', {
    kind: 'WECOM',
    name: word,
    url: `http://127.0.0.1:9/cgi-bin/webhook/send?key=tenants-${digit}`,
  });
  await insertOutbox(db, {
    eventKey: `tenants-${digit}`,
    shopId,
    interceptId,
    sequence: 9,
    type: 'refund.closed',
    payload: { word },
    occurredAt: Date.now(),
  });
  await dispatchOutbox(db, 100, eventBody);
  const { delivery_id: deliveryId } = await db
    .selectFrom('webhook_deliveries')
    .select('delivery_id')
    .where('endpoint_id', '=', endpoint.body.endpointId)
    .executeTakeFirstOrThrow();
  await insertNotices(db, [
    {
      eventKey: `tenants-${digit}`,
      shopId,
      interceptId,
      at: Date.now(),
      kind: 'NOTICE',
      code: 'REFUND_REOPENED',
      detail: { outletName: word },
    },
  ]);
  const { notice_id: noticeId } = await db
    .selectFrom('notices')
    .select('notice_id')
    .where('event_key', '=', `tenants-${digit}`)
    .executeTakeFirstOrThrow();
  const person = await signedIn(api.app, api.deps, shopId, `${word}店主`, 'OWNER');
  const [staff] = (await person.call('GET', '/console/api/staff')).body.items;
  const [session] = (await person.call('GET', '/console/api/sessions')).body.items;
  const view = await person.call('POST', '/console/api/views', { page: 'CLAIMS', name: word, query: 'status=ACCEPTED' });
  const { key: made } = await createKey(db, { shopId, label: word, scopes: [], expiresAt: null });
  return {
    ...numbers,
    interceptId,
    claimId,
    lineId,
    subscriptionId,
    deliveryId,
    endpointId: endpoint.body.endpointId,
    channelId: channel.body.channelId,
    noticeId: String(noticeId),
    fileId: await upload(key),
    staffId: staff.staffId,
    sessionId: session.sessionId,
    viewId: view.body.viewId,
    keyId: made.keyId,
  };
}

const CLAIM = {
  carrier: 'ZTO',
  kind: 'DAMAGE',
  claimedFen: 5_000,
  awardedFen: null,
  carrierReference: null,
  carrierRefusal: null,
  verdictMissing: false,
  durations: { pollFirstMs: 1, pollAtMostMs: 1, remindAfterMs: 1 },
  repliesSeen: 0,
  movedAt: Date.now(),
  pollDueAt: null,
  pollEveryMs: 1,
  remindDueAt: null,
  updatedAt: Date.now(),
};

async function upload(key: string): Promise<string> {
  const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n';
  const payload = Buffer.concat([Buffer.from(part), JPEG, Buffer.from('\r\n--b--\r\n')]);
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'multipart/form-data; boundary=b' };
  return (await send(api.app, { method: 'POST', url: '/v1/files', payload, headers })).body.fileId;
}

const hasId = ({ url }: KnownRoute): boolean => url.includes('/:');
const fill = (url: string, ids: Record<string, string>): string =>
  url.replaceAll(/:(\w+)/g, (_all, name: string) => ids[name] ?? `no id for ${name}`);
/** Ids of the same form that nobody has. */
const nobodys = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(theirs).map(([name, id]) => [name, id.replace(/[0-9a-z](?=(-\d+)?(-fee)?$)/, (end) => (end === '7' ? '8' : '7'))]),
  );
/** What an answer tells, but for the request it is about. */
const told = ({ status, body, text }: Answer) => [status, body === null ? text : { ...body, instance: null }];

/** Every row of the other shop, in whatever table that knows shops. */
async function theirRows(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns where column_name = 'shop_id' and table_schema = current_schema() order by 1`.execute(
    api.deps.db,
  );
  expect(tables.length).toBeGreaterThan(12);
  const dumps: unknown[] = [];
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.table(name)} t where shop_id = ${OTHER_SHOP.shopId} order by t::text`.execute(
      api.deps.db,
    );
    dumps.push([name, rows]);
  }
  return JSON.stringify(dumps);
}

/** What the document gives as an example, so that an answer is about the thing and not about the body. */
function bodyOf(method: KnownRoute['method'], url: string): object | undefined {
  if (method === 'GET' || method === 'DELETE') return undefined;
  if (url.startsWith('/console/')) return url.includes('/views/') ? { name: '改名' } : { active: false };
  const path = url.replaceAll(/:(\w+)/g, '{$1}');
  const [media] = Object.values<Json>(document.paths[path][method.toLowerCase()].requestBody?.content ?? {});
  return media?.example ?? Object.values<Json>(media?.examples ?? {})[0]?.value ?? media?.schema.examples?.[0];
}

describe('role × route × shop', () => {
  test('every id of a path names something of the two shops, and each shop sees its own', async () => {
    const names = new Set(routes.flatMap(({ url }) => [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')));
    expect([...names].filter((name) => theirs[name] === undefined || mine[name] === undefined)).toEqual([]);
    for (const route of routes.filter((each) => each.method === 'GET' && hasId(each))) {
      // Reasons are the platform's to give, and it knows no such refund.
      if (route.url.endsWith('/reject-reasons')) continue;
      const [own, other] = [await asKey(api.key, 'GET', fill(route.url, mine)), await asKey(theirKey, 'GET', fill(route.url, theirs))];
      expect([route.url, own.status, other.status]).toEqual([route.url, 200, 200]);
    }
  });

  test('what is another shop’s is answered as what nobody has, to every role, and nothing of it changes (S24, S25)', async () => {
    const before = await theirRows();
    const [other, none] = [theirs, nobodys()];
    let asked = 0;
    for (const { method, url } of routes.filter(hasId)) {
      for (const [who, call] of callers) {
        const body = bodyOf(method, url);
        const [of, ofNobody] = [await call(method, fill(url, other), body), await call(method, fill(url, none), body)];
        asked += 1;
        expect([who, method, url, told(of)]).toEqual([who, method, url, told(ofNobody)]);
        expect([who, method, url, of.status < 500, of.text.includes(SECRET)]).toEqual([who, method, url, true, false]);
      }
    }
    expect(asked).toBeGreaterThan(150);
    expect(await theirRows()).toBe(before);
  });

  test('no list, table or filter shows anything of another shop (S25, S26)', async () => {
    for (const { method, url } of routes.filter((route) => route.method === 'GET' && !hasId(route))) {
      const parameters: { name: string; required?: boolean }[] = document.paths[url]?.get.parameters ?? [];
      const month = parameters.some(({ name, required }) => name === 'month' && required === true)
        ? `month=${new Date().toISOString().slice(0, 7)}`
        : '';
      const filters = parameters.filter(({ name }) => theirs[name] !== undefined).map(({ name }) => `${name}=${theirs[name]}`);
      for (const filter of ['', ...filters, 'outletCode=O1']) {
        for (const [who, call] of callers) {
          const { status, text } = await call(method, `${url}?${[month, filter].filter((part) => part !== '').join('&')}`);
          const leaked = [SECRET, ...Object.values(theirs)].filter(
            (word) => word.length > 3 && text.includes(word) && !filter.includes(word),
          );
          expect([who, url, filter, leaked, status < 500]).toEqual([who, url, filter, [], true]);
        }
      }
    }
  });
});
