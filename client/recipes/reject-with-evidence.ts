import { type Client, dataOf, Problem, type Schemas, upload } from '../src/index.ts';

/**
 * Rejects a refund whose parcel was delivered. `pictures`: addresses from which the platform can load them. The reasons, and what each
 * needs, are the platform's own and asked for; too early, the instant from which it may be rejected.
 */
export async function reject(
  client: Client,
  interceptId: string,
  wordOfReason: string,
  evidence: { description: string; pictures: string[] },
): Promise<Schemas['Intercept'] | { notBefore: string }> {
  const path = { interceptId };
  const { items } = await dataOf(client.GET('/v1/intercepts/{interceptId}/reject-reasons', { params: { path } }));
  const reason = items.find(({ text }) => text.includes(wordOfReason));
  if (reason === undefined) throw new Error(`the platform has no reason with the words ${wordOfReason}`);
  const { description, pictures: images } = evidence;
  try {
    const body = { reason: reason.reason, description, images };
    return await dataOf(client.POST('/v1/intercepts/{interceptId}/reject-refund', { params: { path }, body }));
  } catch (error) {
    const availableAt = error instanceof Problem && error.code === 'ACTION_NOT_ALLOWED' ? error.body?.['availableAt'] : null;
    if (typeof availableAt !== 'string') throw error;
    return { notBefore: availableAt };
  }
}

/** Claims what came back broken from the outlet, with its photos as the service keeps them. */
export async function claimDamage(
  client: Client,
  interceptId: string,
  { photos, goods, contactPhone }: { photos: File[]; goods: Schemas['Claim']['goods']; contactPhone: string },
): Promise<Schemas['Claim']> {
  const evidence: string[] = [];
  for (const photo of photos) evidence.push((await upload(client, photo)).fileId);
  const claimedFen = goods.reduce((sum, { valueFen }) => sum + valueFen, 0);
  const body = { kind: 'DAMAGE' as const, contactPhone, goods, claimedFen, description: '退回时外包装破损', evidence };
  return dataOf(client.POST('/v1/intercepts/{interceptId}/claims', { params: { path: { interceptId } }, body }));
}
