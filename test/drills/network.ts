import { acceptedCase, type Drill, expectStatus, lateMs, paidBefore, paidOnce, paidOnDay5, psql, type Scene, turnRound } from './scene.ts';

/** On the way there and on the way back: with some fifteen statements a create takes seconds. */
const SLOW_MS = 150;

const lostOnTheWay: Drill = {
  name: 'the network loses PostgreSQL past a day 5',
  section: 'the-database-is-down',
  alerts: [],
  async play(scene) {
    const { stack, wire } = scene;
    await paidBefore(scene);
    const due = await acceptedCase(scene, 'ZTO');
    const { refundId } = await stack.shop.seed({ carrier: 'ZTO' });
    wire.lose();
    try {
      await expectStatus(scene, refundId, 503);
      await paidOnDay5(scene, due, 'no answer of the database came');
      scene.note(`paid ${await lateMs(scene, due)} ms after it was due`);
    } finally {
      wire.mend();
    }
    await paidOnce(scene, due);
    await expectStatus(scene, refundId, 201);
  },
};

const slow: Drill = {
  name: 'PostgreSQL answers late',
  section: 'the-database-is-down',
  alerts: [],
  async play(scene) {
    const { stack, wire } = scene;
    wire.delay(SLOW_MS);
    try {
      const [approved, caught] = [await acceptedCase(scene, 'ZTO'), await acceptedCase(scene, 'YTO')];
      await stack.shop.act(approved.interceptId, 'approve-refund');
      await turnRound(scene, caught);
      for (const one of [approved, caught]) await paidOnce(scene, one);
    } finally {
      wire.delay(0);
    }
  },
};

/** More than any transaction writes, or it would never go through. */
const ONE_OF = 17;
const TABLES = ['intercepts', 'intercept_log', 'outbox', 'inbox', 'payment_calls', 'webhook_deliveries'];

/** Now and then a write of these tables fails as a transaction that cannot be put in an order with others does; what is tried again goes through. */
async function refuseWrites(scene: Scene): Promise<void> {
  await psql(scene, 'create sequence drill_writes');
  await psql(
    scene,
    `create function drill_refuse() returns trigger language plpgsql as $$ begin
       if nextval('drill_writes') % ${ONE_OF} = 0 then raise exception 'could not serialize access' using errcode = '40001'; end if;
       return new;
     end $$`,
  );
  for (const table of TABLES)
    await psql(scene, `create trigger drill_refuse before insert or update on ${table} for each row execute function drill_refuse()`);
}

const refused: Drill = {
  name: 'PostgreSQL refuses writes for serialization',
  section: 'the-database-is-down',
  alerts: [],
  async play(scene) {
    const { stack } = scene;
    await refuseWrites(scene);
    try {
      const cases = [];
      for (const carrier of ['ZTO', 'YTO', 'STO', 'JT']) cases.push(await acceptedCase(scene, carrier));
      const [approved, caught, ...others] = cases;
      if (approved === undefined || caught === undefined) throw new Error('there are four cases');
      await stack.shop.act(approved.interceptId, 'approve-refund');
      for (const one of [caught, ...others]) await turnRound(scene, one);
      for (const one of cases) await paidOnce(scene, one);
    } finally {
      for (const table of TABLES) await psql(scene, `drop trigger drill_refuse on ${table}`);
      await psql(scene, 'drop function drill_refuse');
      await psql(scene, 'drop sequence drill_writes');
    }
  },
};

/** PostgreSQL is there, and does not do as it does on calm days. */
export const NETWORK: readonly Drill[] = [lostOnTheWay, slow, refused];
