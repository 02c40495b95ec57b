import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { VARIABLES } from '../config/variables.ts';
import { DEFAULT_CREDENTIALS } from '../simulators/settings.ts';

const FOLDER = import.meta.dirname;
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

interface ComposeService {
  image?: string;
  read_only?: boolean;
  build?: object;
  env_file?: (string | { path: string; required: boolean })[];
  healthcheck?: object;
  profiles?: string[];
  environment?: Record<string, string>;
  command?: string[];
  volumes?: string[];
  secrets?: string[];
  stop_grace_period?: string;
  ports?: string[];
}
const compose = parse(read('compose.yml'), { merge: true }) as {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
};
const ours = Object.entries(compose.services).filter(([, { image }]) => image?.startsWith('refund-intercept:'));

interface Container {
  command: string[];
  env?: { name: string }[];
  envFrom: object[];
  ports?: { name: string; containerPort: number }[];
  securityContext: object;
  livenessProbe?: { httpGet: { path: string; port: string } };
  readinessProbe?: { httpGet: { path: string; port: string } };
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec?: { template?: { spec: { terminationGracePeriodSeconds: number; securityContext: object; containers: Container[] } } };
}
const manifests = readdirSync(join(FOLDER, 'kubernetes'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'))
  .sort()
  .flatMap((file) => parseAllDocuments(read(`kubernetes/${file}`)).map((document) => document.toJS() as Manifest));

/** Read by the SDK of Temporal, the exporter of traces, npm start or the simulators. */
const READ_ELSEWHERE = ['SERVICE_ENV', 'EMBEDDED', 'SIM_HOST', 'SIM_PORT', 'SIM_WEBHOOK_BASE', 'SIM_DEMO', 'SIM_SANDBOX', 'SIM_STATE_FILE'];
const isKnown = (name: string): boolean =>
  READ_ELSEWHERE.includes(name) || name in VARIABLES || (VARIABLES[name.replace(/_FILE$/, '')]?.secret ?? false);

const namesIn = (file: string): string[] => [...read(file).matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name = '']) => name);

test('every variable that is set is one the service reads', () => {
  const kustomization = parse(read('kubernetes/kustomization.yaml')) as { configMapGenerator: { literals: string[] }[] };
  const named = [
    ...ours.flatMap(([, { environment = {} }]) => Object.keys(environment)),
    ...manifests.flatMap(({ spec }) => spec?.template?.spec.containers.flatMap(({ env = [] }) => env.map(({ name }) => name)) ?? []),
    ...namesIn('simulators.env'),
    ...namesIn('production.env.example'),
    ...kustomization.configMapGenerator.flatMap(({ literals }) => literals.map((text) => text.split('=')[0] ?? '')),
    ...[...read('Dockerfile').matchAll(/\b([A-Z_]+)=/g)].map(([, name = '']) => name).filter((name) => /PORT|HOST/.test(name)),
  ];
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !isKnown(name))).toEqual([]);
});

test('the example environments name everything that a production process needs', () => {
  const needed = Object.entries(VARIABLES).filter(
    ([name, { optional, default: usual, fallback, neededBeside }]) =>
      optional !== true &&
      neededBeside === undefined &&
      usual === undefined &&
      fallback === undefined &&
      !/^(DATABASE_URL|DATA_KEY|DEMO_API_KEY|TEMPORAL_)/.test(name),
  );
  for (const file of ['production.env.example', 'simulators.env'])
    expect(needed.map(([name]) => name).filter((name) => !namesIn(file).includes(name))).toEqual([]);
});

test('every image of somebody else is pinned to a version, ours is built here', () => {
  const images = Object.values(compose.services).flatMap(({ image }) => (image === undefined ? [] : [image]));
  expect(images.filter((image) => !/:v?\d+\.\d+|^refund-intercept:/.test(image))).toEqual([]);
  expect(read('Dockerfile')).toMatch(/^ARG NODE_IMAGE=node:24\.\d+\.\d+-/m);
  expect(compose.services['migrate']?.build).toBeDefined();
});

test('our containers have no rights, write nothing and are given the time a stop takes', () => {
  expect(ours.map(([name]) => name)).toEqual(['migrate', 'api', 'worker', 'worker-next', 'simulators', 'demo-shop', 'sandbox']);
  for (const [, service] of ours)
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], stop_grace_period: '30s', command: expect.any(Array) });
  const pods = manifests.flatMap(({ kind, spec }) => (spec?.template === undefined ? [] : [{ kind, ...spec.template.spec }]));
  expect(pods.map(({ kind }) => kind).sort()).toEqual(['Deployment', 'Deployment', 'Job']);
  for (const { kind, securityContext, terminationGracePeriodSeconds, containers } of pods) {
    expect(securityContext).toMatchObject({ runAsNonRoot: true });
    for (const container of containers) {
      expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
      expect(container).toMatchObject({ resources: { limits: { memory: expect.any(String) } } });
      if (kind === 'Job') continue;
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(25);
      expect(container.livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'admin' });
      expect(container.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'admin' });
      expect(container.ports).toContainEqual({ name: 'admin', containerPort: 9090 });
    }
  }
});

test('every command is a program of the build, every file that is mounted is there, every secret is declared', () => {
  const built = read('../dev/tsconfig.build.json');
  const commands = [
    ...ours.map(([, { command = [] }]) => command),
    ...manifests.flatMap((manifest) => manifest.spec?.template?.spec.containers.map(({ command }) => command) ?? []),
  ];
  for (const command of commands) {
    const program = command.find((word) => word.startsWith('dist/')) ?? '';
    expect(built).toContain(
      `${program
        .replace(/^dist\//, '')
        .replace(/^dev\//, '')
        .replace(/\.js$/, '.ts')}"`,
    );
  }
  for (const { volumes = [], secrets = [] } of Object.values(compose.services)) {
    for (const [, path = ''] of volumes.flatMap((volume) => [...volume.matchAll(/^(\.[^:]*):/g)]))
      expect(readdirSync(join(FOLDER, path, '..'))).toContain(path.split('/').at(-1));
    for (const secret of secrets) expect(compose.secrets).toHaveProperty(secret);
  }
  // Temporal's server does not start without its dynamic configuration, and its image has none.
  const { environment, volumes = [] } = compose.services['temporal'] ?? {};
  const [, file = ''] = /^\/setup\/(.+)$/.exec(environment?.['DYNAMIC_CONFIG_FILE_PATH'] ?? '') ?? [];
  expect(volumes).toContain('./temporal:/setup:ro');
  expect(Object.keys(parse(read(`temporal/${file}`)) as object)).toEqual(['system.enableActivityEagerExecution']);
  expect(manifests.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual(['api', 'worker']);
});

test('workers of a new build run beside the present ones, each of its own image and build', () => {
  const { worker, 'worker-next': next } = compose.services;
  expect(worker?.environment).toMatchObject({ TEMPORAL_WORKER_BUILD_ID: '${WORKER_BUILD_ID:-}', DATABASE_URL_FILE: expect.any(String) });
  expect(next).toMatchObject({
    ...worker,
    profiles: ['next'],
    image: expect.stringContaining('${NEXT_VERSION'),
    environment: expect.anything(),
  });
  expect(next?.environment).toEqual({ ...worker?.environment, TEMPORAL_WORKER_BUILD_ID: '${NEXT_VERSION:-}' });
  expect(read('prometheus.yml')).toContain('names: [worker, worker-next]');
});

test('a sandbox’s simulators run beside the real parties: started only when asked for, without the service’s secrets, their pushes apart, their state kept', () => {
  const { sandbox, simulators } = compose.services;
  expect(sandbox).toMatchObject({
    profiles: ['sandbox'],
    secrets: [],
    env_file: [{ path: 'sandbox.env', required: false }],
    environment: { SIM_DEMO: '0', SIM_SANDBOX: '1', SIM_STATE_FILE: '/sandbox/state.json', SIM_WEBHOOK_BASE: 'http://api:8080/sandbox' },
    volumes: ['sandbox:/sandbox'],
  });
  // The image's own check asks an admin port, which simulators have not.
  expect(sandbox?.healthcheck).toEqual(simulators?.healthcheck);
  expect(read('Dockerfile')).toContain('install -d -o node -g node /sandbox');
  expect(read('../.gitignore')).toContain('deploy/sandbox.env');
  // What the page makes is all the secrets that simulators take: a published one would be refused.
  const made = new Set(
    [...read('README.md').matchAll(/\b[A-Z]+(?:_[A-Z]+)*_(?:SECRET|KEY|TOKEN)\b/g)].map(([name]) => name.replace(/^SIM_/, '')),
  );
  const secrets = Object.keys(DEFAULT_CREDENTIALS).filter((name) => VARIABLES[name]?.secret);
  expect(secrets.filter((name) => !made.has(name))).toEqual([]);
});
