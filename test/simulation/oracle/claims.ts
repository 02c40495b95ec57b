import type { ClaimFacts, Facts, Violation } from './facts.ts';

/** What a carrier's last word on a work order is worth, and when it is said: the carrier of every world says the same. */
const PAID_FEN = 8_800;
const ENTERED_FEN = 5_000;

/** Q32: a claim is lodged with its carrier once, however often a process died over it; nothing is lodged that is no claim's. */
export function lodgedOnce(facts: Facts): Violation[] {
  const wrong = (about: string, what: string): Violation => ({ rule: 'Q32 claimed once', about, what });
  const strays = facts.books.workOrders.filter(({ claimId }) => !facts.claims.some((one) => one.claimId === claimId));
  return [
    ...strays.map(({ reference, claimId }) => wrong(reference, `a work order under ${claimId}, which is no claim`)),
    ...facts.claims.flatMap(({ claimId }) => {
      const orders = facts.books.workOrders.filter((order) => order.claimId === claimId);
      return orders.length > 1 ? [wrong(claimId, `${orders.length} work orders`)] : [];
    }),
  ];
}

/** Q32: of a kind and intercept one claim is open at a time. */
export function oneOpenClaim({ claims }: Facts): Violation[] {
  return claims.flatMap((one) => {
    const other = claims.find(
      (earlier) =>
        earlier !== one &&
        earlier.interceptId === one.interceptId &&
        earlier.kind === one.kind &&
        earlier.createdAt <= one.createdAt &&
        (settledAt(earlier) ?? Number.POSITIVE_INFINITY) > one.createdAt,
    );
    return other === undefined ? [] : [{ rule: 'Q32 claimed once', about: one.claimId, what: `opened while ${other.claimId} was` }];
  });
}

/** I14, I8: what a merchant was told is opened is there, is lodged, and comes to an end, and its run with it. */
export function everyClaimEnds(facts: Facts): Violation[] {
  const wrong = (about: string, what: string): Violation => ({ rule: 'I14 heals', about, what });
  const opened = facts.books.claims.filter(({ act, answer }) => act === 'OPEN' && answer === 'DONE');
  return [
    ...opened
      .filter(({ claimId }) => !facts.claims.some((one) => one.claimId === claimId))
      .map(({ claimId }) => wrong(claimId ?? '', 'acknowledged and nowhere')),
    ...facts.claims.flatMap((one) => {
      const isLodged = one.channel !== 'CARRIER_API' || facts.books.workOrders.some(({ claimId }) => claimId === one.claimId);
      if (!isLodged && one.status !== 'WITHDRAWN') return [wrong(one.claimId, 'the carrier never heard of it')];
      if (settledAt(one) === null) return [wrong(one.claimId, `never ends: ${one.status}`)];
      return one.run === 'COMPLETED' ? [] : [wrong(one.claimId, `ended, but its run is ${one.run}`)];
    }),
  ];
}

/** I12: what is awarded is what the carrier or the merchant said, no more than was claimed, and stands in the ledger once. */
export function awardsAreTrue(facts: Facts): Violation[] {
  return facts.claims.flatMap((one) => {
    const wrong = (what: string): Violation[] => [{ rule: 'I12 claims', about: one.claimId, what }];
    const lines = facts.awards.filter(({ claimId }) => claimId === one.claimId);
    if (lines.length !== (one.status === 'UPHELD' ? 1 : 0)) return wrong(`${one.status}, ${lines.length} lines in the ledger`);
    if (one.status !== 'UPHELD') return [];
    if ((one.awardedFen ?? 0) > one.claimedFen) return wrong(`${one.awardedFen} fen awarded of ${one.claimedFen} claimed`);
    const said = one.channel === 'CARRIER_API' ? PAID_FEN : ENTERED_FEN;
    if (one.awardedFen !== said || lines[0]?.amountFen !== -said) return wrong(`${one.awardedFen} fen awarded, ${said} were said`);
    return [];
  });
}

/** I11: every version of a claim was written, and each turn of it told once. */
export function claimsAreTold(facts: Facts): Violation[] {
  return facts.claims.flatMap((one) => {
    const wrong = (what: string): Violation[] => [{ rule: 'I11 audit complete', about: one.claimId, what }];
    if (one.steps.some(({ version }, n) => version !== n + 1)) return wrong('a version is missing');
    const turns = one.steps.filter(({ status }, n) => status !== one.steps[n - 1]?.status).length;
    const told = facts.told.filter(({ type, interceptId }) => type === 'claim.updated' && interceptId === one.interceptId).length;
    const ofIntercept = facts.claims.filter(({ interceptId }) => interceptId === one.interceptId).length;
    return ofIntercept > 1 || told === turns ? [] : wrong(`${turns} turns, told ${told} times`);
  });
}

/** When nothing could happen to it any more. */
function settledAt({ steps }: ClaimFacts): number | null {
  return steps.find(({ status }) => ['UPHELD', 'DISMISSED', 'WITHDRAWN'].includes(status))?.at ?? null;
}
