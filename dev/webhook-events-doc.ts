import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EVENT_CATALOGUE } from '../api/v1/webhook-endpoints/event-catalogue.ts';
import { eventDataSchemas } from '../api/v1/webhook-endpoints/event-data.ts';
import { EVENT_EXAMPLES } from '../api/v1/webhook-endpoints/event-examples.ts';
import { fillBlocks } from './doc-blocks.ts';

/** Where the page is kept. */
export const WEBHOOK_EVENTS_DOC = fileURLToPath(new URL('../docs/webhook-events.md', import.meta.url));

/** As much of JSON Schema as the data of events uses. */
interface Shape {
  $id?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  items?: Shape;
  format?: string;
  required?: string[];
  properties?: Record<string, Shape>;
  description?: string;
}

const TYPES = Object.keys(EVENT_CATALOGUE) as (keyof typeof EVENT_CATALOGUE)[];
const SHAPES = eventDataSchemas as Shape[];

function table(heads: string[], rows: string[][]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderEvents(): string {
  const rows = TYPES.map((type) => {
    const { nameZh, whenEn, data } = EVENT_CATALOGUE[type];
    const { data: shown } = JSON.parse(EVENT_EXAMPLES[type]) as { data: Record<string, string | null> };
    const axes = [shown['interceptStatus'], shown['refundStatus'], shown['returnStatus']].filter(Boolean).join(', ');
    return [`\`${type}\``, nameZh, whenEn, `[${data.$id}](#${data.$id.toLowerCase()})`, axes];
  });
  return table(['event', '中文', 'when', '`data`', 'then, in its example'], rows);
}

function nameOf(shape: Shape): string {
  if (shape.anyOf) return shape.anyOf.map(nameOf).join(' or ');
  if (shape.const !== undefined || shape.enum) return (shape.enum ?? [shape.const]).map((value) => `\`${String(value)}\``).join(' ');
  if (shape.type === 'array') return `list of ${nameOf(shape.items ?? {})}`;
  if (shape.properties) return `\`{${Object.keys(shape.properties).join(', ')}}\``;
  return shape.format === 'date-time' ? 'instant' : (shape.type ?? 'any');
}

function renderData(shape: Shape): string {
  const fields = Object.entries(shape.properties ?? {});
  const rows = fields.map(([name, field]) => [
    `\`${name}\`${shape.required?.includes(name) ? '' : ' ?'}`,
    nameOf(field),
    field.enum ? '' : (field.description ?? field.anyOf?.find(({ description }) => description)?.description ?? ''),
  ]);
  return table(['field', 'what', '中文'], rows);
}

function renderExample(data: string): string {
  const type = TYPES.findLast((one) => EVENT_CATALOGUE[one].data.$id === data);
  return `\`\`\`json\n${JSON.stringify(JSON.parse(type === undefined ? '' : EVENT_EXAMPLES[type]), null, 2)}\n\`\`\``;
}

/** The page with its tables and examples as the catalogue in the code has them. */
export function renderWebhookEventsDoc(): string {
  const blocks = new Map([
    ['events', renderEvents()],
    ...SHAPES.flatMap((shape) => [
      [`${shape.$id}-fields`, renderData(shape)] as const,
      [`${shape.$id}-example`, renderExample(shape.$id ?? '')] as const,
    ]),
  ]);
  return fillBlocks('docs/webhook-events.md', readFileSync(WEBHOOK_EVENTS_DOC, 'utf8'), blocks);
}

if (import.meta.main) writeFileSync(WEBHOOK_EVENTS_DOC, renderWebhookEventsDoc());
