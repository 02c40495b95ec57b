import type { ChannelDeps } from '../../delivery/channels/tell.ts';
import type { DeliveryDeps } from '../../delivery/deps.ts';
import { createWebhookSender } from '../../delivery/send.ts';
import { readDataKey } from '../../store/secrets.ts';
import type { AppDeps } from '../deps.ts';

/** What outgoing messages need, from what the API works with. Whoever had the sender made closes it. */
export function deliveryDepsOf({
  db,
  config,
  clock,
  webhookSender,
}: Pick<AppDeps, 'db' | 'config' | 'clock' | 'webhookSender'>): DeliveryDeps {
  const sender = webhookSender ?? createWebhookSender({ allowLoopback: config.embedded });
  return { db, dataKey: readDataKey(config.dataKey), sender, clock, random: Math.random };
}

/** What telling people needs; as above. */
export function channelDepsOf(deps: Pick<AppDeps, 'db' | 'config' | 'clock' | 'webhookSender' | 'mailer'>): ChannelDeps {
  return { ...deliveryDepsOf(deps), consoleUrl: deps.config.consoleUrl, mailer: deps.mailer ?? null };
}
