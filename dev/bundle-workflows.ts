import { bundleInto } from '../worker/bundle.ts';

/**
 * Run as a program: bundles the workflows into the file named by the first argument. Further arguments: the entry to bundle instead of this
 * tree's (empty: none), and modules of workflow interceptors to put in.
 */
const [codePath, entry, ...interceptorModules] = process.argv.slice(2);
if (codePath === undefined) throw new Error('write the path of the bundle to make');
await bundleInto(codePath, { warn: console.warn, interceptorModules, ...(entry ? { entry } : {}) });
