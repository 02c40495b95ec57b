import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { waitFor } from '../../dev/waiting.ts';
import { exposedMetrics, metricsIn } from '../support/promql.ts';
import type { RunningStack } from '../support/running-stack.ts';
import type { TraceReceiver } from '../support/trace-receiver.ts';

const ROOT = join(import.meta.dirname, '../..');
const DASHBOARDS = join(ROOT, 'ops', 'dashboards');
/** What the SDK's core exposes only once something went wrong, with the labels that its documentation gives. */
const UPON_FAILURE = new Map([
  ['temporal_workflow_task_execution_failed', new Set(['workflow_type'])],
  ['temporal_request_failure', new Set(['operation'])],
]);

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

interface Alert {
  alert: string;
  expr: string;
  annotations: { runbook: string };
}
const alerts = (parse(readFileSync(join(ROOT, 'ops/alerts.yml'), 'utf8')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);

const panels = readdirSync(DASHBOARDS).flatMap((file) => {
  const dashboard = JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as { panels: { targets: { expr: string }[] }[] };
  return dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => ({ file, expr })));
});

/** What operators look at: traces, and the metrics of panels and alerts. */
export function telemetryTests(here: () => RunningStack, collector: () => TraceReceiver): void {
  test('one trace leads from the request of a create to the call at the carrier, and carries no token', async () => {
    const { refundId } = await here().shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SILENT' } });
    const response = await fetch(`${here().addresses.api}/v1/intercepts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${here().addresses.demoApiKey}`,
        'content-type': 'application/json',
        traceparent: `00-${TRACE_ID}-${CALLER}-01`,
      },
      body: JSON.stringify({ refundId, confirm: true }),
    });
    expect(response.status).toBe(201);
    const way = ['POST /v1/intercepts', 'start intercept', 'requestIntercept', 'ZTO requestIntercept'];
    const beside = ['ZTO readTrack', 'KUAISHOU readRefund', 'saveRecords'];
    const ours = () => collector().spans.filter(({ traceId }) => traceId === TRACE_ID);
    // Each process sends its spans some time after they ended.
    await waitFor(async () => [...way, ...beside].every((name) => ours().some((span) => span.name === name)), 20_000);

    const found = way.map((name) => ours().find((span) => span.name === name));
    expect(found.map((span) => span?.service)).toEqual([
      'refund-intercept-api',
      'refund-intercept-api',
      'refund-intercept-worker',
      'refund-intercept-worker',
    ]);
    expect(found.map((span) => span?.parentSpanId)).toEqual([CALLER, ...found.slice(0, -1).map((span) => span?.spanId)]);
    expect(ours().map(({ name }) => name)).toEqual(expect.arrayContaining(beside));
    expect(collector().texts.join('\n')).not.toMatch(/access_token|Bearer|authorization/i);
  }, 60_000);

  describe('what operators look at', () => {
    const exposed = new Map(UPON_FAILURE);
    const missing = (query: string) =>
      metricsIn(query).flatMap(({ name, labels }) =>
        exposed.has(name) ? labels.filter((label) => !exposed.get(name)?.has(label)).map((label) => `${name}{${label}}`) : [name],
      );

    beforeAll(async () => {
      const { refundId } = await here().shop.seed({ carrier: 'ZTO', parcel: { onIntercept: 'SUCCEEDS' } });
      const { interceptId } = await here().shop.create(refundId);
      await here().shop.until(interceptId, ({ refundStatus }) => refundStatus === 'REFUNDED', 30_000);
      // Aborted requests and unread gauges are counted by label only once there are some; a scrape while the database is away would do it too.
      exposed.set('api_requests_aborted_total', new Set(['operation'])).set('api_gauge_reads_failed_total', new Set(['gauge']));
      const scrape = async () => {
        for (const url of [here().addresses.apiAdmin, here().addresses.workerAdmin]) {
          for (const [name, labels] of exposedMetrics(await (await fetch(`${url}/metrics`)).text()))
            exposed.set(name, new Set([...(exposed.get(name) ?? []), ...labels]));
        }
        return [...panels, ...alerts].every(({ expr }) => missing(expr).length === 0);
      };
      exposed.set('up', new Set());
      // Some are there only after the patrol's first run; what never comes is named by the tests.
      await waitFor(scrape, 90_000);
    }, 150_000);

    test('every panel asks for metrics and labels that the product exposes', () => {
      expect(panels.length).toBeGreaterThan(40);
      expect(panels.filter(({ expr }) => metricsIn(expr).length === 0)).toEqual([]);
      expect(panels.flatMap(({ file, expr }) => missing(expr).map((what) => `${file}: ${what}`))).toEqual([]);
    });

    test('so does every alert, and its runbook is a section of the page', () => {
      const page = readFileSync(join(ROOT, 'docs/operators.md'), 'utf8');
      const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(
        ([, title = '']) =>
          `docs/operators.md#${title
            .toLowerCase()
            .replaceAll(/[^\w -]/g, '')
            .replaceAll(' ', '-')}`,
      );
      expect(alerts.flatMap(({ alert, expr }) => missing(expr).map((what) => `${alert}: ${what}`))).toEqual([]);
      for (const { alert, annotations } of alerts) {
        expect({ alert, in: anchors }).toEqual({ alert, in: expect.arrayContaining([annotations.runbook]) });
        expect(page).toMatch(new RegExp(`^\\| [\\w, ]*\\b${alert}\\b`, 'm'));
      }
    });
  });
}
