import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeDesiredLoader } from '../../../src/engine/load-desired.ts';
import { planRevert } from '../../../src/engine/plan-revert.ts';
import type { PlannedRevert } from '../../../src/engine/plan-revert.ts';
import { aFlowId, NOW, ORG_ID } from '../../support/builders.ts';
import { FakeDesiredSource } from '../../support/fakes/fake-desired-source.ts';

const { signal } = new AbortController();
const FILE = 'desired-state/acme/flows/a.yaml';
const OTHER = 'desired-state/acme/flows/b.yaml';
const BASE = 'desired-state/_shared/base.yaml';

const state = { parseCache: { get: () => Promise.resolve(new Map()), put: async () => undefined } };

let source: FakeDesiredSource;

beforeEach(() => {
  source = new FakeDesiredSource();
});

function flow(wait: number, more = ''): string {
  return `flowId: ${aFlowId()}\nname: Support\n${more}settings: { routing: { maxWaitTime: ${String(wait)} } }\n`;
}

/** @param revision at or before which the commit is looked for; the head by default */
async function revert(file = FILE, revision?: string): Promise<PlannedRevert> {
  const head = await source.pinHead(signal);
  const target = { org: 'acme', name: 'Support', file, revision: revision ?? head.revision };
  const loader = makeDesiredLoader({ source, state }, 'desired-state');
  const orgs = [{ org: 'acme', orgId: ORG_ID }];
  const asked = { head, directory: 'desired-state', orgs, targets: [target], now: NOW };
  return planRevert({ source, loader }, asked, signal);
}

const textOf = (bytes: Uint8Array | null | undefined): string | null =>
  bytes ? Buffer.from(bytes).toString('utf8') : null;

describe('planRevert', () => {
  test('gives back the bytes of before, comments and all, and tells the fields', async () => {
    const before = `# agreed\n${flow(300)}`;
    source.commit({ [FILE]: before });
    const commit = source.commit({ [FILE]: flow(20) }, { message: 'Hurry' });
    const { files, commits, flows, skipped } = await revert();
    expect(textOf(files.get(FILE))).toBe(before);
    expect(commits.get(FILE)).toMatchObject({ revision: commit, subject: 'Hurry' });
    expect(flows).toMatchObject([
      { file: FILE, fields: [{ path: '/routing/maxWaitTime', live: 20, desired: 300 }] },
    ]);
    expect(skipped).toEqual([]);
  });

  test('a field that the commit began to declare is told as going', async () => {
    source.commit({ [FILE]: `flowId: ${aFlowId()}\nsettings: { routing: {} }\n` });
    source.commit({ [FILE]: flow(20) });
    const [reverted] = (await revert()).flows;
    expect(reverted?.fields).toEqual([{ path: '/routing/maxWaitTime', live: 20 }]);
  });

  test('a file that the commit made goes, and its flow is said to be no longer described', async () => {
    source.commit({ [OTHER]: `flowId: ${aFlowId(2)}\nsettings: {}\n` });
    source.commit({ [FILE]: flow(20) });
    const { files, flows } = await revert();
    expect(files).toEqual(new Map([[FILE, null]]));
    expect(flows).toMatchObject([{ file: FILE, isRemoved: true, fields: [] }]);
  });

  test('a file that the commit broke is mended', async () => {
    source.commit({ [FILE]: flow(300) });
    source.commit({ [FILE]: 'flowId: [' });
    const { files, flows } = await revert();
    expect(textOf(files.get(FILE))).toBe(flow(300));
    expect(flows).toMatchObject([{ file: FILE }]);
  });

  test('of a run: what was changed again since is left alone', async () => {
    source.commit({ [FILE]: flow(300) });
    const run = source.commit({ [FILE]: flow(20) });
    const later = source.commit({ [FILE]: flow(10) });
    const { files, skipped } = await revert(FILE, run);
    expect(files.size).toBe(0);
    expect(skipped[0]?.reason).toBe(
      `it was changed again since ${run.slice(0, 10)}, last by ${later.slice(0, 10)}`,
    );
  });

  test('a commit that leaves the settings as they are is not the one that is meant', async () => {
    const text = flow(20, 'extends: ../../_shared/base.yaml\n');
    source.commit({ [BASE]: 'settings: {}\n', [FILE]: text });
    const words = source.commit({ [FILE]: `# words\n${text}` });
    source.commit({ [BASE]: 'settings: { routing: { type: longestAvailable } }\n' });
    const { files, skipped } = await revert();
    expect(files.size).toBe(0);
    expect(skipped[0]?.reason).toContain(`${words.slice(0, 10)} does not change`);
  });

  test('what stood there before and would have faults now is refused', async () => {
    source.commit({ [FILE]: 'flowId: [' });
    source.commit({ [FILE]: flow(20) });
    await expect(revert()).rejects.toMatchObject({ code: 'desired.invalid' });
  });

  test('a commit that nobody has any more is told', async () => {
    source.commit({ [FILE]: flow(20) });
    const { skipped } = await revert(FILE, 'f'.repeat(40));
    expect(skipped[0]?.reason).toContain('does not tell any more');
  });
});
