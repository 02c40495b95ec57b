import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { AroundCall } from './outside-calls.ts';

/** Where Temporal's SDKs put a trace's context; `workflows/trace-context.ts` hands it on under the same name. */
const TRACE_HEADER = '_tracer-data';

const tracer = trace.getTracer('refund-intercept');

/**
 * Runs the work in a span of the trace that is under way; without one, or while traces are off, it is only run. Neither URLs nor messages
 * are kept: they carry tokens and people.
 */
async function inSpan<T>(name: string, kind: SpanKind, attributes: Record<string, string | number>, work: () => Promise<T>): Promise<T> {
  if (trace.getSpan(context.active()) === undefined) return work();
  return tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown').setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A call to a carrier or the platform, as a span. */
export const traceCall: AroundCall = ({ party, call }, work) =>
  inSpan(`${party} ${call}`, SpanKind.CLIENT, { 'peer.service': party }, work);

/** What the API begins or tells in Temporal carries the trace of its request on. */
export const traceWorkflowCalls: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next({ ...input, headers: withTrace(input.headers) }),
  signal: (input, next) => next({ ...input, headers: withTrace(input.headers) }),
  startUpdate: (input, next) => next({ ...input, headers: withTrace(input.headers) }),
  startUpdateWithStart: (input, next) =>
    inSpan(`start ${input.workflowType}`, SpanKind.PRODUCER, { 'temporal.workflow.id': input.workflowStartOptions.workflowId }, () =>
      next({ ...input, workflowStartHeaders: withTrace(input.workflowStartHeaders), updateHeaders: withTrace(input.updateHeaders) }),
    ),
};

/** Each try of an activity is a span of the trace that its workflow was told last. */
export const traceActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    execute(input, next) {
      const attributes = { 'temporal.workflow.id': info.workflowExecution?.workflowId ?? '', 'temporal.attempt': info.attempt };
      return context.with(traceIn(input.headers), () => inSpan(info.activityType, SpanKind.CONSUMER, attributes, () => next(input)));
    },
  },
});

function withTrace(headers: Headers): Headers {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return Object.keys(carrier).length === 0 ? headers : { ...headers, [TRACE_HEADER]: defaultPayloadConverter.toPayload(carrier) };
}

/** A header that cannot be read begins no trace and stops nothing. */
function traceIn(headers: Headers) {
  const payload = headers[TRACE_HEADER];
  if (payload === undefined) return ROOT_CONTEXT;
  try {
    return propagation.extract(ROOT_CONTEXT, defaultPayloadConverter.fromPayload(payload));
  } catch {
    return ROOT_CONTEXT;
  }
}
