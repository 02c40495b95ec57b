/** `npm start`: the whole product on embedded defaults, until Ctrl-C. */
const NEEDED_NODE_MAJOR = 24;

if (Number(process.versions.node.split('.')[0]) === NEEDED_NODE_MAJOR) {
  const { runStart } = await import('./start.ts');
  await runStart();
} else {
  // Before anything else is loaded: another Node would fail on the first file with a message that helps nobody.
  process.stderr.write(
    `This project runs on Node ${NEEDED_NODE_MAJOR}, this is ${process.version}: run "npm ci" (it brings Node ${NEEDED_NODE_MAJOR}), then "npm start".\n`,
  );
  process.exitCode = 1;
}
