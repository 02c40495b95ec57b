import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';

const require = createRequire(import.meta.url);

/** Where the framework keeps whom it tells of every step of a test. Those of a file would be told of all files after it too. */
const LISTENERS = Symbol.for('EVENT_HANDLERS');

/** Where the names of `@jest/globals` lead: to those of the test file that runs, as a module outlives the file that loaded it. */
const CURRENT = Symbol.for('test.jest-globals');
const NAMES = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'jest', 'test'];
const GLOBALS_URL = 'jest:globals';
const globalsSource = `
const current = (name) => globalThis[Symbol.for('${Symbol.keyFor(CURRENT)}')][name];
const lead = (name) => new Proxy(() => {}, { get: (_, key) => current(name)[key], apply: (_, self, values) => current(name)(...values) });
${NAMES.map((name) => `export const ${name} = lead('${name}');`).join('\n')}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: GLOBALS_URL, format: 'module', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === GLOBALS_URL ? { format: 'module', source: globalsSource, shortCircuit: true } : next(url, context),
});

/** Its types are those of its CommonJS build. */
const Runtime = JestRuntime as unknown as typeof JestRuntime.default;
type Runtime = JestRuntime.default;

let loadedFiles = 0;

/**
 * Jest's runtime, but Node itself loads the modules, once for all test files of a worker: under Jest's own each file would read, compile and warm up
 * every module anew. What it costs: files share module state, so none may leave any behind.
 */
class NativeRuntime extends Runtime {
  readonly #jest: { moduleMocker: unknown };

  constructor(...values: ConstructorParameters<typeof Runtime>) {
    super(...values);
    this.#jest = { moduleMocker: values[1].moduleMocker };
  }

  override setGlobalsForRuntime(globals: Parameters<Runtime['setGlobalsForRuntime']>[0]): void {
    Object.assign(globalThis, { [CURRENT]: { ...globals, jest: this.#jest.moduleMocker } });
  }

  /** The framework, which keeps the state of one file. */
  override requireInternalModule<T>(path: string): T {
    delete require.cache[path];
    Reflect.deleteProperty(globalThis, LISTENERS);
    return require(path) as T;
  }

  override unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  override async unstable_importModule(path: string): Promise<void> {
    loadedFiles += 1;
    // Jest's own looks for a source map of every line of every stack. There are none: what stands in a file is what runs.
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    await import(`${pathToFileURL(path).href}?file=${loadedFiles}`);
  }
}

export { NativeRuntime as 'module.exports' };
