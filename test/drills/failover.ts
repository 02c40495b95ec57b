import { appendFile, chown, mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '../../dev/postgres.ts';
import { keptSecret } from '../../dev/secrets.ts';
import { waitFor } from '../../dev/waiting.ts';
import { acceptedCase, type Drill, expectStatus, paidBefore, paidOnce, paidOnDay5, psql, type Scene, turnRound } from './scene.ts';

const LIMIT_MS = 30_000;

/** A second server on a base backup of the running one, which streams from it; every commit waits for it. */
async function startStandby(scene: Scene): Promise<EmbeddedPostgres> {
  const dataDir = join(scene.folder, 'standby');
  const cluster = join(dataDir, 'postgres');
  await mkdir(dataDir, { mode: 0o711 });
  await scene.postgres.backUp();
  await rename(join(scene.folder, 'backup-postgres'), cluster);
  const primary = new URL(scene.environment['DATABASE_URL'] ?? '');
  await keptSecret(dataDir, 'postgres-password', () => primary.password);
  const conninfo = `host=127.0.0.1 port=${primary.port} user=${primary.username} password=${primary.password} application_name=standby`;
  await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`);
  const signal = join(cluster, 'standby.signal');
  await writeFile(signal, '');
  const { uid, gid } = await stat(cluster);
  await chown(signal, uid, gid);
  const standby = await startPostgres({ dataDir, log: () => {} });
  await psql(scene, `alter system set synchronous_standby_names = 'standby'`);
  await psql(scene, 'select pg_reload_conf()');
  const isSynchronous = async () => (await psql(scene, `select from pg_stat_replication where sync_state = 'sync'`)).length === 1;
  if ((await waitFor(isSynchronous, LIMIT_MS)) !== true) throw new Error('the standby did not become synchronous');
  return standby;
}

const synchronousStandby: Drill = {
  name: 'PostgreSQL fails over to its synchronous standby',
  section: 'the-database-fails-over',
  alerts: [],
  async play(scene) {
    const { stack, postgres, wire } = scene;
    await paidBefore(scene);
    const due = await acceptedCase(scene, 'ZTO');
    const standby = await startStandby(scene);
    const [pushed, waiting] = await Promise.all([acceptedCase(scene, 'STO'), acceptedCase(scene, 'JT')]);
    const { refundId } = await stack.shop.seed({ carrier: 'YTO' });
    postgres.signal('SIGKILL');
    await turnRound(scene, pushed);
    await expectStatus(scene, refundId, 503);
    await paidOnDay5(scene, due, 'neither server answered');
    // Before the address: a server that only reads would refuse what is written.
    await psql({ ...scene, environment: { DATABASE_URL: standby.url } }, 'select pg_promote()');
    wire.leadTo(standby.port);
    try {
      for (const one of [due, pushed, waiting]) await paidOnce(scene, one, 120_000);
      await expectStatus(scene, refundId, 201, 202);
    } finally {
      await standby.stop();
      wire.leadTo(Number(new URL(scene.environment['DATABASE_URL'] ?? '').port));
    }
    // Back to the first server, with the data of the second.
    await rename(join(scene.folder, 'standby', 'postgres'), join(scene.folder, 'backup-postgres'));
    await postgres.restore();
  },
};

/** The database's place is taken by another server; no process of the product starts again. */
export const FAILOVERS: readonly Drill[] = [synchronousStandby];
