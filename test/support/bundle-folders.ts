import { join } from 'node:path';
import { bundleInto } from '../../worker/bundle.ts';

/** Run as a program: bundles the workflows of each folder named, into its `bundle.js`. */
for (const folder of process.argv.slice(2))
  await bundleInto(join(folder, 'bundle.js'), { sealed: false, warn: console.warn, entry: join(folder, 'workflows/index.ts') });
