/**
 * The import law. The folders are parts of one program; what may know what is written here with its reason, and
 * `npm run check` holds it. Tests may look anywhere they need.
 */

/** One folder and all it may import of ours; anything else is refused. */
function mayOnlyKnow(folder, allowed, comment) {
  return {
    name: `${folder}-knows`,
    comment,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: TEST },
    to: {
      path: OURS,
      pathNot: [folder, ...allowed].map((entry) => (entry.endsWith('.ts') ? `^${entry.replace('.', '\\.')}$` : `^${entry}/`)),
    },
  };
}

/** Tests, and what tests of a folder share (`test-cases.ts`). */
const TEST = '\\.test\\.tsx?$|^(?!dev/).*/test-[^/]+\\.ts$';
const OURS =
  '^(domain|workflows|activities|evidence|delivery|carriers|platforms|sealing|store|telemetry|worker|api|console|client|simulators|dev|bench|test|config)/|^config\\.ts$';

module.exports = {
  forbidden: [
    mayOnlyKnow(
      'domain',
      [],
      'The rules are pure: no clock, no I/O, nothing of ours, so that they run in a workflow, in a test and in the console alike.',
    ),
    mayOnlyKnow('workflows', ['domain', 'activities'], 'Replayed code: only the rules. Of activities only types, see the rule below.'),
    {
      name: 'workflows-know-activities-by-type',
      comment: 'An activity’s code in the sandbox would bring in clients, drivers and Node’s modules.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: TEST },
      to: { path: '^activities/', dependencyTypesNot: ['type-only'] },
    },
    mayOnlyKnow('carriers', ['domain'], 'An adapter turns a carrier’s words into ours; who stores or decides is not its business.'),
    mayOnlyKnow('platforms', ['domain'], 'As carriers.'),
    mayOnlyKnow('telemetry', ['carriers', 'platforms'], 'Counts and traces what goes through the ports; stores and decides nothing.'),
    mayOnlyKnow(
      'sealing',
      ['workflows/messages.ts'],
      'Turns bytes into others under a key; what they say and who keeps them is not its business.',
    ),
    mayOnlyKnow('store', ['domain', 'sealing'], 'Keeps what the rules made; no carrier, no platform, no HTTP.'),
    {
      name: 'activities-know',
      comment: 'What a workflow may cause outside: the adapters, the store, and evidence’s shared functions.',
      severity: 'error',
      from: { path: '^activities/', pathNot: TEST },
      to: {
        path: OURS,
        pathNot: ['^(activities|domain|carriers|platforms|store|evidence|delivery)/', '^workflows/(messages|search-attributes)\\.ts$'],
      },
    },
    {
      name: 'evidence-knows',
      comment: 'From a push, a poll or a message to a signal: used by the API’s process and by activities alike.',
      severity: 'error',
      from: { path: '^evidence/', pathNot: TEST },
      to: { path: OURS, pathNot: ['^(evidence|domain|carriers|platforms|store)/', '^workflows/messages\\.ts$'] },
    },
    mayOnlyKnow(
      'delivery',
      ['domain', 'store', 'workflows/messages.ts'],
      'From the outbox to the shops’ own systems: used by the API’s process and by activities alike.',
    ),
    {
      name: 'worker-knows',
      comment:
        'Composes the worker process. The workflows’ code it knows as the path of a bundle; only names of messages and search attributes by import.',
      severity: 'error',
      from: { path: '^worker/', pathNot: TEST },
      to: {
        path: OURS,
        pathNot: [
          '^(worker|activities|domain|carriers|platforms|sealing|store|evidence|delivery|telemetry|config)/',
          '^config\\.ts$',
          '^workflows/(messages|search-attributes)\\.ts$',
        ],
      },
    },
    {
      name: 'api-knows',
      comment: 'Takes requests: starts and asks workflows through their messages, never through their code or an activity.',
      severity: 'error',
      from: { path: '^api/', pathNot: TEST },
      to: {
        path: OURS,
        pathNot: [
          '^(api|domain|carriers|platforms|sealing|store|evidence|delivery|telemetry|config)/',
          '^config\\.ts$',
          '^workflows/(messages|search-attributes)\\.ts$',
        ],
      },
    },
    mayOnlyKnow('simulators', [], 'They are the outside world: a codec shared with the adapters would hide its own faults.'),
    mayOnlyKnow('console', ['client/src/schema.ts'], 'Talks to the API alone, by types generated from openapi.json.'),
    mayOnlyKnow('client', [], 'Published by itself: what it needs of the service is generated from openapi.json.'),
    mayOnlyKnow(
      'config',
      ['carriers', 'platforms', 'domain', 'sealing/payload-keys.ts', 'config.ts'],
      'Reads the environment; the adapters say which variables they have.',
    ),
    {
      name: 'nobody-knows-the-programs',
      comment: 'api, worker, dev, bench and test are composed last; who imports one of them turns the direction of the data round.',
      severity: 'error',
      from: { path: OURS, pathNot: ['^(api|worker|dev|bench|test)/', TEST] },
      to: { path: '^(api|worker|dev|bench|test)/' },
    },
    {
      name: 'programs-apart',
      comment: 'The API and the worker are separate processes and share nothing but what lies below both.',
      severity: 'error',
      from: { path: '^(api|worker)/', pathNot: TEST },
      to: { path: '^(api|worker|dev|bench|test)/', pathNot: '^$1/' },
    },
    {
      name: 'judge-knows-nothing',
      comment:
        'The judge of the simulation states the promises anew: a line shared with the code it judges would share its faults. It reads the books the simulated outside keeps.',
      severity: 'error',
      from: { path: '^test/simulation/oracle/' },
      to: { pathNot: '^test/simulation/(oracle/|outside/books\\.ts$)' },
    },
    {
      name: 'no-tests-in-programs',
      comment: 'A program that needs a test’s code cannot be built without it.',
      severity: 'error',
      from: { pathNot: [TEST, '^test/', '^bench/'] },
      to: { path: [TEST, '^test/'] },
    },
    { name: 'no-cycles', comment: 'A cycle has no first reader.', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'What the built programs use must be installed without development packages.',
      severity: 'error',
      from: {
        path: '^(domain|workflows|activities|evidence|delivery|carriers|platforms|sealing|store|telemetry|worker|api|config)/|^config\\.ts$',
        pathNot: TEST,
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.data|console/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
    moduleSystems: ['es6', 'cjs'],
    reporterOptions: { text: { highlightFocused: true } },
  },
};
