import type { FiguresOf, InterceptFigures } from '../../store/statistics.ts';

/** Figures with the rates they come to, each null where nothing was counted. */
export function viewFigures({ feeParcels, ...figures }: InterceptFigures) {
  const { total, accepted, succeeded, rejected, arbitrated, returnFailed, feeFen, recoveredFen } = figures;
  return {
    ...figures,
    acceptRate: rate(accepted, total),
    successRate: rate(succeeded, accepted),
    disputeRate: rate(rejected + arbitrated, total),
    returnFailureRate: rate(returnFailed, succeeded),
    feePerRecoveredYuan: rate(feeFen, recoveredFen),
    feePerParcelFen: feeParcels === 0 ? null : Math.round(feeFen / feeParcels),
  };
}

export function viewGroup({ figures, ...key }: FiguresOf) {
  return { ...key, ...viewFigures(figures) };
}

/** A part of a whole, with four decimals. */
function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
