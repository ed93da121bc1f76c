import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { deployPath, readDeploy } from '../support/deploy-path.ts';
import { exportedMetrics, strangersIn } from '../support/exported-metrics.ts';
import { describeWithTool } from '../support/tool.ts';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly runbook: string };
}

const RULES = parse(readDeploy('prometheus/alerts.yaml')) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
};
const ALERTS = RULES.groups.flatMap(({ rules }) => rules);
const TESTS = parse(readDeploy('prometheus/alerts.test.yaml')) as {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }[];
  }[];
};
const DASHBOARD = JSON.parse(readDeploy('grafana/flowkeeper.json')) as {
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly description: string;
    readonly gridPos: { readonly x: number; readonly w: number };
    readonly targets: readonly { readonly expr: string }[];
  }[];
  readonly templating: { readonly list: readonly { readonly query: unknown }[] };
};

const RUNBOOK = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const HEADINGS = [...RUNBOOK.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading);

// a busy machine
jest.setTimeout(60_000);

let metrics: ReadonlyMap<string, ReadonlySet<string>>;
beforeAll(async () => {
  metrics = await exportedMetrics();
});

test('the check itself: names and labels that nothing exports are found', () => {
  expect(strangersIn('flowkeeper_flows{state="x"} > 0', metrics)).toEqual([]);
  expect(strangersIn('flowkeeper_flow{state="x"}', metrics)).toEqual(['flowkeeper_flow']);
  expect(strangersIn('flowkeeper_flows{stat="x"}', metrics)).toEqual(['flowkeeper_flows{stat}']);
  expect(strangersIn('sum by (flow) (flowkeeper_flows)', metrics)).toEqual(['by (flow)']);
});

describe.each(ALERTS)('$alert', ({ alert, expr, labels, annotations }) => {
  test('asks for what is exported', () => {
    expect(expr).toContain('flowkeeper_');
    expect(strangersIn(expr, metrics)).toEqual([]);
  });

  test('is tested both silent and ringing', () => {
    const cases = TESTS.tests.flatMap((each) => each.alert_rule_test);
    const sizes = cases.filter(({ alertname }) => alertname === alert);
    expect(sizes.some(({ exp_alerts: rung }) => rung.length === 0)).toBe(true);
    expect(sizes.some(({ exp_alerts: rung }) => rung.length > 0)).toBe(true);
  });

  test('tells how bad it is, and where it is said what to do', () => {
    expect(['critical', 'warning', 'info']).toContain(labels.severity);
    expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    expect(HEADINGS).toContain(alert);
  });
});

describe('the dashboard', () => {
  test.each(DASHBOARD.panels)('$title asks for what is exported', ({ targets, description }) => {
    expect(description).not.toBe('');
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr } of targets) {
      expect(expr).toContain('flowkeeper_');
      expect(strangersIn(expr, metrics)).toEqual([]);
    }
  });

  test('shows every metric somewhere', () => {
    const shown = DASHBOARD.panels
      .flatMap(({ targets }) => targets.map(({ expr }) => expr))
      .join(' ');
    const names = [...metrics.keys()].map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect([...new Set(names)].filter((name) => !shown.includes(name))).toEqual([]);
  });

  test('its panels have numbers of their own and fit the page', () => {
    const ids = DASHBOARD.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { gridPos } of DASHBOARD.panels)
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  test('its list of orgs is made of a metric that is exported', () => {
    expect(strangersIn(JSON.stringify(DASHBOARD.templating.list), metrics)).toEqual([]);
  });
});

describeWithTool('promtool', 'prometheus')('promtool', () => {
  const promtool = (...args: readonly string[]): Promise<{ readonly stdout: string }> =>
    promisify(execFile)('promtool', [...args], { cwd: deployPath('prometheus') });

  test('finds no fault in the rules', async () => {
    const { stdout } = await promtool('check', 'rules', 'alerts.yaml');
    expect(stdout).toContain(`${String(ALERTS.length)} rules found`);
  });

  test('sees every alert ring when it should, and not before', async () => {
    expect((await promtool('test', 'rules', 'alerts.test.yaml')).stdout).toContain('SUCCESS');
  });
});
