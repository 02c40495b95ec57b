import { CARRIERS } from '../carriers/index.ts';
import { KUAISHOU_URL_SETTING } from '../platforms/index.ts';
import type { Environment } from './programs/executables.ts';

/** The variables that say where each outside party is. Without its own, a carrier that is off by default is none. */
export const PARTY_URLS: readonly string[] = [
  ...CARRIERS.filter(({ offByDefault }) => !offByDefault).map(({ urlSetting }) => urlSetting),
  KUAISHOU_URL_SETTING,
];
/** The same of the carriers that are off until it is set. */
export const LEFT_OFF: ReadonlySet<string> = new Set(
  CARRIERS.filter(({ offByDefault }) => offByDefault).map(({ urlSetting }) => urlSetting),
);

/** What the runner knows when it starts the worker and the API. */
export type StackFacts = {
  host: string;
  dataDir: string;
  databaseUrl: string;
  /** `undefined`: the environment names a Temporal of its own, which is left as it is. */
  temporal: { address: string; namespace: string; uiUrl: string } | undefined;
  simulators: Record<string, string>;
  dataKey: string;
  demoApiKey: string | undefined;
};

/** Whether all outside parties are told, so that no simulator is needed. */
export function everyPartyIsTold(environment: Environment): boolean {
  return PARTY_URLS.every((name) => isSet(environment, name));
}

/**
 * The environment of the worker and the API: the user's own, completed. A variable the user set, directly or as `NAME_FILE`, always wins, so a
 * `…_URL` replaces that one simulator and leaves the others. A carrier that is off by default stays off: its simulator is there for who sets its URL.
 */
export function partEnvironment(environment: Environment, facts: StackFacts): Environment {
  const completed: Environment = { ...environment, EMBEDDED: '1', HOST: facts.host, DATA_DIR: facts.dataDir };
  const suggestions: Record<string, string> = { ...facts.simulators, DATABASE_URL: facts.databaseUrl, DATA_KEY: facts.dataKey };
  if (facts.demoApiKey !== undefined) suggestions['DEMO_API_KEY'] = facts.demoApiKey;
  if (facts.temporal !== undefined) {
    Object.assign(suggestions, { TEMPORAL_NAMESPACE: facts.temporal.namespace, TEMPORAL_UI_URL: facts.temporal.uiUrl });
    const { address } = facts.temporal;
    Object.assign(completed, withoutTemporalCredentials(completed), {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_PORT: address.split(':').at(-1),
    });
  }
  for (const [name, value] of Object.entries(suggestions)) {
    if (!LEFT_OFF.has(name) && !isSet(completed, name) && !isSet(completed, `${name}_FILE`)) completed[name] = value;
  }
  return completed;
}

/** Credentials for some other Temporal would make the client speak TLS to the embedded one. */
function withoutTemporalCredentials(environment: Environment): Environment {
  const names = Object.keys(environment).filter((name) => name.startsWith('TEMPORAL_TLS') || name.startsWith('TEMPORAL_API_KEY'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function isSet(environment: Environment, name: string): boolean {
  const value = environment[name];
  return value !== undefined && value.trim() !== '';
}
