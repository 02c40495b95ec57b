import { fastifySSE, type SSEReplyInterface } from '@fastify/sse';
import { missedChanges } from '../../store/case-changes.ts';
import { now } from '../../store/db.ts';
import { liveHandles } from '../../store/sessions.ts';
import { toRfc3339 } from '../../domain/time.ts';
import { problem } from '../problems/problem.ts';
import { type CaseFeed, caseFeed, type FeedEvent } from './case-feed.ts';
import type { ConsoleRoutes } from './console-routes.ts';
import { SESSION_LIMITS } from './session-cookie.ts';
import { signedInOf } from './access.ts';

const HEARTBEAT_MS = 20_000;
/** How often the database is asked what happened elsewhere: cases written unheard, sessions ended at another API process. */
const POLL_EVERY_MS = 2_000;
const RECONNECT_MS = 2_000;
/** A browser itself keeps no more than six connections to one host over HTTP/1.1. */
const STREAMS_A_PERSON = 5;
/** A page that was away longer than this many changed cases fetches everything anew anyway. */
const MOST_REPLAYED = 500;
/** A reader this far behind is sent away; it comes back and is told what it missed. */
const MOST_UNSENT_BYTES = 262_144;

interface Stream {
  staffId: string;
  sessionHandle: string;
  /** Ends it, with that answer if it has not begun. */
  end(code: 'NOT_SIGNED_IN' | 'OVERLOADED'): void;
}

/**
 * `GET /events`: server-sent events of the shop's cases. `case.changed` carries `{interceptId, version}` and, as id, a
 * sequence; with `Last-Event-ID` what was missed comes first. Heartbeats every 20 s; ends with the session, wherever that was ended, and before
 * the server closes, which otherwise would wait for it for ever.
 */
export const eventRoutes: ConsoleRoutes = async (app, { deps, endings }) => {
  await app.register(fastifySSE, { heartbeatInterval: HEARTBEAT_MS });
  const feed = caseFeed({ db: deps.db, databaseUrl: deps.config.database.url, log: deps.log, pollEveryMs: POLL_EVERY_MS });
  const streams = new Set<Stream>();
  endings.onEnd((ended) => {
    for (const stream of streams) if (ended.has(stream.sessionHandle)) stream.end('NOT_SIGNED_IN');
  });
  let isChecking = false;
  const checking = setInterval(() => void endDeadSessions(), POLL_EVERY_MS);
  checking.unref();

  async function endDeadSessions(): Promise<void> {
    if (isChecking) return;
    isChecking = true;
    try {
      // Of a stream that comes while the database is asked, its answer says nothing.
      const asked = [...streams];
      const handles = [...new Set(asked.map(({ sessionHandle }) => sessionHandle))];
      const live = await liveHandles(deps.db, handles, SESSION_LIMITS);
      for (const stream of asked) if (!live.has(stream.sessionHandle)) stream.end('NOT_SIGNED_IN');
    } catch (error) {
      deps.log.warn({ err: error }, 'live updates: sessions could not be checked, it is tried again');
    } finally {
      isChecking = false;
    }
  }

  app.addHook('preClose', async () => {
    clearInterval(checking);
    for (const stream of streams) stream.end('OVERLOADED');
    await feed.stop();
  });

  app.route({
    method: 'GET',
    url: '/events',
    sse: 'only',
    config: { operation: 'consoleEvents', scope: 'intercepts:read' },
    handler: async (request, reply) => {
      const { staffId, shopId, handle } = signedInOf(request);
      const mine = [...streams].filter((stream) => stream.staffId === staffId);
      if (mine.length >= STREAMS_A_PERSON)
        throw problem('TOO_MANY_STREAMS', { params: { limit: STREAMS_A_PERSON }, retryAfterSeconds: 15 });
      const ending: { code: Parameters<Stream['end']>[0] | null } = { code: null };
      const end: Stream['end'] = (code) => {
        ending.code ??= code;
        reply.sse.close();
      };
      const stream: Stream = { staffId, sessionHandle: handle, end };
      streams.add(stream);
      reply.sse.onClose(() => streams.delete(stream));
      try {
        await startStream({ feed, shopId, events: reply.sse, unsentBytes: () => reply.raw.writableLength }, async (lastSeen) => ({
          serverTime: toRfc3339(await now(deps.db)),
          missed: lastSeen === null ? [] : await missedChanges(deps.db, shopId, lastSeen, MOST_REPLAYED),
        }));
      } catch (error) {
        streams.delete(stream);
        if (ending.code !== null) throw problem(ending.code);
        // The caller went away meanwhile: there is nobody to tell.
        if (reply.sse.isConnected) throw error;
      }
    },
  });
};

interface StreamStart {
  feed: CaseFeed;
  shopId: string;
  events: SSEReplyInterface;
  unsentBytes(): number;
}

/** Follows first and reads what was missed then, so that nothing falls between; a case may be told twice. */
async function startStream(
  { feed, shopId, events, unsentBytes }: StreamStart,
  lookBack: (lastSeen: number | null) => Promise<{ serverTime: string; missed: FeedEvent[] }>,
): Promise<void> {
  const early: FeedEvent[] = [];
  let tell = (event: FeedEvent): void => void early.push(event);
  const { from, leave } = await feed.follow(shopId, (event) => tell(event));
  events.onClose(leave);
  try {
    const { serverTime, missed } = await lookBack(readLastEventId(events.lastEventId));
    events.keepAlive();
    await events.send({ id: String(from), event: 'hello', data: { serverTime }, retry: RECONNECT_MS });
    tell = (event) => {
      if (unsentBytes() > MOST_UNSENT_BYTES) events.close();
      else if (events.isConnected) void events.send(messageOf(event));
    };
    for (const event of [...missed, ...early]) tell(event);
    // A caller that went away meanwhile never says so again.
    if (!events.isConnected) leave();
  } catch (error) {
    leave();
    throw error;
  }
}

function messageOf({ sequence, interceptId, version }: FeedEvent) {
  return { ...(sequence === null ? {} : { id: String(sequence) }), event: 'case.changed', data: { interceptId, version } };
}

function readLastEventId(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
