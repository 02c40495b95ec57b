import createClient, { type Client as OpenApiClient } from 'openapi-fetch';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemOf } from './problem.ts';
import { type Repeats, sendRepeatedly } from './repeat.ts';
import type { components, paths } from './schema.ts';

export type Client = OpenApiClient<paths>;
/** What is sent and answered, by name: `Schemas['Intercept']`. */
export type Schemas = components['schemas'];

export interface ClientOptions extends Partial<Repeats> {
  /** Where the service is, without `/v1`. */
  baseUrl: string;
  /** The shop's key. */
  key: string;
  /** Language of problems. */
  language?: 'zh-CN' | 'en';
}

/** The `/v1` contract as typed calls. Each rejects with `Problem`, or with what `fetch` throws when there is no answer. */
export function connect({ baseUrl, key, language = 'zh-CN', ...told }: ClientOptions): Client {
  const repeats: Repeats = {
    retries: 3,
    timeoutMs: 60_000,
    fetch: globalThis.fetch,
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
    ...told,
  };
  const client = createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${key}`, 'accept-language': language },
    fetch: (request) => sendRepeatedly(request, repeats),
  });
  client.use({
    onResponse: async ({ response }) => {
      if (!response.ok) throw await problemOf(response);
    },
  });
  return client;
}

/** The body of a successful call. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await call;
  if (data === undefined || data === null) throw new TypeError('the answer has no body');
  return data;
}

/** Sends a file (JPEG, PNG or PDF): its `fileId` is evidence of a claim. */
export function upload(client: Client, file: File): Promise<Schemas['File']> {
  const bodySerializer = () => {
    const form = new FormData();
    form.append('file', file);
    return form;
  };
  return dataOf(client.POST('/v1/files', { body: { file: file.name }, bodySerializer }));
}
