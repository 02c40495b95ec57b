import type { RunningStack } from '../support/running-stack.ts';

const SETTLED_WITHIN_MS = 60_000;
const PHOTO = Buffer.from(
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AKp//2Q==',
  'base64',
);

/** Lists that show the ids there are. */
const LISTS = [
  '/refunds',
  '/intercepts',
  '/claims',
  '/notices',
  '/outlet-subscriptions',
  '/webhook-endpoints',
  '/notice-channels',
  '/ledger-lines',
];

/** Ids of what a shop has, by the name they have in the paths of the API. */
export type KnownIds = Map<string, Set<string>>;

/**
 * A shop with a bit of everything: refunds nobody intercepted, cases in each state, a claim, a file, an endpoint that is told. Without
 * it most of what is asked about would be 404.
 */
export async function liveIn({ shop, addresses }: RunningStack): Promise<KnownIds> {
  const key = addresses.demoApiKey ?? '';
  const url = 'http://127.0.0.1:9/';
  await shop.call('POST', '/webhook-endpoints', { url, types: ['intercept.requested', 'intercept.succeeded', 'claim.updated'] });
  const robot = { kind: 'WECOM', name: '售后群', url: `${url}cgi-bin/webhook/send?key=nobody-listens` };
  await shop.call('POST', '/notice-channels', robot);
  for (const carrier of ['ZTO', 'YTO', 'STO', 'JT']) await shop.seed({ carrier, refundFeeFen: 4_990 });
  const lives = ['SUCCEEDS', 'FAILS', 'SILENT', 'REFUSES_ONCE'] as const;
  const cases = await Promise.all(
    lives.flatMap((onIntercept) =>
      ['ZTO', 'YTO'].map(async (carrier) => {
        const { refundId } = await shop.seed({ carrier, refundFeeFen: 4_990, parcel: { onIntercept } });
        return { onIntercept, ...(await shop.create(refundId)) };
      }),
    ),
  );
  const fileId = await upload(addresses.api, key);
  for (const { onIntercept, interceptId } of cases) {
    if (onIntercept !== 'SUCCEEDS') continue;
    await shop.until(interceptId, ({ returnStatus }) => returnStatus === 'RETURN_SIGNED', SETTLED_WITHIN_MS);
    const goods = [{ name: '四件套', quantity: 1, specification: '1.8m', valueFen: 9_900 }];
    const stated = { kind: 'DAMAGE', contactPhone: '13800000000', goods, claimedFen: 9_900, description: '外箱破损', evidence: [fileId] };
    const { status, body } = await shop.call('POST', `/intercepts/${interceptId}/claims`, stated);
    if (status !== 201) throw new Error(`a claim was answered ${status}: ${JSON.stringify(body)}`);
  }
  const known: KnownIds = new Map([['fileId', new Set([fileId])]]);
  for (const list of LISTS) gather(known, (await shop.call('GET', list)).body);
  for (const endpointId of known.get('endpointId') ?? [])
    gather(known, (await shop.call('GET', `/webhook-endpoints/${endpointId}/deliveries`)).body);
  return known;
}

async function upload(api: string, key: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([PHOTO], { type: 'image/jpeg' }), '破损.jpg');
  const response = await fetch(`${api}/v1/files`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: form });
  if (response.status !== 201) throw new Error(`an upload was answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { fileId: string }).fileId;
}

function gather(known: KnownIds, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (name.endsWith('Id') && typeof part === 'string') known.set(name, (known.get(name) ?? new Set()).add(part));
    else gather(known, part);
  }
}
