import { randomInt } from 'node:crypto';

/**
 * What each party and the product must agree on, by the product's environment variables. Published on purpose: they protect nothing
 * but play the real thing. The product refuses secrets that begin with `sim-` outside `npm start`.
 */
export const DEFAULT_CREDENTIALS = {
  ZTO_APP_KEY: 'sim-zto-app',
  ZTO_APP_SECRET: 'sim-zto-secret',
  YTO_APP_KEY: 'sim-yto-app',
  YTO_URL_KEY: 'simUrl',
  YTO_SECRET: 'sim-yto-secret',
  YTO_CLIENT_ID: 'K21000119',
  STO_FROM_APPKEY: 'sim-sto-app',
  STO_FROM_CODE: 'sim-sto-code',
  STO_SECRET: 'sim-sto-secret',
  JT_API_ACCOUNT: '178337126125932605',
  JT_PRIVATE_KEY: 'sim-jt-private-key',
  JD_APP_KEY: 'sim-jd-app',
  JD_APP_SECRET: 'sim-jd-secret',
  JD_ACCESS_TOKEN: 'sim-jd-token',
  JD_CUSTOMER_CODE: '010K000001',
  KUAISHOU_APP_KEY: 'ks680000000000000001',
  KUAISHOU_APP_SECRET: 'sim-kuaishou-app-secret',
  KUAISHOU_SIGN_SECRET: 'sim-kuaishou-sign-secret',
  /** Base64 of 16, 24 or 32 bytes. */
  KUAISHOU_MESSAGE_KEY: Buffer.from('sim-kuaishou-key').toString('base64'),
};
export type Credentials = typeof DEFAULT_CREDENTIALS;

/** How the simulators run. Every length of time is in milliseconds. */
export interface Settings {
  host: string;
  /** 0: any free port. */
  port: number;
  /** Where pushes and messages go (`http://host:port`); null: nothing is sent. */
  webhookBase: string | null;
  /** Null: nothing survives the process. */
  stateFile: string | null;
  /** One step of a scripted route. */
  paceMs: number;
  /** From an accepted approve (50) to the payment's end (60 or 70). */
  paymentDelayMs: number;
  /** Waits before a push that was not acknowledged is sent again; after the last one it is given up. */
  pushRetryMs: number[];
  messageRetryMs: number[];
  /** Whether only scans of subscribed parcels are pushed, as the real carriers do. */
  pushOnlySubscribed: boolean;
  /** How long a push waits for its acknowledgement. */
  pushTimeoutMs: number;
  messageTimeoutMs: number;
  accessTtlMs: number;
  refreshTtlMs: number;
  /** Whether a new world starts with the demo shop and its refunds. */
  demo: boolean;
  /** Whether refunds are numbered as those of a sandbox: where the product works with the real platform, it takes no others from here. */
  sandbox: boolean;
  /** Running numbers start above this, so that two worlds do not give the same ids. */
  firstNumber: number;
  credentials: Credentials;
  report(error: unknown): void;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Settings with every gap filled. Platform waits keep the documented order (5 repeats, rising) but in seconds instead of minutes. */
export function completeSettings(given: Partial<Settings>): Settings {
  return {
    host: '127.0.0.1',
    port: 0,
    webhookBase: null,
    stateFile: null,
    paceMs: 3_000,
    paymentDelayMs: 1_500,
    pushRetryMs: [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
    messageRetryMs: [5_000, 10_000, 20_000, 30_000, 60_000],
    pushOnlySubscribed: false,
    pushTimeoutMs: 5_000,
    messageTimeoutMs: 3_000,
    accessTtlMs: 2 * DAY_MS,
    refreshTtlMs: 180 * DAY_MS,
    demo: true,
    sandbox: false,
    firstNumber: randomInt(1_000_000, 9_000_000) * 100,
    report: () => {},
    ...given,
    credentials: { ...DEFAULT_CREDENTIALS, ...given.credentials },
  };
}
