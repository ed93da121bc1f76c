import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/adapters/clock/system-clock.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { describeClock } from './clock.contract.ts';

describeClock('system', () => ({ clock: systemClock, pass: (ms) => setTimeout(ms) }));

describeClock('FakeClock', () => {
  const clock = new FakeClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});
