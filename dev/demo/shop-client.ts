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
  create(refundId: string): Promise<Case>;
  get(interceptId: string): Promise<Case>;
  /** Asks until the case is as wished; throws with what it last was. */
  until(interceptId: string, wished: (one: Case) => boolean, limitMs: number): Promise<Case>;
  act(interceptId: string, action: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  call<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
  /** Applied payments of a refund in the platform's own book. */
  paymentsOf(refundId: string): Promise<number>;
}

const ASK_EVERY_MS = 250;

/** A client for the API at `apiUrl` with a key, and for the control of the simulators. */
export function openShopClient(apiUrl: string, key: string, simulatorsUrl: string): ShopClient {
  const call = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${apiUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T };
  };
  const wanted = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await call<T>(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const get = (interceptId: string) => wanted<Case>('GET', `/intercepts/${interceptId}`);
  return {
    call,
    get,
    seed: (refund) => control<Seeded>(simulatorsUrl, 'POST', '/sim/refunds', refund),
    create: (refundId) => wanted<Case>('POST', '/intercepts', { refundId, confirm: true }),
    async until(interceptId, wished, limitMs) {
      const giveUpAt = Date.now() + limitMs;
      for (;;) {
        const one = await get(interceptId);
        if (wished(one)) return one;
        if (Date.now() > giveUpAt) throw new Error(`${interceptId} never got there: ${JSON.stringify(one)}`);
        await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
      }
    },
    act: (interceptId, action, body = {}) => call('POST', `/intercepts/${interceptId}/${action}`, body),
    async paymentsOf(refundId) {
      const { items } = await control<{ items: { applied: boolean }[] }>(simulatorsUrl, 'GET', `/sim/payments?refundId=${refundId}`);
      return items.filter(({ applied }) => applied).length;
    },
  };
}

async function control<T>(simulatorsUrl: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${simulatorsUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}
