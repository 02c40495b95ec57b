import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeFault } from './faults.ts';
import type { Party } from './parties.ts';
import type { Call, Stage } from './stage.ts';
import type { Fault } from './state.ts';
import { writeXml } from './xml.ts';

/** A call as it came over the wire. */
export interface Incoming {
  method: string;
  /** Path below the party's prefix. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names; of a repeated header the first value. */
  headers: Record<string, string>;
  body: Buffer;
}

export interface Outgoing {
  status: number;
  contentType: string;
  body: string;
}

/** One party's side of the wire. `answer` is synchronous, so a call changes the world completely or not at all. */
export interface Gateway {
  party: Party;
  /** Paths it listens on, as the router writes them, and the prefix that `Incoming.path` leaves out. */
  routes: string[];
  prefix: string;
  /** The API a call names, `?` when it names none. */
  identify(call: Incoming): string;
  answer(call: Incoming): Outgoing;
  /** A refusal of the business kind, for the fault `refuse`. */
  refusal(api: string, code: string | null, message: string | null): Outgoing;
  /** An error of the gateway itself under HTTP 200, for the fault `error-200`. */
  gatewayError(api: string, code: string | null, message: string | null): Outgoing;
  /** The same as XML, where the party's gateway is known to answer so, for the fault `error-xml`. */
  gatewayXml?(code: string | null, message: string | null): Outgoing;
  /** Told of calls that a fault kept from being answered. */
  struck?(call: Incoming, api: string, fault: Fault): void;
}

const HANG_MS = 60_000;
const TIMEOUT_MS = 15_000;
const SLOW_MS = 2_000;

/** A JSON answer under HTTP 200. */
export function jsonAnswer(value: unknown, status = 200): Outgoing {
  return { status, contentType: 'application/json;charset=UTF-8', body: JSON.stringify(value) };
}

/** An XML answer under HTTP 200, its members under one root element. */
export function xmlAnswer(root: string, members: Record<string, string>): Outgoing {
  return { status: 200, contentType: 'text/xml;charset=UTF-8', body: writeXml(root, members) };
}

/** The form fields of a body `application/x-www-form-urlencoded`. */
export function readForm(call: Incoming): URLSearchParams {
  return new URLSearchParams(call.body.toString('utf8'));
}

function readCall(request: FastifyRequest, prefix: string): Incoming {
  const url = new URL(request.raw.url ?? '/', 'http://simulator');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name] = first;
  }
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  return { method: request.method, path: url.pathname.slice(prefix.length), query: url.searchParams, headers, body };
}

/** Serves the gateways under `app`; every call is written down, struck by a fault if one is armed, and answered once the change is saved. */
export function serveGateways(app: FastifyInstance, stage: Stage, gateways: Gateway[]): void {
  const waits = new Set<NodeJS.Timeout>();
  app.addHook('onClose', async () => {
    for (const wait of waits) clearTimeout(wait);
  });

  function later(ms: number, act: () => void): void {
    const wait = setTimeout(() => {
      waits.delete(wait);
      act();
    }, ms);
    waits.add(wait);
  }

  /** Keeps the caller waiting without an answer, then cuts the line. */
  function cutAfter(reply: FastifyReply, ms: number): void {
    reply.hijack();
    const { socket } = reply.raw;
    if (ms === 0) socket?.destroy();
    else later(ms, () => socket?.destroy());
  }

  async function send(reply: FastifyReply, record: Call, outgoing: Outgoing): Promise<void> {
    record.answer = outgoing.body;
    await stage.saved();
    await reply.status(outgoing.status).header('content-type', outgoing.contentType).send(outgoing.body);
  }

  async function strike(gateway: Gateway, call: Incoming, record: Call, fault: Fault, reply: FastifyReply): Promise<void> {
    record.outcome = fault.kind;
    const { api } = record;
    if (fault.kind === 'timeout-after-accepting') {
      record.answer = gateway.answer(call).body;
      await stage.saved();
      return cutAfter(reply, fault.delayMs ?? TIMEOUT_MS);
    }
    if (fault.kind === 'slow') {
      await new Promise<void>((resolve) => later(fault.delayMs ?? SLOW_MS, resolve));
      return send(reply, record, gateway.answer(call));
    }
    gateway.struck?.(call, api, fault);
    switch (fault.kind) {
      case 'refuse':
        return send(reply, record, gateway.refusal(api, fault.code, fault.message));
      case 'error-200':
        return send(reply, record, gateway.gatewayError(api, fault.code, fault.message));
      case 'error-xml':
        return send(reply, record, gateway.gatewayXml?.(fault.code, fault.message) ?? gateway.gatewayError(api, fault.code, fault.message));
      case 'http-500':
        return send(reply, record, {
          status: 500,
          contentType: 'text/html',
          body: '<html><body><h1>500 Internal Server Error</h1></body></html>',
        });
      case 'bad-json':
        return send(reply, record, { status: 200, contentType: 'application/json', body: '{"status":true,"success":"tr' });
      case 'hang':
        return cutAfter(reply, fault.delayMs ?? HANG_MS);
      default:
        return cutAfter(reply, 0);
    }
  }

  for (const gateway of gateways) {
    for (const route of gateway.routes) {
      app.all(route, async (request, reply) => {
        const call = readCall(request, gateway.prefix);
        const api = gateway.identify(call);
        const body = call.method === 'GET' ? call.query.toString() : call.body.toString('utf8');
        const record: Call = {
          at: stage.now(),
          party: gateway.party,
          api,
          method: call.method,
          path: request.raw.url?.split('?')[0] ?? '',
          body,
          headers: call.headers,
          outcome: 'answered',
          answer: null,
        };
        stage.calls.add(record);
        const fault = takeFault(stage, gateway.party, api, 'CALL');
        if (fault !== null) await strike(gateway, call, record, fault, reply);
        else await send(reply, record, gateway.answer(call));
        return reply;
      });
    }
  }
}
