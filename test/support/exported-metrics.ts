import { makePromMeter } from '../../src/adapters/metrics/prom-meter.ts';
import { aRunEntry } from './run-entries.ts';

const COUNTS = { live: 6, inSync: 5, changes: 1, missing: 0, unmanaged: 0, invalid: 0 };

/** Every series that the product can export, by its name, with the names of its labels. */
export async function exportedMetrics(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const facts = { org: 'acme', states: new Map([['InSync', 6]] as const), waiting: true };
  const meter = makePromMeter({
    version: '0.1.0',
    clock: { now: () => 0 },
    facts: () => Promise.resolve([{ ...facts, rateWaitMs: 1 }]),
    isHooked: () => true,
    notices: () => Promise.resolve([{ destination: 'ops', waiting: 1, dead: 0 }]),
  });
  meter.runEnded(aRunEntry({ org: 'acme', counts: COUNTS }));
  meter.accepted('acme', 'push');
  meter.moved(false);
  meter.apiAnswered('acme', 'list', '200');
  meter.gitAnswered('look', 'ok');
  meter.headJudged(true);
  meter.pushed('pushed');
  meter.delivered('github', 'accepted');
  meter.notified('ops', 'delivered');
  const metrics = new Map<string, Set<string>>();
  for (const line of (await meter.text()).split('\n')) {
    const [, name, labels = ''] = /^([a-z_]+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = metrics.get(name) ?? new Set();
    metrics.set(name, known);
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
  }
  return metrics;
}

/** What Prometheus adds to every series it scrapes. */
const OF_THE_SCRAPE = ['instance', 'job'];

type Metrics = ReadonlyMap<string, ReadonlySet<string>>;

/** Names and labels of an expression that nothing exports; empty: it can match. */
export function strangersIn(expression: string, metrics: Metrics): readonly string[] {
  const selectors = [...expression.matchAll(/\b(flowkeeper_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name = '', matchers = '']) => ({ name, matchers }),
  );
  const labels = selectors.flatMap(({ name }) => [...(metrics.get(name) ?? [])]);
  const known = new Set([...OF_THE_SCRAPE, ...labels]);
  const grouped = [...expression.matchAll(/\b(?:by|on)\s*\(([^)]*)\)/g)].flatMap(
    ([, names = '']) => names.match(/\w+/g) ?? [],
  );
  return [
    ...selectors.flatMap(({ name, matchers }) => strangersOf(name, matchers, metrics)),
    ...grouped.filter((label) => !known.has(label)).map((label) => `by (${label})`),
  ];
}

function strangersOf(name: string, matchers: string, metrics: Metrics): readonly string[] {
  const labels = metrics.get(name);
  if (!labels) return [name];
  const matched = [...matchers.matchAll(/(\w+)\s*[!=]~?/g)].map(([, label = '']) => label);
  return matched.filter((label) => !labels.has(label)).map((label) => `${name}{${label}}`);
}
