import { CARRIERS, findCarrier } from '../../carriers/index.ts';
import type { CarrierCode } from '../../domain/carrier.ts';
import { type EpochMs, parseDuration, toRfc3339 } from '../../domain/time.ts';
import { now } from '../../store/db.ts';
import { redrive } from '../../store/inbox-redrive.ts';
import { noMoreWords, onlyOptions, required, runCommand, UsageError, type Words } from './command.ts';
import { withDatabase } from './surroundings.ts';

const USAGE = `  npm run redrive -- --carrier ${CARRIERS.map(({ code }) => code).join('|')} --since 2026-11-23T08:00:00+08:00 [--reason POISON]
      makes quarantined and waiting evidence received since then due again (or since so long ago, such as 24h), all
      of it or what was set aside for that reason; what is UNKNOWN_WAYBILL only when that is the reason named
  npm run redrive -- --since 24h --reason REFUND_UNKNOWN
      the same for all carriers and for the platform's messages, which are of no carrier
  npm run redrive -- --intercept ID
      makes a new run of a case from its record after its run was terminated
  npm run redrive -- --claim ID
      the same for a claim
  npm run redrive -- --restored-to 2026-11-23T08:00:00+08:00
      after PostgreSQL or Temporal was restored to what it knew then, while no worker runs: brings the record and the run
      of every case and claim that changed since together, a line each: what the run knows is recorded, a run that
      knows less than its record, or is gone, is made anew from it`;

/** With Temporal's SDK, which takes longer to load than it takes to make evidence due again. */
const runs = () => import('./redrive-runs.ts');

await runCommand(USAGE, ['carrier', 'since', 'reason', 'intercept', 'claim', 'restored-to'], async (words) => {
  noMoreWords(words.positionals);
  if (words.options['restored-to'] !== undefined) await reconcileAll(words);
  else if (words.options['claim'] !== undefined) await redriveClaim(words);
  else if (words.options['intercept'] === undefined) await redriveEvidence(words);
  else await redriveIntercept(words);
});

async function redriveEvidence(words: Words): Promise<void> {
  onlyOptions(words, ['carrier', 'since', 'reason']);
  const { reason } = words.options;
  if (reason !== undefined && !/^[A-Z_]+$/.test(reason))
    throw new UsageError(`--reason "${reason}" is no reason: write it as the inbox has it`);
  const carrier = reason === undefined || words.options['carrier'] !== undefined ? readCarrier(words) : null;
  const sinceOf = readSince(words, 'since');
  const { since, count } = await withDatabase('redrive', async (db) => {
    const since = sinceOf(await now(db));
    return { since, count: await redrive(db, { since, reason, ...(carrier !== null && { carrier }) }) };
  });
  process.stdout.write(
    `${count} events${carrier === null ? '' : ` of ${carrier}`} received since ${toRfc3339(since)} are due again; the running service delivers them.\n`,
  );
}

function readCarrier(words: Words): CarrierCode {
  const carrier = findCarrier(required(words, 'carrier').toUpperCase());
  if (carrier !== undefined) return carrier.code;
  throw new UsageError(
    `--carrier "${words.options['carrier']}" is not supported: write one of ${CARRIERS.map(({ code }) => code).join(', ')}`,
  );
}

/** An instant as written, or so long before now; the clock is PostgreSQL's, which dated the evidence. */
function readSince(words: Words, name: string): (now: EpochMs) => EpochMs {
  const text = required(words, name);
  if (/^\d+(ms|s|m|h|d)$/.test(text)) {
    const backMs = parseDuration(text);
    return (now) => now - backMs;
  }
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new UsageError(`--${name} "${text}" is no instant: write 2026-11-23T08:00:00+08:00, or how long ago, such as 24h`);
  return () => at;
}

async function redriveIntercept(words: Words): Promise<void> {
  onlyOptions(words, ['intercept']);
  const interceptId = required(words, 'intercept');
  if (!/^\d{1,19}-\d{1,3}$/.test(interceptId))
    throw new UsageError(`--intercept "${interceptId}" is no intercept id: write refund id, dash and attempt, such as 2200000000001-1`);
  await (await runs()).redriveIntercept(interceptId);
}

async function redriveClaim(words: Words): Promise<void> {
  onlyOptions(words, ['claim']);
  await (await runs()).redriveClaim(required(words, 'claim'));
}

async function reconcileAll(words: Words): Promise<void> {
  onlyOptions(words, ['restored-to']);
  await (await runs()).reconcileAll(readSince(words, 'restored-to'));
}
