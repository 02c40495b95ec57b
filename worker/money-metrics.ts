import { ApplicationFailure } from '@temporalio/common';
import { Counter, type Registry } from '@prometheus-io/client';
import type { MoneyActivities, MoneyRequest } from '../activities/types.ts';
import type { MoneyOutcome } from '../domain/intercept/event.ts';
import { worldOfCarrier } from '../domain/world.ts';
import { PlatformUnavailable } from '../platforms/port.ts';
import { isDatabaseOutage } from '../store/database-outage.ts';

const COMMANDS = ['payRefund', 'rejectRefund', 'requestArbitration'] as const satisfies (keyof MoneyActivities)[];

/**
 * The same money commands, each try counted by how it ended (`money_commands_total`): an outcome, or the type of the failure after which
 * it is tried again. `FAILED` is what nobody foresaw, a defect; a platform or database that gives no answer is none.
 */
export function countMoney(activities: MoneyActivities, registry: Registry): MoneyActivities {
  const commands = new Counter({
    name: 'money_commands_total',
    help: 'Tries of money commands at the platform that ended, by command, how, and the world of the shop',
    labelNames: ['command', 'outcome', 'world'] as const,
    registers: [registry],
  });
  // From nought on: a count that is first seen at 1 never rose, for Prometheus; neither the first payment nor the first defect would be seen.
  for (const command of COMMANDS)
    for (const outcome of ['DONE', 'FAILED']) for (const world of ['REAL', 'SANDBOX']) commands.inc({ command, outcome, world }, 0);
  const counted =
    <Request extends MoneyRequest>(command: string, carryOut: (request: Request) => Promise<MoneyOutcome>) =>
    async (request: Request): Promise<MoneyOutcome> => {
      const world = worldOfCarrier(request.carrier);
      try {
        const outcome = await carryOut(request);
        commands.inc({ command, outcome: outcome.kind, world });
        return outcome;
      } catch (error) {
        commands.inc({ command, outcome: typeOf(error), world });
        throw error;
      }
    };
  return {
    payRefund: counted('payRefund', activities.payRefund),
    rejectRefund: counted('rejectRefund', activities.rejectRefund),
    requestArbitration: counted('requestArbitration', activities.requestArbitration),
  };
}

function typeOf(error: unknown): string {
  if (error instanceof PlatformUnavailable) return 'PLATFORM_UNAVAILABLE';
  if (isDatabaseOutage(error)) return 'DATABASE_UNAVAILABLE';
  return error instanceof ApplicationFailure ? (error.type ?? 'FAILED') : 'FAILED';
}
