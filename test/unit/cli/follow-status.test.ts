import { describe, expect, test } from '@jest/globals';
import type { OrgStatusView } from '../../../src/app/read-status.ts';
import { changedLines, followStatus } from '../../../src/cli/follow-status.ts';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { FlowState } from '../../../src/domain/flow-status.ts';
import { aFlowId, aFlowStatus } from '../../support/builders.ts';

const SINCE = '2026-11-24T08:00:00.000Z';
const ORG = { org: 'acme', state: 'Ready', since: SINCE, unmanaged: [], faults: [] } as const;

function viewOf(...states: readonly FlowState[]): readonly OrgStatusView[] {
  const flows = states.map((state, i) =>
    aFlowStatus({ flowId: aFlowId(i + 1), name: `Flow ${String(i + 1)}`, state, since: SINCE }),
  );
  return [{ name: 'acme', org: ORG, flows }];
}

describe('changedLines', () => {
  test.each([
    {
      name: 'the first look: the org alone',
      before: [],
      after: viewOf('InSync', 'InSync'),
      lines: ['acme  Ready  2 InSync'],
    },
    { name: 'nothing changed', before: viewOf('InSync'), after: viewOf('InSync'), lines: [] },
    {
      name: 'one flow drifted',
      before: viewOf('InSync', 'InSync'),
      after: viewOf('InSync', 'Drifted'),
      lines: [
        'acme  Ready  1 InSync, 1 Drifted',
        `${SINCE}  acme  Drifted (was InSync)  Flow 2  ${aFlowId(2)}`,
      ],
    },
    {
      name: 'one flow is new',
      before: viewOf('InSync'),
      after: viewOf('InSync', 'Deferred'),
      lines: [
        'acme  Ready  1 InSync, 1 Deferred',
        `${SINCE}  acme  Deferred  Flow 2  ${aFlowId(2)}`,
      ],
    },
    {
      name: 'one flow is gone',
      before: viewOf('InSync', 'InSync'),
      after: viewOf('InSync'),
      lines: ['acme  Ready  1 InSync', `acme  no longer described  ${aFlowId(2)}`],
    },
  ])('$name', ({ before, after, lines }) => {
    expect(changedLines(before, after)).toEqual(lines);
  });
});

describe('followStatus', () => {
  /** Looks that end as given, one after another; then the watch ends. */
  async function follow(...looks: readonly (readonly OrgStatusView[] | Error | undefined)[]) {
    const painted: number[] = [];
    const failures: string[] = [];
    let at = -1;
    await followStatus({
      read: () => {
        at += 1;
        const look = looks[at];
        return look instanceof Error ? Promise.reject(look) : Promise.resolve(look);
      },
      pause: () => Promise.resolve(at + 1 < looks.length),
      paint: (views) => Promise.resolve(void painted.push(views[0]?.flows.length ?? 0)),
      fail: (message) => Promise.resolve(void failures.push(message)),
    });
    return { painted, failures };
  }

  const AWAY = new FlowkeeperError('git.unreachable', 'away', { remote: 'r', reason: 'away' });

  test('paints when something moved, and only then', async () => {
    expect(await follow(viewOf('InSync'), undefined, viewOf('InSync', 'Drifted'))).toEqual({
      painted: [1, 2],
      failures: [],
    });
  });

  test('a remote that is away is told once, and waited for', async () => {
    expect(await follow(AWAY, AWAY, viewOf('InSync'), AWAY)).toEqual({
      painted: [1],
      failures: ['away [git.unreachable]', 'away [git.unreachable]'],
    });
  });

  test('any other failure ends it', async () => {
    await expect(follow(new Error('bug'), viewOf())).rejects.toThrow('bug');
  });
});
