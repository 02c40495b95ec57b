import { Ajv } from 'ajv';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { CARRIER_WIRES } from './carriers.ts';
import { describeAccess, listUrls, serveControl } from './control/routes.ts';
import { DEMO_SHOP, seedDemo } from './demo.ts';
import { serveGateways } from './exchange.ts';
import { openJournal } from './journal.ts';
import { openLookup } from './lookup.ts';
import { openKuaishouGateway } from './kuaishou/gateway.ts';
import { settleRefund } from './kuaishou/refunds.ts';
import { CARRIERS } from './parties.ts';
import { pushMessage, pushScan } from './pushing.ts';
import { crawl, takeStep } from './routes.ts';
import { startSchedule } from './schedule.ts';
import type { RunDeed } from './schedule.ts';
import { completeSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Call, PushAttempt, Stage } from './stage.ts';
import { openStateFile } from './state-file.ts';
import type { Changed } from './state.ts';
import { advanceIncident } from './zto/incidents.ts';

export { DEMO_SHOP };

const CALLS_KEPT = 5_000;
const PUSHES_KEPT = 5_000;
const BODY_LIMIT = 4 * 1024 * 1024;
/** Of all worlds of a process, as the schemas are: each is compiled once. */
const ajv = new Ajv({ allErrors: true });

export interface Simulators {
  /** `http://127.0.0.1:PORT`; the control is below `/sim`. */
  url: string;
  urls: ReturnType<typeof listUrls>;
  /** Every environment variable that lets the product talk to these simulators, addresses included. */
  credentials: Record<string, string>;
  world: Stage;
  /** Stops everything that moves and closes the port. What was saved goes on at the next start. */
  close(): Promise<void>;
}

function deedRunner(stage: Stage, stopped: AbortSignal): RunDeed {
  return async (deed) => {
    switch (deed.kind) {
      case 'PUSH':
        return pushScan(stage, stopped, deed);
      case 'MESSAGE':
        return pushMessage(stage, stopped, deed);
      case 'CRAWL':
        return crawl(stage, deed);
      case 'STEP':
        takeStep(stage, deed);
        return null;
      case 'SETTLE':
        settleRefund(stage, deed);
        return null;
      case 'INCIDENT':
        advanceIncident(stage, deed);
        return null;
    }
  };
}

/** Opens the world: state from disk (or a new one, with the demo when asked), and the clockwork running. */
async function openStage(settings: Settings, stopped: AbortSignal): Promise<Stage> {
  const file = await openStateFile(settings.stateFile, settings.report);
  const { state } = file;
  const isNew = state.lastNumber === 0;
  if (isNew) state.lastNumber = settings.firstNumber;
  const lookup = openLookup(state);
  const changed: Changed = (table, key) => {
    lookup.note(table, key);
    file.changed(table, key);
  };
  const stage: Omit<Stage, 'schedule'> & Partial<Pick<Stage, 'schedule'>> = {
    state,
    lookup,
    settings,
    now: () => Date.now(),
    nextNumber: () => {
      state.lastNumber += 1;
      return state.lastNumber;
    },
    changed,
    saved: file.saved,
    calls: openJournal<Call>(CALLS_KEPT),
    pushes: openJournal<PushAttempt>(PUSHES_KEPT),
  };
  const complete = stage as Stage;
  complete.schedule = startSchedule({
    tasks: state.tasks,
    now: stage.now,
    newId: () => `T${stage.nextNumber()}`,
    run: deedRunner(complete, stopped),
    changed: (taskId) => changed('tasks', taskId),
    report: settings.report,
  });
  if (isNew && settings.demo) seedDemo(complete);
  return complete;
}

async function registerGateways(app: FastifyInstance, stage: Stage): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const carriers = CARRIERS.map((carrier) => CARRIER_WIRES[carrier].openGateway(stage));
    serveGateways(scope, stage, [...carriers, openKuaishouGateway(stage)]);
  });
}

/**
 * Starts the outside world on one HTTP port: the carriers, the shop platform, and the control.
 * Resolves when it listens. Rejects when the state file cannot be read or the port is taken.
 */
export async function startSimulators(given: Partial<Settings> = {}): Promise<Simulators> {
  const settings = completeSettings(given);
  const stopping = new AbortController();
  const stage = await openStage(settings, stopping.signal);
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(({ schema }) => ajv.compile(schema));
  await registerGateways(app, stage);
  await app.register(async (scope) => serveControl(scope, stage));
  let url: string;
  try {
    url = await app.listen({ host: settings.host, port: settings.port });
    await stage.saved();
  } catch (error) {
    stage.schedule.stop();
    await app.close();
    throw error;
  }
  return {
    url,
    urls: listUrls(url),
    credentials: describeAccess(stage, url).env,
    world: stage,
    async close() {
      stage.schedule.stop();
      stopping.abort();
      await app.close();
      await stage.saved();
    },
  };
}
