import { callControl } from '../../simulators/control/call.ts';

/** A case as the API shows it, as far as the stories look at it. */
export interface Case {
  interceptId: string;
  refundId: string;
  interceptStatus: string;
  refundStatus: string;
  refundCause: string | null;
  returnStatus: string | null;
  returnFailure: string | null;
  rejectUnlockAt: string;
  autoRefundAt: string;
  carrierRefusal: { code: string | null; message: string } | null;
  allowedActions: { action: string; allowed: boolean; reason: string | null; availableAt: string | null }[];
}

/** A refund seeded at the simulated platform, with its parcel. */
export interface Seeded {
  refundId: string;
  waybillNo: string;
}

/** What a shop's backend does, over real HTTP: nothing here knows the inside of the product. */
export interface ShopClient {
  seed(refund: Record<string, unknown>): Promise<Seeded>;
  /** Starts an intercept; repeated like a command. */
  create(refundId: string): Promise<Case>;
  get(interceptId: string): Promise<Case>;
  /** Asks until the case is as wished; throws with what it last was. */
  until(interceptId: string, wished: (one: Case) => boolean, limitMs: number): Promise<Case>;
  /** Gives a merchant's command; what may be repeated is (`Retry-After`), any other refusal is thrown. */
  act(interceptId: string, action: string, body?: object): Promise<{ status: number; body: Case }>;
  /** Any answer as it comes, refusals too. */
  call<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
  /** The same, repeated while the answer says when to (`Retry-After`). */
  ask<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
  /** Applied payments of a refund in the platform's own book. */
  paymentsOf(refundId: string): Promise<number>;
}

/** An answer is asked of the case's run, in two processes and Temporal: some 17 ms of a processor. */
const ASK_EVERY_MS = 500;
/** A command is given again for so long while the answer says when to. */
const REPEATED_FOR_MS = 30_000;

type Answer<T> = { status: number; body: T; retryAfterSeconds: number | null };

/** A client for the API at `apiUrl` with a key, and for the control of the simulators. */
export function openShopClient(apiUrl: string, key: string, simulatorsUrl: string): ShopClient {
  const call = async <T>(method: string, path: string, body?: object): Promise<Answer<T>> => {
    const response = await fetch(`${apiUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const after = response.headers.get('retry-after');
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as T,
      retryAfterSeconds: after === null ? null : Number(after),
    };
  };
  const wanted = (request: string, answer: Answer<Case>): Answer<Case> => {
    if (answer.status >= 400) throw new Error(`${request} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const get = async (interceptId: string) => {
    const path = `/intercepts/${interceptId}`;
    return wanted(`GET ${path}`, await call<Case>('GET', path)).body;
  };
  const ask = async <T>(method: string, path: string, body?: object): Promise<Answer<T>> => {
    const giveUpAt = Date.now() + REPEATED_FOR_MS;
    for (;;) {
      const answer = await call<T>(method, path, body);
      const { retryAfterSeconds } = answer;
      if (answer.status < 400 || retryAfterSeconds === null || Date.now() > giveUpAt) return answer;
      await new Promise((resolve) => setTimeout(resolve, retryAfterSeconds * 1_000));
    }
  };
  const commanded = async (path: string, body: object): Promise<Answer<Case>> =>
    wanted(`POST ${path}`, await ask<Case>('POST', path, body));
  return {
    call,
    ask,
    get,
    seed: (refund) => callControl<Seeded>(simulatorsUrl, 'POST', '/sim/refunds', refund),
    create: async (refundId) => (await commanded('/intercepts', { refundId, confirm: true })).body,
    async until(interceptId, wished, limitMs) {
      const giveUpAt = Date.now() + limitMs;
      for (;;) {
        const one = await get(interceptId);
        if (wished(one)) return one;
        if (Date.now() > giveUpAt) throw new Error(`${interceptId} never got there: ${JSON.stringify(one)}`);
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    },
    act: (interceptId, action, body = {}) => commanded(`/intercepts/${interceptId}/${action}`, body),
    async paymentsOf(refundId) {
      const { items } = await callControl<{ items: { applied: boolean }[] }>(simulatorsUrl, 'GET', `/sim/payments?refundId=${refundId}`);
      return items.filter(({ applied }) => applied).length;
    },
  };
}
