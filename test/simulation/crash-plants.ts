import type { PointResult } from './crash-matrix.ts';
import type { Edit } from './stand-ins.ts';

/** A fault that only a death at the right call brings out, put into the product's source while it is loaded. */
export interface CrashPlant {
  name: string;
  what: string;
  /** The column of the table that must count it. */
  breaks: keyof PointResult & ('lost' | 'double' | 'otherwise');
  /** The life, and the points of it, that bring it out. */
  ending: string;
  points: string;
  edits: Edit[];
}

const ATTEMPT = 'delivery/attempt.ts';

export const CRASH_PLANTS: readonly CrashPlant[] = [
  {
    name: 'lodge-twice',
    what: 'a claim whose work order may have been opened is lodged again under another id',
    breaks: 'double',
    ending: 'claimed and paid',
    points: 'openWorkOrder',
    edits: [
      {
        file: 'activities/claims.ts',
        find: 'claims.open(request)',
        put: "claims.open({ ...request, claimId: mayHaveAsked ? request.claimId + '-2' : request.claimId })",
      },
    ],
  },
  {
    name: 'forget-the-asking',
    what: 'a try that died with its mark is taken for one that asked nothing',
    breaks: 'otherwise',
    ending: 'claimed and withdrawn',
    points: 'openWorkOrder',
    edits: [
      { file: 'activities/asked-mark.ts', find: 'left?.attempt !== attempt - 1 || left.asked !== false', put: 'left?.asked === true' },
    ],
  },
  {
    name: 'drop-the-claim',
    what: 'nobody starts the run of a claim that its process could not start',
    breaks: 'lost',
    ending: 'claimed and paid',
    points: 'claim: open',
    edits: [
      {
        file: 'activities/start-claims.ts',
        find: 'CLAIM_START_LIMIT_MS, CLAIMS_A_ROUND)',
        put: 'CLAIM_START_LIMIT_MS, CLAIMS_A_ROUND * 0)',
      },
    ],
  },
  {
    name: 'delivered-unheard',
    what: 'an event counts as delivered before the receiver has answered',
    breaks: 'lost',
    ending: 'told at once',
    points: 'the outbox pump',
    edits: [
      {
        file: ATTEMPT,
        find: 'const outcome = await deps.sender.send(',
        put: "await settleDelivery(deps.db, delivery.deliveryId, 'DELIVERED', null);\n  const outcome = await deps.sender.send(",
      },
    ],
  },
  {
    name: 'dated-anew',
    what: 'every attempt tells when it leaves, so a repeated event is another one to its receiver',
    breaks: 'double',
    ending: 'told at once',
    points: 'the outbox pump',
    edits: [
      { file: ATTEMPT, find: 'const { endpoint, messageId, body } = delivery;', put: 'const { endpoint, messageId } = delivery;' },
      {
        file: ATTEMPT,
        find: 'const at = deps.clock();',
        put: 'const at = deps.clock();\n  const body = delivery.body.replace(\'{\', `{"sentAt":${at},`);',
      },
    ],
  },
];
