import { ApplicationFailure } from '@temporalio/activity';
import type { CarrierClient } from '../carriers/port.ts';
import type { CarrierCode } from '../domain/carrier.ts';
import type { ClaimGoods } from '../domain/claim/claim.ts';
import type { WorkOrderReading } from '../domain/claim/carrier-progress.ts';
import { findAnyClaim, saveClaim } from '../store/claims.ts';
import type { Db } from '../store/db.ts';
import { findShop } from '../store/shops.ts';
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
      const answer = await claims.open(await requestOf(db, claim.claimId));
      if (answer.kind === 'UNKNOWN') {
        throw ApplicationFailure.create({
          type: 'CARRIER_UNKNOWN',
          message: `${claim.carrier} ${claim.claimId}: ${answer.reason}; asking again`,
        });
      }
      if (answer.kind === 'EXISTS') return { kind: 'REFUSED', code: answer.code, message: answer.message };
      return answer;
    },
    async readWorkOrder(claim): Promise<WorkOrderReading> {
      const claims = claimsOf(claim);
      if (claims === null) return { kind: 'UNKNOWN', reason: `${claim.carrier} has no work orders` };
      const reading = await claims.read(claim.waybillNo, claim.claimId);
      if (reading.kind === 'UNKNOWN') return reading;
      // The carrier finds work orders by waybill: the newest may be of the other kind of claim.
      if (claim.carrierReference !== null && reading.reference !== null && reading.reference !== claim.carrierReference) {
        return { kind: 'UNKNOWN', reason: `the carrier showed work order ${reading.reference} instead of ${claim.carrierReference}` };
      }
      return { kind: reading.kind, reference: reading.reference, replies: reading.replies.map(({ text }) => ({ text })) };
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
