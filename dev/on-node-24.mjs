/**
 * Runs a program of this project, `node dev/on-node-24.mjs dev/main.ts …`, or refuses any other Node in one line. Plain JavaScript,
 * because an older Node cannot even read the program; npm scripts find Node 24 in the project's own packages. What Node made of the sources
 * is kept, for the program and those it starts: a third of their start is reading them.
 */
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED_NODE_MAJOR = 24;
const [, , program = ''] = process.argv;

if (Number(process.versions.node.split('.')[0]) === NEEDED_NODE_MAJOR) {
  process.argv.splice(1, 1);
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import(pathToFileURL(program).href);
} else {
  process.stderr.write(
    `This project runs on Node ${NEEDED_NODE_MAJOR}, this is ${process.version}: "npm ci" brings Node ${NEEDED_NODE_MAJOR} for the npm scripts (with optional packages).\n`,
  );
  process.exitCode = 1;
}
