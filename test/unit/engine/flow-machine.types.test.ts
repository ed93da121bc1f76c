import { expect, test } from '@jest/globals';
import type {
  EndName,
  EndState,
  EventOf,
  StepName,
  Steps,
} from '../../../src/engine/flow-machine.ts';

test('types: checked by tsc, not at run time', () => {
  const good: Pick<Steps<undefined>, 'gate'> = { gate: async () => 'allow' };
  expect(good).toBeDefined();

  // @ts-expect-error a step may only report what its row lists
  const bad: Pick<Steps<undefined>, 'gate'> = { gate: async () => 'accepted' };
  expect(bad).toBeDefined();

  // @ts-expect-error every step of the table needs its function
  const incomplete: Steps<undefined> = good;
  expect(incomplete).toBeDefined();

  const event: EventOf<'patch'> = 'unknown';
  // @ts-expect-error an event of another row
  const other: EventOf<'patch'> = 'restored';
  // @ts-expect-error an end is no step
  const step: StepName = 'applied';
  // @ts-expect-error a step is no end
  const end: EndName = 'patch';
  expect([event, other, step, end]).toHaveLength(4);
});

test('types: the ends of the table are what an outcome can be, but for a cancelled run', () => {
  type Told = Exclude<EndName, 'cancelled'>;
  const inTable = (name: Told): EndState => `end:${name}`;
  const isTold = (end: EndState): `end:${Told}` => end;
  // @ts-expect-error the table never cancels
  const cancelled: EndState = 'end:cancelled';
  expect([inTable('stuck'), isTold('end:applied'), cancelled]).toHaveLength(3);
});
