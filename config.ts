import { readFileSync } from 'node:fs';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { CARRIERS } from './carriers/index.ts';
import type { VariableNotes } from './config/notes.ts';
import { type LOG_LEVELS, resultSecretName, VARIABLES, WORKER_ADMIN_PORT } from './config/variables.ts';
import { nearMisses } from './config/near-misses.ts';
import { checkSandbox, hasSandbox, sandboxName } from './config/sandbox.ts';
import { isPublishedExample } from './config/published-examples.ts';
import { isLoopbackUrl, readVariable, secretsIn, type VariableValue } from './config/values.ts';
import type { CarrierCode } from './domain/carrier.ts';
import { carrierOf } from './domain/world.ts';
import { CORRECTION_AFTER_MS } from './domain/intercept/parcel.ts';
import type { InterceptDurations } from './domain/intercept/state.ts';
import type { Retention } from './domain/retention.ts';
import type { DurationMs } from './domain/time.ts';
import { KUAISHOU_SETTINGS, KUAISHOU_URL_SETTING } from './platforms/index.ts';
import { type PayloadKey, readPayloadKeys } from './sealing/payload-keys.ts';

/** Which process asks. `cli` is a command beside a running service. */
export type Role = 'api' | 'worker' | 'all' | 'cli';

/** `embedded`: under `npm start`, which allows plain HTTP, loopback and the simulators' published secrets. */
export interface ConfigMode {
  embedded: boolean;
  role: Role;
}

/** Everything a process may be told, checked. Durations in ms. */
export interface Config {
  readonly embedded: boolean;
  readonly dataDir: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Addresses and networks whose word on who really calls is believed. */
    readonly trustedProxies: readonly string[];
  };
  /** Where people open the console, without a slash at its end; null: messages lead nowhere. */
  readonly consoleUrl: string | null;
  /** Through which server and from whom notices leave by mail; null: they do not. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  readonly admin: { readonly host: string; readonly port: number };
  readonly database: { readonly url: string };
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    /** For `Connection.connect` and `NativeConnection.connect`. */
    readonly connection: ClientConnectConfig['connectionOptions'];
    /** What payloads and failures are sealed with, the first; empty: they are not. */
    readonly payloadKeys: readonly PayloadKey[];
    /** The build that a worker runs, as Temporal routes to it; null: it takes every task. */
    readonly deployment: WorkerDeploymentVersion | null;
  };
  readonly temporalUiUrl: string;
  readonly durations: Readonly<InterceptDurations>;
  /** Settings of each carrier that is on, those of the sandbox too, by variable name, for `Carrier.connect`. */
  readonly carriers: Readonly<Record<CarrierCode, Record<string, string>>>;
  readonly kuaishou: Readonly<Record<string, string>>;
  /** The platform that plays the real one for the sandbox's shops; null: there is no sandbox. */
  readonly sandbox: { readonly kuaishou: Readonly<Record<string, string>> } | null;
  /** True while at least one gateway is a simulator: only then is the demo key honoured. */
  readonly simulatorsInUse: boolean;
  readonly demoApiKey: string | null;
  /** Secret of each carrier's result push, null where the route is closed. */
  readonly resultSecrets: Readonly<Record<CarrierCode, string | null>>;
  readonly blockedCategories: readonly string[];
  readonly createWaitMs: DurationMs;
  readonly carrierPollEveryMs: DurationMs;
  /** How long what is kept for a time is kept. */
  readonly retention: Readonly<Retention>;
  /** Most that the files of one shop come to together. */
  readonly fileQuotaBytes: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Whether traces go to a collector; which one, the exporter reads from the environment itself. */
  readonly tracesWanted: boolean;
  /** 32 bytes in Base64; former ones after commas. */
  readonly dataKey: string;
  /** Names that look like a misspelt variable; to be logged at the start. */
  readonly warnings: readonly string[];
}

/** The environment as a process has it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One variable that cannot be used: which, what is wrong with it and what to write instead. */
export interface BadVariable {
  name: string;
  problem: string;
}

/** The configuration cannot be used; the message lists every bad variable, one a line, never a secret's value. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
  readonly variables: readonly BadVariable[];
  constructor(variables: readonly BadVariable[]) {
    super(`The configuration cannot be used:\n${variables.map(({ name, problem }) => `  ${name}: ${problem}`).join('\n')}`);
    this.variables = variables;
  }
}

/** How a running process of the service is configured: by its own environment, embedded when `npm start` says so. */
export function loadProcessConfig(role: Role): Config {
  return loadConfig(process.env, { embedded: process.env.EMBEDDED === '1', role });
}

/**
 * Reads and checks the whole environment (F148, S86). An empty variable counts as unset, and a secret may come as `NAME_FILE`.
 * Throws one `BadConfiguration` that names every bad variable.
 */
export function loadConfig(env: Environment, mode: ConfigMode): Config {
  const bad: BadVariable[] = [];
  const told = withFiles(withoutEmpty(env), bad);
  const values = readAll(told, mode, bad);
  const temporal = readTemporal(told, mode, bad);
  checkTogether(values, told, mode, bad);
  if (bad.length > 0 || temporal === null) throw new BadConfiguration(bad);
  return asConfig(values, temporal, told, mode);
}

type Told = Record<string, string>;
type Values = Map<string, VariableValue>;

function withoutEmpty(env: Environment): Told {
  const told: Told = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined && value.trim() !== '') told[name] = value;
  return told;
}

/** Puts the content of `NAME_FILE` in the place of a secret; a closing line end does not belong to it. */
function withFiles(told: Told, bad: BadVariable[]): Told {
  const merged = { ...told };
  for (const [name, notes] of Object.entries(VARIABLES)) {
    const path = told[`${name}_FILE`];
    if (!notes.secret || path === undefined) continue;
    if (told[name] !== undefined) {
      bad.push({ name: `${name}_FILE`, problem: `set beside ${name}: write only one of the two` });
      continue;
    }
    try {
      const content = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      if (content === '') bad.push({ name: `${name}_FILE`, problem: `the file ${path} is empty` });
      merged[name] = content;
    } catch (error) {
      bad.push({ name: `${name}_FILE`, problem: `the file ${path} cannot be read (${codeOf(error)})` });
      merged[name] = '';
    }
  }
  return merged;
}

/** What the SDK's own variables say. */
type Connecting = Omit<Config['temporal'], 'payloadKeys' | 'deployment'>;

/** Variables the SDK reads by itself, with its file and profiles. */
const READ_BY_TEMPORAL = new Set(['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_PROFILE']);

function readAll(told: Told, mode: ConfigMode, bad: BadVariable[]): Values {
  const values: Values = new Map();
  for (const [name, notes] of Object.entries(VARIABLES)) {
    if (READ_BY_TEMPORAL.has(name)) continue;
    const text = told[name] ?? fallbackText(name, notes, told, mode);
    // An empty text stands for a secret's file that is already reported.
    if (text === '') continue;
    if (text === undefined) {
      if (!notes.optional && isNeeded(name, mode) && isAskedFor(notes, told)) bad.push({ name, problem: `not set: ${notes.description}` });
      continue;
    }
    try {
      if (notes.secret && !mode.embedded && secretsIn(text, notes).some(isPublishedExample))
        throw new Error('a published example, known to everybody: write a secret of your own');
      values.set(name, readVariable(text, notes, mode));
    } catch (error) {
      // What another variable lent is reported there.
      if (told[name] === undefined && notes.fallback !== undefined) continue;
      bad.push({ name, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return values;
}

function fallbackText(name: string, notes: VariableNotes, told: Told, mode: ConfigMode): string | undefined {
  if (name === 'ADMIN_PORT' && mode.role === 'worker') return WORKER_ADMIN_PORT;
  return notes.fallback === undefined ? notes.default : told[notes.fallback];
}

/** A command needs the database and the key to its secrets, not every gateway's credentials. */
function isNeeded(name: string, mode: ConfigMode): boolean {
  return mode.role !== 'cli' || name === 'DATABASE_URL' || name === 'DATA_KEY';
}

/** What belongs to a party that is off by default is needed only once that party's URL is told. */
function isAskedFor({ neededBeside }: VariableNotes, told: Told): boolean {
  return neededBeside === undefined || told[neededBeside] !== undefined;
}

function readTemporal(told: Told, mode: ConfigMode, bad: BadVariable[]): Connecting | null {
  // The SDK's own file speaks of other servers than the one `npm start` runs, unless it was asked for by name.
  const disableFile = mode.embedded && told.TEMPORAL_PROFILE === undefined && told.TEMPORAL_CONFIG_FILE === undefined;
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: told, disableFile });
    const { address } = connectionOptions;
    if (!address) {
      bad.push({
        name: 'TEMPORAL_ADDRESS',
        problem: 'not set: write host:port of the Temporal frontend, such as temporal.example.com:7233',
      });
      return null;
    }
    if (!/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/.test(address)) {
      bad.push({ name: 'TEMPORAL_ADDRESS', problem: `"${address}" is not an address: write host:port, such as temporal.example.com:7233` });
      return null;
    }
    return { address, namespace: namespace ?? 'default', connection: connectionOptions };
  } catch (error) {
    bad.push({ name: 'TEMPORAL_PROFILE', problem: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

function checkTogether(values: Values, told: Told, mode: ConfigMode, bad: BadVariable[]): void {
  const unlock = values.get('REJECT_UNLOCK_AFTER');
  const refund = values.get('AUTO_REFUND_AFTER');
  if (typeof unlock === 'number' && typeof refund === 'number' && unlock >= refund) {
    const text = (name: string): string => told[name] ?? VARIABLES[name]?.default ?? '';
    bad.push({
      name: 'REJECT_UNLOCK_AFTER',
      problem: `${text('REJECT_UNLOCK_AFTER')} is not shorter than AUTO_REFUND_AFTER (${text('AUTO_REFUND_AFTER')}): rejecting has to unlock before the refund is paid by itself`,
    });
  }
  if (values.has('SMTP_URL') && !values.has('MAIL_FROM') && !bad.some(({ name }) => name === 'MAIL_FROM'))
    bad.push({ name: 'MAIL_FROM', problem: `not set, beside SMTP_URL: ${VARIABLES['MAIL_FROM']?.description ?? ''}` });
  bad.push(...checkSandbox(values, (name) => VARIABLES[name]?.secret === true));
  const port = values.get('PORT');
  if (mode.role === 'api' && port !== 0 && port === values.get('ADMIN_PORT')) {
    bad.push({
      name: 'ADMIN_PORT',
      problem: `${String(port)} is PORT too: health and metrics never go on the public port, write another one`,
    });
  }
}

function asConfig(values: Values, temporal: Connecting, told: Told, mode: ConfigMode): Config {
  const text = (name: string): string => values.get(name) as string;
  const number = (name: string): number => values.get(name) as number;
  const orNull = (name: string): string | null => (values.get(name) as string | undefined) ?? null;
  const buildId = orNull('TEMPORAL_WORKER_BUILD_ID');
  const settings = (names: string[], named = (name: string) => name): Record<string, string> =>
    Object.fromEntries(names.flatMap((name) => (values.has(named(name)) ? [[name, text(named(name))] as const] : [])));
  const kuaishouNames = Object.keys(KUAISHOU_SETTINGS.properties);
  return {
    embedded: mode.embedded,
    dataDir: text('DATA_DIR'),
    http: {
      host: text('HOST'),
      port: number('PORT'),
      trustedProxies: (values.get('TRUSTED_PROXIES') as string[] | undefined) ?? [],
    },
    consoleUrl: orNull('CONSOLE_URL')?.replace(/\/+$/, '') ?? (mode.embedded ? `http://${text('HOST')}:${number('PORT')}/console` : null),
    mail: values.has('SMTP_URL') ? { url: text('SMTP_URL'), from: text('MAIL_FROM') } : null,
    admin: { host: text('HOST'), port: number('ADMIN_PORT') },
    database: { url: text('DATABASE_URL') },
    temporal: {
      ...temporal,
      payloadKeys: readPayloadKeys(orNull('TEMPORAL_PAYLOAD_KEYS') ?? undefined),
      deployment: buildId === null ? null : { deploymentName: text('TEMPORAL_DEPLOYMENT_NAME'), buildId },
    },
    temporalUiUrl: text('TEMPORAL_UI_URL'),
    durations: {
      rejectUnlockAfterMs: number('REJECT_UNLOCK_AFTER'),
      autoRefundAfterMs: number('AUTO_REFUND_AFTER'),
      returnStalledAfterMs: number('RETURN_STALLED_AFTER'),
      returnOverdueAfterMs: number('RETURN_OVERDUE_AFTER'),
      returnGiveUpAfterMs: number('RETURN_GIVE_UP_AFTER'),
      correctionAfterMs: CORRECTION_AFTER_MS,
    },
    carriers: Object.fromEntries(
      CARRIERS.flatMap(({ code, offByDefault, urlSetting, settings: { properties } }) => [
        ...(!offByDefault || values.has(urlSetting) ? [[code, settings(Object.keys(properties))]] : []),
        ...(values.has(sandboxName(urlSetting)) ? [[carrierOf('SANDBOX', code), settings(Object.keys(properties), sandboxName)]] : []),
      ]),
    ),
    kuaishou: settings(kuaishouNames),
    sandbox: hasSandbox(told) ? { kuaishou: settings(kuaishouNames, sandboxName) } : null,
    simulatorsInUse: mode.embedded && usesSimulators(values),
    demoApiKey: orNull('DEMO_API_KEY'),
    resultSecrets: Object.fromEntries(
      CARRIERS.flatMap(({ code }) => [
        [code, orNull(resultSecretName(code))],
        [carrierOf('SANDBOX', code), orNull(sandboxName(resultSecretName(code)))],
      ]),
    ),
    blockedCategories: values.get('BLOCKED_CATEGORIES') as string[],
    createWaitMs: number('CREATE_WAIT'),
    carrierPollEveryMs: number('CARRIER_POLL_EVERY'),
    retention: {
      inboxMs: number('RETAIN_INBOX'),
      unknownWaybillsMs: number('RETAIN_UNKNOWN_WAYBILLS'),
      quarantineMs: number('RETAIN_QUARANTINE'),
      scansMs: number('RETAIN_SCANS'),
      rawMs: number('RETAIN_RAW'),
      webhooksMs: number('RETAIN_WEBHOOKS'),
      noticesMs: number('RETAIN_NOTICES'),
      sessionsMs: number('RETAIN_SESSIONS'),
      waybillsMs: number('RETAIN_WAYBILLS'),
      judgementsMs: number('RETAIN_JUDGEMENTS'),
    },
    fileQuotaBytes: number('FILE_QUOTA_BYTES'),
    logLevel: text('LOG_LEVEL') as Config['logLevel'],
    tracesWanted: values.has('OTEL_EXPORTER_OTLP_ENDPOINT'),
    dataKey: text('DATA_KEY'),
    warnings: nearMisses(Object.keys(told)),
  };
}

/** Simulators run beside the service: a gateway on this machine is one, ours or somebody's own. */
function usesSimulators(values: Values): boolean {
  const names = [KUAISHOU_URL_SETTING, ...CARRIERS.map((carrier) => carrier.urlSetting)];
  return names.some((name) => isLoopbackUrl(String(values.get(name))));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
