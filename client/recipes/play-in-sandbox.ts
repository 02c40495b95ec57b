import { type Client, dataOf, type Schemas } from '../src/index.ts';

/** What becomes of the parcel once it is to be stopped; more in the simulators' README. */
export type Script = 'SUCCEEDS' | 'FAILS' | 'SILENT' | 'REFUSES' | 'RETURN_LOST' | 'RETURN_DAMAGED';

/**
 * Intercepts a refund that the simulators make up, and only there: a test of your backend with the key of a real shop stops here, before
 * anything was asked for. What follows is told as in earnest, by the same webhooks.
 */
export async function play(client: Client, simulatorsUrl: string, shopId: string, onIntercept: Script): Promise<Schemas['Intercept']> {
  const { sandbox } = await dataOf(client.GET('/v1/service'));
  if (!sandbox) throw new Error(`shop ${shopId} is a real one`);
  const seeded = await fetch(`${simulatorsUrl}/sim/refunds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ shopId, carrier: 'ZTO', refundFeeFen: 4_990, parcel: { onIntercept } }),
  });
  const { refundId } = (await seeded.json()) as { refundId: string };
  return dataOf(client.POST('/v1/intercepts', { body: { refundId, confirm: true } }));
}
