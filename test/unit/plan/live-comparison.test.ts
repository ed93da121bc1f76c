import { describe, expect, test } from '@jest/globals';
import type { DesiredFlow, LiveFlow } from '../../../src/domain/flow.ts';
import { makeLiveComparison } from '../../../src/plan/live-comparison.ts';
import type { LiveComparisonResult } from '../../../src/plan/live-comparison.ts';
import {
  aDesiredFlow,
  aFlowId,
  aLiveFlow,
  aNamedFlow,
  NOW,
  ORG_ID,
} from '../../support/builders.ts';

const start = (desired: readonly DesiredFlow[]) =>
  makeLiveComparison({ desired, orgId: ORG_ID, now: NOW });

function compared(
  desired: readonly DesiredFlow[],
  ...pages: readonly (readonly LiveFlow[])[]
): LiveComparisonResult {
  const comparison = start(desired);
  for (const page of pages) comparison.add(page);
  return comparison.finish();
}

const codesOf = ({ invalid }: LiveComparisonResult): readonly (readonly [string, string])[] =>
  invalid.map(({ file, diagnostics }) => [file, diagnostics.map(({ code }) => code).join()]);

describe('makeLiveComparison', () => {
  test('compares each flow that git and the org both have, page by page', () => {
    const settings = { r: { a: 1 } };
    const one = aDesiredFlow({ flowId: aFlowId(1), file: '1.yaml', settings });
    const two = aDesiredFlow({ flowId: aFlowId(2), file: '2.yaml', settings });

    const result = compared(
      [two, one],
      [aLiveFlow({ id: aFlowId(1), name: 'One', version: 3, settings })],
      [],
      [aLiveFlow({ id: aFlowId(2), name: 'Two', version: 4, settings: { r: { a: 2 } } })],
    );

    expect(result).toEqual({
      orgId: ORG_ID,
      liveCount: 2,
      observed: [
        {
          flow: two,
          flowId: aFlowId(2),
          liveName: 'Two',
          version: 4,
          differences: [{ path: '/r/a', live: 2, desired: 1 }],
          modifiedBy: { id: 'u-1', name: 'Ann Example' },
          modifiedAt: '2026-11-01T08:30:00.000Z',
        },
        { flow: one, flowId: aFlowId(1), liveName: 'One', version: 3, differences: [] },
      ],
      unread: [],
      missing: [],
      unmanaged: [],
      invalid: [],
      notices: [],
    });
  });

  test('compares ids in lower case', () => {
    const result = compared(
      [aDesiredFlow({ flowId: aFlowId(10).toUpperCase() })],
      [aLiveFlow({ id: aFlowId(10).toUpperCase() })],
    );
    expect(result.observed.map(({ flowId }) => flowId)).toEqual([aFlowId(10)]);
    expect(result.unmanaged).toEqual([]);
  });

  test('lists what the org has and git does not as unmanaged, by id', () => {
    const result = compared(
      [],
      [aLiveFlow({ id: aFlowId(2), name: 'B' }), aLiveFlow({ id: aFlowId(1), name: 'A' })],
    );
    expect(result.liveCount).toBe(2);
    expect(result.unmanaged).toEqual([
      { flowId: aFlowId(1), name: 'A' },
      { flowId: aFlowId(2), name: 'B' },
    ]);
  });

  test('lists what git has and the org does not as missing, by file', () => {
    const result = compared([
      aNamedFlow('Nowhere', { file: 'b.yaml' }),
      aDesiredFlow({ file: 'a.yaml', flowId: aFlowId(9), name: 'Gone' }),
    ]);
    expect(result.missing).toEqual([
      { file: 'a.yaml', flowId: aFlowId(9), name: 'Gone' },
      { file: 'b.yaml', name: 'Nowhere' },
    ]);
  });

  test('finds the flow of a file that has a name alone', () => {
    const result = compared(
      [aNamedFlow('Support')],
      [aLiveFlow({ id: aFlowId(1), name: 'support' })],
      [aLiveFlow({ id: aFlowId(2), name: 'Support' })],
    );
    expect(result.observed.map(({ flowId }) => flowId)).toEqual([aFlowId(2)]);
    expect(result.unmanaged.map(({ flowId }) => flowId)).toEqual([aFlowId(1)]);
  });

  test('a name that several live flows bear is a fault that lists their ids', () => {
    const result = compared(
      [aNamedFlow('Support', { file: 's.yaml' })],
      [aLiveFlow({ id: aFlowId(2), name: 'Support' })],
      [aLiveFlow({ id: aFlowId(1), name: 'Support' })],
    );
    expect(result.observed).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(result.unmanaged).toEqual([]);
    expect(result.invalid).toEqual([
      {
        file: 's.yaml',
        diagnostics: [
          {
            file: 's.yaml',
            line: 1,
            column: 1,
            code: 'desired.name-ambiguous',
            message: `2 live flows are called "Support": ${aFlowId(1)}, ${aFlowId(2)}`,
            hint: 'Write the `flowId` of the one that is meant.',
          },
        ],
      },
    ]);
  });

  test('an id and a name that disagree with the live flow are a fault; nothing is compared', () => {
    const result = compared(
      [aDesiredFlow({ file: 'x.yaml', flowId: aFlowId(1), name: 'Old' })],
      [aLiveFlow({ id: aFlowId(1), name: 'New', settings: undefined })],
    );
    expect(codesOf(result)).toEqual([['x.yaml', 'desired.name-mismatch']]);
    expect(result.invalid[0]?.flowId).toBe(aFlowId(1));
    expect(result.observed).toEqual([]);
    expect(result.unmanaged).toEqual([]);
  });

  test.each<{ name: string; desired: readonly DesiredFlow[] }>([
    {
      name: 'by one id',
      desired: [
        aDesiredFlow({ file: 'a.yaml', flowId: aFlowId(1) }),
        aDesiredFlow({ file: 'b.yaml', flowId: aFlowId(1).toUpperCase() }),
      ],
    },
    {
      name: 'by one name',
      desired: [
        aNamedFlow('Support', { file: 'a.yaml' }),
        aNamedFlow('Support', { file: 'b.yaml' }),
      ],
    },
    {
      name: 'by its id and by its name',
      desired: [
        aNamedFlow('Support', { file: 'a.yaml' }),
        aDesiredFlow({ file: 'b.yaml', flowId: aFlowId(1) }),
      ],
    },
  ])('two files that mean one flow $name are both faulty', ({ desired }) => {
    const result = compared(desired, [aLiveFlow({ id: aFlowId(1), name: 'Support' })]);
    expect(codesOf(result)).toEqual([
      ['a.yaml', 'desired.duplicate-flow'],
      ['b.yaml', 'desired.duplicate-flow'],
    ]);
    expect(result.observed).toEqual([]);
    expect(result.missing).toEqual([]);
    expect(result.unmanaged).toEqual([]);
  });

  test('an ambiguous name leaves the file alone that has one of its flows by id', () => {
    const byId = aDesiredFlow({ file: 'b.yaml', flowId: aFlowId(1) });
    const result = compared(
      [aNamedFlow('Support', { file: 'a.yaml' }), byId],
      [
        aLiveFlow({ id: aFlowId(1), name: 'Support' }),
        aLiveFlow({ id: aFlowId(2), name: 'Support' }),
      ],
    );
    expect(codesOf(result)).toEqual([['a.yaml', 'desired.name-ambiguous']]);
    expect(result.observed.map(({ flow }) => flow)).toEqual([byId]);
  });

  test('names of inherited fields are names like others', () => {
    const result = compared([aNamedFlow('constructor')], [aLiveFlow({ name: '__proto__' })]);
    expect(result.missing).toHaveLength(1);
    expect(result.unmanaged).toHaveLength(1);
  });
});

describe('flows that the list shows without settings', () => {
  const unknown = (n: number, name = 'Flow') =>
    aLiveFlow({ id: aFlowId(n), name, settings: undefined });

  test('are to be read when a file means them, and only then', () => {
    const comparison = start([aDesiredFlow({ flowId: aFlowId(1) }), aNamedFlow('Two')]);
    comparison.add([unknown(1), unknown(2, 'Two'), unknown(3)]);
    expect(comparison.unread()).toEqual([
      { flowId: aFlowId(1), name: aFlowId(1) },
      { flowId: aFlowId(2), name: 'Two' },
    ]);
  });

  test('need not be read for a file that is faulty anyway', () => {
    const comparison = start([
      aNamedFlow('Twice', { file: 'a.yaml' }),
      aDesiredFlow({ file: 'b.yaml', flowId: aFlowId(3), name: 'Other' }),
      aDesiredFlow({ file: 'c.yaml', flowId: aFlowId(1) }),
    ]);
    comparison.add([unknown(1, 'Twice'), unknown(2, 'Twice'), unknown(3)]);
    expect(comparison.unread()).toEqual([{ flowId: aFlowId(1), name: aFlowId(1) }]);
  });

  test('are compared as read alone, with the version and author of that read', () => {
    const comparison = start([aDesiredFlow({ flowId: aFlowId(1), settings: { r: { a: 1 } } })]);
    comparison.add([unknown(1)]);
    comparison.unread();
    comparison.addRead(aLiveFlow({ id: aFlowId(1), version: 9, settings: { r: { a: 2 } } }));
    const result = comparison.finish();
    expect(result.liveCount).toBe(1);
    expect(result.observed).toMatchObject([
      { version: 9, differences: [{ path: '/r/a', live: 2, desired: 1 }] },
    ]);
  });

  test('are empty when even the read alone shows none', () => {
    const comparison = start([aDesiredFlow({ flowId: aFlowId(1), settings: { r: { a: 1 } } })]);
    comparison.add([unknown(1)]);
    comparison.unread();
    comparison.addRead(unknown(1));
    expect(comparison.finish().observed[0]?.differences).toEqual([{ path: '/r/a', desired: 1 }]);
  });

  test('are a fault of the file when they were renamed before they were read', () => {
    const comparison = start([aNamedFlow('Flow', { file: 'a.yaml' })]);
    comparison.add([unknown(1)]);
    comparison.unread();
    comparison.addRead(aLiveFlow({ id: aFlowId(1), name: 'Renamed' }));
    expect(codesOf(comparison.finish())).toEqual([['a.yaml', 'desired.name-mismatch']]);
  });

  test('are never taken for unchanged: the end refuses while one is unread', () => {
    const comparison = start([aDesiredFlow({ flowId: aFlowId(1) })]);
    comparison.add([unknown(1)]);
    expect(() => comparison.finish()).toThrow('1 live flows were listed and never read');
  });

  test('that could not be read are told as such, by flowId, and are neither missing nor unmanaged', () => {
    const comparison = start([
      aNamedFlow('Two', { file: 'two.yaml' }),
      aDesiredFlow({ file: 'one.yaml', flowId: aFlowId(1) }),
    ]);
    comparison.add([unknown(1), unknown(2, 'Two')]);
    for (const { flowId } of comparison.unread()) comparison.leaveUnread(flowId, 'api.timeout');
    const { hash } = aDesiredFlow();
    expect(comparison.finish()).toMatchObject({
      observed: [],
      unread: [
        { flowId: aFlowId(1), name: aFlowId(1), file: 'one.yaml', desiredHash: hash },
        { flowId: aFlowId(2), name: 'Two', file: 'two.yaml', code: 'api.timeout' },
      ],
      missing: [],
      unmanaged: [],
    });
  });

  test('that nothing is declared of are still to be read: their version is not known to hold', () => {
    const comparison = start([aDesiredFlow({ flowId: aFlowId(1), settings: {} })]);
    comparison.add([unknown(1)]);
    expect(comparison.unread()).toHaveLength(1);
  });
});

test('notices name the ignore rules that ran out and those for nothing, by file', () => {
  const result = compared([
    aDesiredFlow({
      file: 'b.yaml',
      flowId: aFlowId(2),
      ignore: [{ path: '/nowhere' }, { path: '/routing/type' }],
    }),
    aDesiredFlow({ file: 'a.yaml', ignore: [{ path: '/routing/type', untilAt: NOW }] }),
  ]);
  expect(result.notices).toEqual([
    {
      code: 'desired.ignore-expired',
      file: 'a.yaml',
      message:
        'ignore /routing/type ran out at 2026-11-02T10:00:00.000Z; the field is managed again',
    },
    {
      code: 'desired.ignore-unused',
      file: 'b.yaml',
      message: 'ignore /nowhere matches no declared field',
    },
  ]);
});
