import { type Context, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The trace this request belongs to; null while traces are off. */
    traceContext: Context | null;
  }
}

const tracer = trace.getTracer('refund-intercept');

/** Each request as a span, in the trace that its `traceparent` (W3C) names or in one of its own. Neither query nor body is kept. */
export function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('traceContext', null);
  app.addHook('onRequest', (request, _reply, done) => {
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    request.traceContext = trace.setSpan(parent, span);
    context.with(request.traceContext, done);
  });
  // Reading a body leaves the context in which it was begun.
  app.addHook('preValidation', (request, _reply, done) => context.with(request.traceContext ?? ROOT_CONTEXT, done));
  app.addHook('onResponse', async (request, reply) => {
    const span = trace.getSpan(request.traceContext ?? ROOT_CONTEXT);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}
