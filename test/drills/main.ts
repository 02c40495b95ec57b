import { onStopSignals } from '../../dev/stop-signals.ts';
import { LASTING_MS } from './alerts.ts';
import { DRILLS } from './drills.ts';
import { type OpenScene, openScene } from './open-scene.ts';
import { calm, type Drill, holdInvariants, type Scene } from './scene.ts';

/**
 * `npm run drills`: breaks one thing after another of a running product, follows docs/operators.md, and holds the promises against the database
 * after each. With Prometheus on the `PATH` the alerts are seen to fire, and to end; `-- 'a carrier is down'` plays that one alone.
 */
const wanted = process.argv.slice(2);
const drills = DRILLS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (drills.length === 0) throw new Error(`no such drill; there are: ${DRILLS.map(({ name }) => name).join(' · ')}`);

const note = (line: string): void => void process.stdout.write(`      ${line}\n`);
let open: OpenScene | null = null;
const end = async (code: number): Promise<void> => {
  await open?.close();
  process.exit(code);
};
// What a second signal leaves running ends by itself: every process watches this one.
onStopSignals({ stop: () => void end(130), kill: () => process.exit(130) });

/** Alerts that go on after their drill, with the time from which they are over. */
const lasting = new Map<string, number>();

/** Looks at those whose time has come. */
async function endLasting(scene: Scene): Promise<void> {
  for (const [alert, overAt] of lasting) {
    if (Date.now() < overAt) continue;
    lasting.delete(alert);
    await calm(scene, [alert]);
  }
}

async function play(drill: Drill, scene: Scene): Promise<void> {
  await drill.play(scene);
  await calm(
    scene,
    drill.alerts.filter((alert) => !LASTING_MS.has(alert)),
  );
  for (const alert of drill.alerts) {
    const lastsMs = LASTING_MS.get(alert);
    if (lastsMs !== undefined) lasting.set(alert, Date.now() + lastsMs);
  }
  await holdInvariants(scene);
  await endLasting(scene);
}

const failed: string[] = [];
for (const drill of drills) {
  const since = performance.now();
  let wrong: string | null = null;
  try {
    open ??= await openScene(note);
    await play(drill, open.scene);
  } catch (error) {
    wrong = error instanceof Error ? error.message : String(error);
    failed.push(drill.name);
    // What a drill that failed leaves behind must not break the next one.
    await open?.close();
    open = null;
    lasting.clear();
  }
  const seconds = Math.round((performance.now() - since) / 1_000);
  process.stdout.write(
    `${wrong === null ? 'ok  ' : 'FAIL'}  ${drill.name} (operators.md#${drill.section}, ${seconds} s): ${wrong ?? (open?.scene.alerts ? drill.alerts.join(', ') : '')}\n`,
  );
}
for (const [alert, overAt] of lasting) note(`${alert} goes on until ${new Date(overAt).toISOString()}: its end is not looked at`);
await end(failed.length === 0 ? 0 : 1);
