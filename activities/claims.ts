import { ApplicationFailure } from '@temporalio/activity';
import type { CarrierClient } from '../carriers/port.ts';
import type { CarrierCode } from '../domain/carrier.ts';
import type { ClaimGoods } from '../domain/claim/claim.ts';
import type { WorkOrderReading } from '../domain/claim/carrier-progress.ts';
import { adoptWorkOrder } from '../store/claim-watch.ts';
import { findAnyClaim, saveClaim } from '../store/claims.ts';
import type { Db } from '../store/db.ts';
import { findShop } from '../store/shops.ts';
import { leaveAskedMark, mayHaveAskedBefore } from './asked-mark.ts';
import type { ClaimActivities, ClaimRequestRef } from './types.ts';

export interface ClaimDeps {
  db: Db;
  carriers: ReadonlyMap<CarrierCode, CarrierClient>;
}

/** Claims at the carriers that have work orders for them, and their records. */
export function createClaimActivities({ db, carriers }: ClaimDeps): ClaimActivities {
  const claimsOf = ({ carrier }: ClaimRequestRef) => carriers.get(carrier)?.claims ?? null;
  return {
    async openWorkOrder(claim) {
      const claims = claimsOf(claim);
      if (claims === null) return { kind: 'REFUSED', code: null, message: `${claim.carrier} 没有索赔工单接口` };
      const mayHaveAsked = claim.repeated || mayHaveAskedBefore();
      const request = await requestOf(db, claim.claimId).catch((error: unknown) => {
        leaveAskedMark(mayHaveAsked);
        throw error;
      });
      // The carrier is told nothing the merchant did not state; by sheet a person says it anew.
      if (request.commodity === '') return { kind: 'REFUSED', code: null, message: '索赔内容在数据库恢复时丢失，未提交工单' };
      leaveAskedMark(true);
      const answer = await claims.open(request);
      switch (answer.kind) {
        case 'ACCEPTED':
        case 'REFUSED':
          return answer;
        case 'EXISTS':
          // Without an earlier call of ours the one that is there is somebody else's, or another claim's.
          return mayHaveAsked ? { kind: 'ACCEPTED', reference: null } : { kind: 'REFUSED', code: answer.code, message: answer.message };
        case 'UNKNOWN':
          if (!answer.sent) leaveAskedMark(mayHaveAsked);
          throw ApplicationFailure.create({
            type: answer.accessFault ? 'CARRIER_ACCESS_BROKEN' : 'CARRIER_UNKNOWN',
            message: `${claim.carrier} ${claim.claimId}: ${answer.reason}; asking again`,
          });
      }
    },
    async readWorkOrder(claim): Promise<WorkOrderReading> {
      const claims = claimsOf(claim);
      if (claims === null) return { kind: 'UNKNOWN', reason: `${claim.carrier} has no work orders` };
      const reading = await claims.read(claim.waybillNo, claim.claimId);
      if (reading.kind === 'UNKNOWN') return { kind: 'UNKNOWN', reason: reading.reason };
      const { kind, reference, replies } = reading;
      const isOwn =
        claim.carrierReference === null
          ? await adoptWorkOrder(db, claim, reference)
          : reference === null || reference === claim.carrierReference;
      if (!isOwn) return { kind: 'UNKNOWN', reason: `work order ${reference} need not be the one of this claim` };
      return { kind, reference, replies: replies.map(({ text }) => ({ text })) };
    },
    async saveClaims(writes) {
      for (const write of writes) await saveClaim(db, write);
    },
  };
}

async function requestOf(db: Db, claimId: string) {
  const record = await findAnyClaim(db, claimId);
  if (record === null) throw new Error(`claim ${claimId} is not in the database`);
  const { waybillNo, kind, contactPhone, claimedFen, goods, description, shopId } = record.details;
  const shop = await findShop(db, shopId);
  return {
    waybillNo,
    kind,
    claimId,
    contactPhone,
    contactName: shop?.name ?? shopId,
    claimedFen,
    commodity: goods.map(nameGoods).join('；'),
    description,
  };
}

function nameGoods({ name, specification, quantity }: ClaimGoods): string {
  return `${name} ${specification} ×${quantity}`;
}
