import { describe, expect, jest, test } from '@jest/globals';
import { FAULT_KINDS } from '../../src/simulator/fault-check.ts';
import { DEFAULT_PATHS } from '../../src/simulator/router.ts';
import { IS_WHOLE_PROOF } from '../support/proof-size.ts';
import { ALL_WELL, checkCell, faultOf } from './check-cell.ts';
import type { Cell } from './check-cell.ts';
import { ENDPOINT_NAMES, ENDPOINTS, OCCURRENCE_NAMES } from './endpoints.ts';
import type { Endpoint, EndpointName } from './endpoints.ts';
import { EXPECTED } from './expected.ts';
import { FAULT_NAMES, FAULT_ROWS } from './fault-rows.ts';
import { FaultWorld } from './fault-world.ts';
import { standingOf } from './flow-standing.ts';

jest.setTimeout(60_000);

const CELLS: readonly Cell[] = ENDPOINT_NAMES.flatMap((endpoint) =>
  FAULT_NAMES.flatMap((fault) =>
    OCCURRENCE_NAMES.map((occurrence) => ({ endpoint, fault, occurrence })),
  ),
);

/** Cells that were looked at, whatever was found. */
const seen = new Set<Cell>();

describe('the fault matrix', () => {
  test('has a row for each kind of fault that the simulator knows', () => {
    const kinds = new Set(Object.values(FAULT_ROWS).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([...FAULT_KINDS].toSorted());
  });

  test('has a column for each route of the contract that the client uses', () => {
    const unused = ['queue', 'user', 'team'];
    const used = new Set<string>(Object.values(ENDPOINTS).map(({ route }) => route));
    const routes = Object.keys(DEFAULT_PATHS).filter((route) => !unused.includes(route));
    expect([...used].toSorted()).toEqual(routes.toSorted());
  });

  describe.each(ENDPOINT_NAMES)('%s', (endpoint) => {
    const { match, nth, world: options }: Endpoint = ENDPOINTS[endpoint];

    test('without faults the requests are as many as its occurrences say', async () => {
      await within(endpoint, async (world) => {
        const id = world.arm({ kind: 'slow', delayMs: 0, ...match });
        expect(await standingOf(world, await world.run())).toBe(ALL_WELL);
        const { hits } = world.simulator.faults.get(id);
        // what the plan did not read, the writes did
        expect(hits).toBe(options.bareList === true ? 3 * nth.last : nth.last);
        // an org has no other requests but those of the table
        const unused = ['/queues/', '/users/', '/teams/'].map((part) => `${part}{id}`);
        const routes = Object.keys(world.simulator.stats().byRoute);
        expect(routes.filter((route) => unused.some((part) => route.endsWith(part)))).toEqual([]);
      });
    });

    const cells = CELLS.filter((cell) => cell.endpoint === endpoint);
    const impossible = cells.filter(({ fault }) => EXPECTED[endpoint][fault] === 'never');

    test('faults that it cannot show are shown to none of its requests', async () => {
      await within(endpoint, async (world) => {
        const armed = impossible.map((cell) => [cell, world.arm(faultOf(cell))] as const);
        expect(await standingOf(world, await world.run())).toBe(ALL_WELL);
        for (const [cell, id] of armed) {
          expect([cell.fault, cell.occurrence, world.simulator.faults.get(id).hits]).toEqual([
            cell.fault,
            cell.occurrence,
            0,
          ]);
          seen.add(cell);
        }
      });
    });

    test.each(
      cells
        .filter((cell) => !impossible.includes(cell))
        .map((cell) => ({ cell, ...expectedOf(cell) })),
    )('$cell.fault, $cell.occurrence: $letters', async ({ cell, letters, code }) => {
      seen.add(cell);
      await checkCell(cell, letters, code);
    });
  });

  test('leaves no cell out', () => {
    const size = IS_WHOLE_PROOF ? 9 * 33 * 5 : 9 * 19 * 5;
    expect([CELLS.length, seen.size]).toEqual([size, size]);
  });
});

function expectedOf({ endpoint, fault, occurrence }: Cell) {
  const expected = EXPECTED[endpoint][fault];
  if (expected === 'never') throw new Error('it has no run');
  return {
    letters: expected.runs[OCCURRENCE_NAMES.indexOf(occurrence)] ?? '',
    code: expected.code,
  };
}

async function within(
  endpoint: EndpointName,
  work: (world: FaultWorld) => Promise<void>,
): Promise<void> {
  const world = await FaultWorld.start(ENDPOINTS[endpoint].world);
  try {
    await work(world);
  } finally {
    await world.close();
  }
}
