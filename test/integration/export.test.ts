import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportExitCode, exportFiles } from '../../src/app/export-files.ts';
import type { ExportDocument, ExportRequest } from '../../src/app/export-files.ts';
import type { OrgPlanReport } from '../../src/engine/plan-only.ts';
import { seedFlows } from '../../src/simulator/seed.ts';
import type { FlowInput } from '../../src/simulator/flow.ts';
import { ACME, IntegrationRig } from '../support/integration-rig.ts';

jest.setTimeout(120_000);

const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';
const FLOWS = `desired-state/${ACME}/flows`;

const live = (count: number, duplicates = 0): readonly FlowInput[] => [
  ...seedFlows({ count, orgId: ORG_ID, duplicates }),
];

describe('export', () => {
  let folder: string;
  let rig: IntegrationRig | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowkeeper-export-'));
  });

  afterEach(async () => {
    await rig?.close();
    rig = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  /** An org with these flows, and a repository that says nothing of it yet. */
  async function org(flows: readonly FlowInput[]): Promise<IntegrationRig> {
    rig = await IntegrationRig.start({
      orgs: [{ flows: 0, live: { flows } }],
      files: { [`desired-state/${ACME}/policy.yaml`]: null, 'desired-state/README.md': 'Empty.\n' },
    });
    return rig;
  }

  async function run(request: Partial<ExportRequest> = {}): Promise<ExportDocument> {
    const asked = { folder, allBlocks: false, dryRun: false, now: Date.now(), ...request };
    return exportFiles(await rig!.app(), asked, new AbortController().signal);
  }

  /** Text by path. */
  async function written(): Promise<Record<string, string>> {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [relative(folder, path), await readFile(path, 'utf8')] as const;
      }),
    );
    return Object.fromEntries(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async function plan(): Promise<OrgPlanReport> {
    await rig!.repository.commit(await written());
    const app = await rig!.app();
    const [report] = await app.plan({}, new AbortController().signal);
    return report!;
  }

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  test('of 1,000 flows: the plan after it is empty, and a second export writes nothing', async () => {
    await org(live(1000));
    const document = await run();
    expect(document.orgs[0]).toMatchObject({ liveCount: 1000, untouched: [], missing: [] });
    expect(document.orgs[0]?.added).toHaveLength(1001);

    const { plan: planned, policy } = await plan();
    expect(planned).toMatchObject({ changes: [], missing: [], invalid: [], unmanaged: [] });
    expect([planned?.liveCount, planned?.settled.length]).toEqual([1000, 1000]);
    expect(policy?.mode).toBe('report');

    const before = await written();
    const again = await run();
    expect(again.orgs[0]).toMatchObject({ added: [], updated: [], unchanged: 1000 });
    expect(await written()).toEqual(before);
    expect(exportExitCode(again)).toBe(0);
  });

  test('all blocks of 60 flows, some of them undescribed', async () => {
    await org(live(60));
    const { orgs } = await run({ allBlocks: true });
    expect(orgs[0]?.leftOut).toEqual([{ path: '/routing/priority', flows: 60 }]);
    expect((await plan()).plan).toMatchObject({ changes: [], invalid: [], unmanaged: [] });
  });

  test('is the same bytes whatever order the org lists flows and keys in', async () => {
    const flows = live(12, 3);
    const turned = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, field]) => [key, turned(field)]),
          )
        : value;
    await org(flows);
    await run();
    const once = await written();
    await rig!.close();
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await org(
      flows
        .toReversed()
        .map((flow) => ({ ...flow, settings: turned(flow.settings) as FlowInput['settings'] })),
    );
    await run();
    expect(await written()).toEqual(once);
  });

  test('names files by the flows, and by their ids too where names are not enough', async () => {
    const [first, second, third, fourth] = live(4);
    await org([
      { ...first!, name: 'Größe & Überlauf (Süd)' },
      { ...second!, name: 'Sales – Inbound' },
      { ...third!, name: 'sales inbound!' },
      { ...fourth!, name: '予約' },
    ]);
    await run();
    const names = Object.keys(await written()).filter((path) => path.startsWith(FLOWS));
    expect(names.sort()).toEqual(
      [
        `${FLOWS}/flow-${fourth!.id.slice(0, 8)}.yaml`,
        `${FLOWS}/grosse-uberlauf-sud.yaml`,
        `${FLOWS}/sales-inbound-${second!.id.slice(0, 8)}.yaml`,
        `${FLOWS}/sales-inbound-${third!.id.slice(0, 8)}.yaml`,
      ].sort(),
    );
    expect((await plan()).plan).toMatchObject({ changes: [], unmanaged: [] });
  });

  test('keeps files and comments that are there, and edits what differs in place', async () => {
    const [first, second] = live(2);
    await org([first!, second!]);
    const { maxWaitTime } = first!.settings['routing'] as { readonly maxWaitTime: number };
    const old = [
      '# why this flow is special',
      `flowId: ${first!.id.toUpperCase()}`,
      "name: 'as it was called'   # before",
      'extends: ../../../_shared/base.yaml',
      'settings:',
      '  routing:',
      '    maxWaitTime: 1 # seconds',
      '    type: longestAvailable',
      'ignore:',
      '  - { path: /routing/type, reason: tuned live }',
      '',
    ].join('\n');
    await put('desired-state/_shared/base.yaml', 'settings:\n  recording: { retentionDays: 1 }\n');
    await put(`${FLOWS}/deep/mine.yaml`, old);
    const { orgs } = await run();
    expect(orgs[0]).toMatchObject({ updated: [`${FLOWS}/deep/mine.yaml`], untouched: [] });
    const files = await written();
    const { retentionDays } = first!.settings['recording'] as { readonly retentionDays: number };
    expect(files[`${FLOWS}/deep/mine.yaml`]).toBe(
      old
        .replace("'as it was called'   # before", `${first!.name}   # before`)
        .replace('maxWaitTime: 1 #', `maxWaitTime: ${String(maxWaitTime)} #`)
        .replace('ignore:', `  recording: { retentionDays: ${String(retentionDays)} }\nignore:`),
    );
    expect(Object.keys(files).filter((path) => path.startsWith(FLOWS))).toHaveLength(2);
    expect((await plan()).plan).toMatchObject({ changes: [], invalid: [], unmanaged: [] });
  });

  test('writes nothing of an org while a file of it cannot be read', async () => {
    await org(live(3));
    await put(`${FLOWS}/broken.yaml`, 'settings: [\n');
    const document = await run();
    expect(document.orgs[0]?.faults).toMatchObject([{ file: `${FLOWS}/broken.yaml` }]);
    expect(Object.keys(await written()).filter((path) => path.startsWith('desired'))).toEqual([
      `${FLOWS}/broken.yaml`,
    ]);
    expect(exportExitCode(document)).toBe(3);
  });

  test('a dry run writes nothing', async () => {
    await org(live(3));
    const { orgs } = await run({ dryRun: true });
    expect(orgs[0]?.added).toHaveLength(4);
    expect(await written()).toEqual({});
  });

  test('a list that is cut short is no list: nothing is written', async () => {
    await org(live(3));
    rig!.simulator.faults.add({ kind: 'wrong-total' } as never);
    await expect(run()).rejects.toMatchObject({ code: 'api.page-fault' });
    expect(await written()).toEqual({});
  });
});
