import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import type { FileChange } from '../support/git-repository.ts';
import { ACME, IntegrationRig, LIST_ROUTE, policyPath } from '../support/integration-rig.ts';
import type { RigOptions } from '../support/integration-rig.ts';

const CHANGED = { routing: { maxWaitTime: 4321 } };

describe('files that are not as they should be', () => {
  let rig: IntegrationRig;

  afterEach(() => rig.close());

  async function start(options?: RigOptions): Promise<void> {
    rig = await IntegrationRig.start(options);
  }

  const idOf = (nth: number): string => rig.flows()[nth]!.id;
  const pathOf = (nth: number): string => flowPath(ACME, idOf(nth));
  const liveOf = (nth: number): object => rig.org().flow(idOf(nth)).settings;
  const faultsOf = ({ invalid }: OrgRunReport): readonly string[] =>
    invalid
      .flatMap(({ diagnostics }) => diagnostics)
      .map(({ file, line, column, code }) => `${file}:${String(line)}:${String(column)} ${code}`)
      .toSorted();

  /** Changes flow 5 as well, which must be applied whatever is wrong with the others. */
  async function mergeWith(files: Readonly<Record<string, FileChange>>): Promise<OrgRunReport> {
    await rig.reconcile();
    rig.simulator.requests.clear();
    const good = flowFile(rig.flows()[5]!, CHANGED);
    await rig.repository.commit({ ...files, [pathOf(5)]: good });
    const report = await rig.reconcile();
    expect(report.error).toBeUndefined();
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(5)]);
    expect(liveOf(5)).toMatchObject(CHANGED);
    return report;
  }

  test('a bad file stops its flow at file:line:column, and no other', async () => {
    await start();
    const bad = flowFile(rig.flows()[0]!, CHANGED).replace('4321', 'soon');
    const report = await mergeWith({ [pathOf(0)]: bad });
    expect(exitCodeOf(report)).toBe(3);
    const line = bad.split('\n').findIndex((text) => text.includes('soon')) + 1;
    const column = (bad.split('\n')[line - 1]?.indexOf('soon') ?? 0) + 1;
    const place = `${pathOf(0)}:${String(line)}:${String(column)}`;
    expect(faultsOf(report)).toEqual([`${place} schema.violation`]);
    expect(liveOf(0)).toEqual(rig.flows()[0]?.settings);

    const status = (await rig.statuses()).get(idOf(0));
    expect(status).toMatchObject({
      state: 'Invalid',
      file: pathOf(0),
      conditions: [{ type: 'Ready', status: false, reason: 'schema.violation' }],
    });
    expect(status?.conditions[0]?.message).toContain(`${place}: `);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });

    await rig.repository.commit({ [pathOf(0)]: flowFile(rig.flows()[0]!, CHANGED) });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect((await rig.statuses()).get(idOf(0))?.state).toBe('InSync');
  });

  test('a file that is no YAML any more still belongs to its flow', async () => {
    await start();
    const report = await mergeWith({ [pathOf(0)]: '<<<<<<< HEAD\nflowId: [\n' });
    expect(exitCodeOf(report)).toBe(3);
    expect((await rig.statuses()).get(idOf(0))?.state).toBe('Invalid');
    expect((await rig.orgStatus())?.unmanaged).toEqual([]);
  });

  test('a broken file does not claim a flow that another file describes meanwhile', async () => {
    await start();
    const moved = `desired-state/${ACME}/flows/moved.yaml`;
    const report = await mergeWith({
      [pathOf(0)]: '<<<<<<< HEAD\nflowId: [\n',
      [moved]: flowFile(rig.flows()[0]!),
    });
    expect(exitCodeOf(report)).toBe(3);
    expect((await rig.statuses()).get(idOf(0))).toMatchObject({ state: 'InSync', file: moved });
    const faults = (await rig.orgStatus())?.faults ?? [];
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter(({ file }) => file !== pathOf(0))).toEqual([]);
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
  });

  test('every fault of every file is told at once', async () => {
    await start();
    const report = await mergeWith({
      [pathOf(0)]: 'flowID: x\nsettings:\n  routing: { typ: roundRobin, maxWaitTime: -1 }\n',
      [pathOf(1)]: `${flowFile(rig.flows()[1]!)}extends: ../../../_shared/none.yaml\n`,
      [pathOf(2)]: flowFile(rig.flows()[2]!, { rest: { dependsOn: [idOf(3)] } }),
      [pathOf(3)]: flowFile(rig.flows()[3]!, { rest: { dependsOn: [idOf(2)] } }),
      [`desired-state/${ACME}/flows/copy.yaml`]: flowFile(rig.flows()[4]!),
    });
    expect(exitCodeOf(report)).toBe(3);
    const codes = Map.groupBy(
      report.invalid.flatMap(({ diagnostics }) => diagnostics),
      ({ file }) => file,
    );
    const codesOf = (file: string): string[] => codes.get(file)?.map(({ code }) => code) ?? [];
    expect(codesOf(pathOf(0)).length).toBeGreaterThanOrEqual(3);
    expect(codesOf(pathOf(1))).toEqual(['desired.extends-missing']);
    expect([...codesOf(pathOf(2)), ...codesOf(pathOf(3))]).toContain('desired.depends-cycle');
    expect(codesOf(pathOf(4))).toEqual(['desired.duplicate-flow']);
    expect(codesOf(`desired-state/${ACME}/flows/copy.yaml`)).toEqual(['desired.duplicate-flow']);
  });

  test('links, submodules, huge files and twins in upper and lower case are refused by name', async () => {
    await start();
    const twin = pathOf(3).replace('.yaml', '.YAML');
    const huge = `${flowFile(rig.flows()[2]!, CHANGED)}# ${'x'.repeat(256 * 1024)}\n`;
    const report = await mergeWith({
      [pathOf(0)]: { symlink: '../../../../../../etc/passwd' },
      [pathOf(1)]: { submodule: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00' },
      [pathOf(2)]: huge,
      [twin]: flowFile(rig.flows()[3]!, CHANGED),
    });
    expect(exitCodeOf(report)).toBe(3);
    expect(faultsOf(report)).toEqual(
      [
        `${pathOf(0)}:1:1 source.symlink`,
        `${pathOf(1)}:1:1 source.submodule`,
        `${pathOf(2)}:1:1 source.too-large`,
        `${pathOf(3)}:1:1 source.case-collision`,
        `${twin}:1:1 source.case-collision`,
      ].toSorted(),
    );
    const states = [...(await rig.statuses()).values()].map(({ state }) => state);
    expect(states.toSorted()).toEqual(['InSync', 'InSync', ...Array<string>(4).fill('Invalid')]);
  });

  test('a flow that is known by its name alone is found, written and recorded by its id', async () => {
    await start();
    const file = flowFile(rig.flows()[1]!, { ...CHANGED, identity: { flowId: undefined } });
    await rig.repository.commit({ [pathOf(1)]: file });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(0);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([idOf(1)]);
    expect((await rig.statuses()).get(idOf(1))?.state).toBe('InSync');
    expect((await rig.reconcile()).publishing).toEqual({ kind: 'nothing' });
  });

  test('a name that two live flows bear, or none, is never guessed', async () => {
    await start();
    rig.org().renameFlow(idOf(1), rig.flows()[0]!.name, { by: 'Sam' });
    const nameless = (nth: number, name: string): string =>
      flowFile(rig.flows()[nth]!, { ...CHANGED, identity: { flowId: undefined, name } });
    await rig.repository.commit({
      [pathOf(0)]: nameless(0, rig.flows()[0]!.name),
      [pathOf(1)]: null,
      [pathOf(2)]: nameless(2, 'No such flow'),
    });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(3);
    expect(faultsOf(report)).toEqual([`${pathOf(0)}:1:1 desired.name-ambiguous`]);
    expect(report.plan?.missing).toMatchObject([{ file: pathOf(2), name: 'No such flow' }]);
    expect(rig.patches()).toEqual([]);
  });

  test('a flowId and a name that disagree are a fault of the file', async () => {
    await start();
    const wrong = flowFile(rig.flows()[0]!, { ...CHANGED, identity: { name: 'Another' } });
    const report = await mergeWith({ [pathOf(0)]: wrong });
    expect(exitCodeOf(report)).toBe(3);
    expect(faultsOf(report)).toEqual([`${pathOf(0)}:1:1 desired.name-mismatch`]);
    expect((await rig.statuses()).get(idOf(0))?.state).toBe('Invalid');
  });

  test('a flow that the org does not have is missing, and comes into sync when it appears', async () => {
    await start();
    const flow = rig.flows()[0]!;
    rig.org().removeFlow(flow.id);
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(2);
    expect((await rig.statuses()).get(flow.id)?.state).toBe('Missing');
    rig.org().addFlow({ ...flow, settings: { ...flow.settings, routing: { type: 'roundRobin' } } });
    expect(exitCodeOf(await rig.reconcile())).toBe(0);
    expect((await rig.statuses()).get(flow.id)?.state).toBe('InSync');
  });

  test.each([
    { name: 'a wrong value', text: 'mode: enfroce\n', code: 'schema.violation' },
    { name: 'no YAML', text: 'mode: [}\n', code: 'yaml.syntax' },
    { name: 'an unknown key', text: 'massChanges: {}\n', code: 'schema.unknown-key' },
  ])('a policy with $name stops the org before anything is asked', async ({ text, code }) => {
    await start();
    await rig.reconcile();
    const statuses = await rig.statuses();
    rig.org().edit(idOf(0), CHANGED, { by: 'Sam' });
    rig.simulator.requests.clear();
    await rig.repository.commit({ [policyPath()]: text });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(3);
    expect(report.policyFaults).toMatchObject([{ file: policyPath(), line: 1, code }]);
    expect(rig.simulator.stats().byRoute[`GET ${LIST_ROUTE}`]).toBeUndefined();
    expect(rig.patches()).toEqual([]);
    expect(await rig.statuses()).toEqual(statuses);
    expect(await rig.orgStatus()).toMatchObject({
      state: 'Invalid',
      faults: [{ file: policyPath(), code }],
    });
  });

  test('an org without a folder is not an org without flows', async () => {
    await start();
    await rig.reconcile();
    const statuses = await rig.statuses();
    const folder = [...(await rig.repository.files()).keys()];
    await rig.repository.commit({
      ...Object.fromEntries(folder.map((path) => [path, null])),
      'desired-state/other/policy.yaml': 'mode: enforce\n',
    });
    const report = await rig.reconcile();
    expect(exitCodeOf(report)).toBe(3);
    expect(report.error?.code).toBe('desired.no-org');
    expect(await rig.statuses()).toEqual(statuses);
  });
});
