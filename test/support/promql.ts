/** A metric as a query names it: the labels it is selected by, and those it is grouped by where it stands in an aggregation. */
export interface UsedMetric {
  name: string;
  labels: string[];
}

const WORDS = new Set(['sum', 'max', 'rate', 'increase', 'histogram_quantile', 'vector', 'or']);

/** The metrics of a PromQL query as this project writes them; labels of groupings count for every metric of the query. */
export function metricsIn(query: string): UsedMetric[] {
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => (list ?? '').split(',').map((label) => label.trim()));
  const bare = query.replaceAll(/\bby \([^)]*\)/g, '').replaceAll(/\[[^\]]*\]/g, ' ');
  return [...bare.matchAll(/\b([a-z_][a-z0-9_]*)(\{[^}]*\})?/g)].flatMap(([, name = '', selector = '']) => {
    if (WORDS.has(name)) return [];
    const selected = [...selector.matchAll(/([a-z_]+)(?==|!=|=~|!~)/g)].map(([, label = '']) => label);
    return [{ name, labels: [...new Set([...selected, ...grouped])].filter((label) => !['job', 'instance'].includes(label)) }];
  });
}

/** The labels of each metric in an exposition (Prometheus' text form), series of all instances together. */
export function exposedMetrics(text: string): Map<string, Set<string>> {
  const exposed = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, name, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const known = exposed.get(name) ?? new Set();
    for (const [, label] of labels.matchAll(/([a-zA-Z_]\w*)="/g)) if (label !== undefined) known.add(label);
    exposed.set(name, known);
  }
  return exposed;
}
