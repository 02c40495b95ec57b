import pg from 'pg';
import { startReceiver } from '../../delivery/test-receiver.ts';
import { waitFor } from '../../dev/waiting.ts';
import { runCommandLine } from '../support/built-product.ts';
import { acceptedCase, calm, type Drill, fire, paidOnce, psql, type Scene, turnRound, whileFrozen } from './scene.ts';

const apiGone: Drill = {
  name: 'an API process does not answer',
  section: 'health-and-alerts',
  alerts: ['ApiDown'],
  async play(scene) {
    const waiting = await acceptedCase(scene, 'ZTO');
    await whileFrozen(
      (signal) => scene.stack.signal('api', signal),
      () => fire(scene, apiGone, 30_000),
    );
    await turnRound(scene, waiting);
    await paidOnce(scene, waiting);
  },
};

const evidenceWaits: Drill = {
  name: 'evidence waits for Temporal',
  section: 'temporal-is-down',
  alerts: ['EvidenceStuck'],
  async play(scene) {
    const waiting = await acceptedCase(scene, 'JT');
    await whileFrozen(scene.temporal.signal, async () => {
      await turnRound(scene, waiting);
      await fire(scene, evidenceWaits, 120_000);
    });
    await paidOnce(scene, waiting);
  },
};

const setAside: Drill = {
  name: 'evidence is set aside for a person',
  section: 'quarantine',
  alerts: ['EvidenceQuarantined'],
  async play(scene) {
    const { stack, environment } = scene;
    const waiting = await acceptedCase(scene, 'ZTO');
    const nameless = '单号不详';
    await stack.shop.seed({ carrier: 'ZTO', parcel: { waybillNo: nameless } });
    await turnRound(scene, { waybillNo: encodeURIComponent(nameless) });
    const refusal = { kind: 'refuse', code: '300011', message: '退款单不存在' };
    await stack.control('POST', '/sim/faults', { party: 'KUAISHOU', api: 'open.seller.order.refund.detail', ...refusal });
    await stack.control('POST', `/sim/refunds/${waiting.refundId}`, { description: '不想要了' });
    const isSetAside = async () => (await psql(scene, `select from inbox where reason in ('UNREADABLE', 'REFUND_UNKNOWN')`)).length === 2;
    if ((await waitFor(isSetAside, 30_000)) !== true) throw new Error('what nobody understands was not set aside');
    await fire(scene, setAside, 30_000);
    await stack.control('DELETE', '/sim/faults');
    await turnRound(scene, waiting);
    await paidOnce(scene, waiting);
    for (const words of [
      ['--carrier', 'ZTO', '--reason', 'UNREADABLE'],
      ['--reason', 'REFUND_UNKNOWN'],
    ])
      scene.note((await runCommandLine('redrive', [...words, '--since', '1h'], environment)).trimEnd());
  },
};

const NO_LIMITS = { paused: false, dailyFeeFen: null, dailyCount: null, hours: null };
const TRIED_LIMIT_MS = 30_000;

/** A new refund that the shop's rules could not judge yet, because the platform did not show it. */
async function unjudgedRefund(scene: Scene): Promise<string> {
  const { shop, control } = scene.stack;
  const { body } = await shop.call<{ rules: { version: number } }>('GET', '/rules');
  const { status } = await shop.call('PUT', '/rules', { baseVersion: body.rules.version, limits: NO_LIMITS, rules: [] });
  if (status !== 200) throw new Error(`rules were answered ${status}`);
  await control('POST', '/sim/faults', { party: 'KUAISHOU', api: 'open.seller.order.refund.detail', kind: 'http-500' });
  const { refundId } = await shop.seed({ carrier: 'ZTO', notify: true });
  const isTried = async () => (await psql(scene, 'select from rule_tasks where refund_id = $1 and attempts > 0', [refundId])).length > 0;
  if ((await waitFor(isTried, TRIED_LIMIT_MS)) !== true) throw new Error('no rule was asked about a new refund');
  return refundId;
}

/** A channel of the shop to a robot that the receiver plays; nothing that happens in this drill is told by it. */
async function quietChannel({ stack }: Scene, receiver: string): Promise<string> {
  const url = new URL('/cgi-bin/webhook/send?key=00000000-drill', receiver).href;
  const { status, body } = await stack.shop.call<{ channelId: string }>('POST', '/notice-channels', {
    kind: 'WECOM',
    name: '演练',
    url,
    codes: ['CLAIM_REFUSED_BY_CARRIER'],
  });
  if (status !== 201) throw new Error(`a notice channel was answered ${status}`);
  return body.channelId;
}

/** Somebody's transaction that holds the refund to be judged, a notice channel, and the shop's webhook endpoint, whose delivery is under way. */
async function leaveTransactionOpen(scene: Scene, types: string[], url: string, got: () => Promise<void>) {
  const { shop, control } = scene.stack;
  const refundId = await unjudgedRefund(scene);
  const channelId = await quietChannel(scene, url);
  const session = new pg.Client({ connectionString: scene.environment['DATABASE_URL'] });
  // It is ended from outside.
  session.on('error', () => undefined);
  await session.connect();
  await session.query('begin');
  await session.query('select from rule_tasks where refund_id = $1 for update', [refundId]);
  await session.query('select from notice_channels where channel_id = $1 for update', [channelId]);
  await control('DELETE', '/sim/faults');
  const { status, body } = await shop.call<{ endpointId: string }>('POST', '/webhook-endpoints', { url, types });
  if (status !== 201) throw new Error(`an endpoint was answered ${status}`);
  const waiting = await acceptedCase(scene, 'JT');
  await got();
  await session.query('select from webhook_endpoints where endpoint_id = $1 for update', [body.endpointId]);
  return { waiting, endpointId: body.endpointId, channelId };
}

const transactionLeftOpen: Drill = {
  name: 'a transaction is left open',
  section: 'a-transaction-is-left-open',
  alerts: ['WebhooksLate', 'RulesLate', 'EventsUntold', 'NoticesLate'],
  async play(scene) {
    const receiver = await startReceiver();
    try {
      const answer = receiver.answer;
      // The attempt is under way for as long as the receiver says nothing.
      receiver.answer = () => undefined;
      const types = ['intercept.accepted', 'intercept.succeeded', 'refund.refunded'];
      const { waiting, endpointId, channelId } = await leaveTransactionOpen(scene, types, receiver.url, () => receiver.got(1));
      // Nobody waits a quarter of an hour here.
      await psql(scene, `update webhook_deliveries set next_attempt_at = next_attempt_at - interval '20 minutes' where status = 'PENDING'`);
      await turnRound(scene, waiting);
      await paidOnce(scene, waiting);
      await psql(scene, `update notices set created_at = created_at - interval '20 minutes' where unshared`);
      await fire(scene, transactionLeftOpen, 120_000);
      receiver.answer = answer;
      const ended = await psql(
        scene,
        `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and xact_start < now() - interval '30 seconds'`,
      );
      if (ended.length !== 1) throw new Error(`${ended.length} transactions were left open`);
      await calm(scene, transactionLeftOpen.alerts);
      await receiver.got(4);
      await scene.stack.shop.call('DELETE', `/webhook-endpoints/${endpointId}`);
      await scene.stack.shop.call('DELETE', `/notice-channels/${channelId}`);
    } finally {
      await receiver.close();
    }
  },
};

/** Work waits that nobody takes. */
export const BACKLOGS: readonly Drill[] = [apiGone, evidenceWaits, setAside, transactionLeftOpen];
