import { parseArgs } from 'node:util';
import { bundleInto } from '../worker/bundle.ts';

/**
 * Run as a program: bundles the workflows into the file named by the first argument. Further arguments: the entry to bundle instead of this
 * tree's (empty: none), and modules of workflow interceptors to put in. `--sealed`: with failures for a codec to seal.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { sealed: { type: 'boolean', default: false } } });
const [codePath, entry, ...interceptorModules] = positionals;
if (codePath === undefined) throw new Error('write the path of the bundle to make');
await bundleInto(codePath, { ...values, warn: console.warn, interceptorModules, ...(entry ? { entry } : {}) });
