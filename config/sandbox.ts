import { CARRIERS } from '../carriers/index.ts';
import { KUAISHOU_URL_SETTING } from '../platforms/index.ts';
import type { VariableGroup, VariableNotes } from './notes.ts';

const PREFIX = 'SANDBOX_';

/** `SANDBOX_ZTO_URL`: the variable that says of the sandbox what `ZTO_URL` says of the real carrier. */
export function sandboxName(name: string): string {
  return `${PREFIX}${name}`;
}

const SWITCH = sandboxName(KUAISHOU_URL_SETTING);

/** Whether there is a sandbox, by what is told. */
export function hasSandbox(told: Readonly<Record<string, string>>): boolean {
  return told[SWITCH] !== undefined;
}

/** The variables of the carriers and the platform once more, for the sandbox: wanted once its platform is told. */
export function sandboxGroup(parties: readonly VariableGroup[]): VariableGroup {
  const twins = parties.flatMap(({ variables }) =>
    Object.entries(variables).map(([name, notes]) => [sandboxName(name), twinOf(name, notes)]),
  );
  return { title: 'Sandbox', variables: Object.fromEntries(twins) };
}

function twinOf(name: string, { kind, pattern, secret, optional, fallback, neededBeside }: VariableNotes): VariableNotes {
  const twin: VariableNotes = {
    // Simulators run beside the service: plain HTTP and any address go.
    kind: kind === 'url' ? 'link' : kind,
    description: `As \`${name}\`, of the sandbox ([how](operators.md#a-sandbox)).`,
    optional: optional === true || sandboxName(name) === SWITCH,
  };
  if (sandboxName(name) === SWITCH) twin.defaultNote = 'no sandbox: no shop can be created as one';
  else if (fallback !== undefined) Object.assign(twin, { fallback: sandboxName(fallback), defaultNote: `\`${sandboxName(fallback)}\`` });
  else if (!twin.optional) {
    twin.neededBeside = neededBeside === undefined ? SWITCH : sandboxName(neededBeside);
    twin.defaultNote = `needed with \`${twin.neededBeside}\``;
  }
  if (pattern !== undefined) twin.pattern = pattern;
  if (secret) twin.secret = true;
  return twin;
}

const URLS = [KUAISHOU_URL_SETTING, ...CARRIERS.map(({ urlSetting }) => urlSetting)];

/**
 * What would mix the worlds: a sandbox without its platform, one that is at a real party's address, and one whose secret is the real
 * one, so that a push of one world would be taken for the other's.
 */
export function checkSandbox(
  values: ReadonlyMap<string, unknown>,
  isSecret: (name: string) => boolean,
): { name: string; problem: string }[] {
  const told = [...values.keys()].filter((name) => name.startsWith(PREFIX));
  const [first] = told;
  if (first === undefined) return [];
  if (!values.has(SWITCH)) return [{ name: SWITCH, problem: `not set, beside ${first}: the sandbox’s platform comes first` }];
  const real = new Map(URLS.flatMap((name) => (values.has(name) ? [[placeOf(String(values.get(name))), name]] : [])));
  return told.flatMap((name) => {
    const twin = name.slice(PREFIX.length);
    const taken = URLS.includes(twin) ? real.get(placeOf(String(values.get(name)))) : undefined;
    if (taken !== undefined) return [{ name, problem: `the address of ${taken} too: a sandbox never speaks to the real one` }];
    if (isSecret(name) && values.get(name) === values.get(twin))
      return [{ name, problem: `the same secret as ${twin}: nobody could tell whose push it signs` }];
    return [];
  });
}

function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/, '');
}
