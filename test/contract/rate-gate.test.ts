import { openSqliteRateGate } from '../../src/adapters/state/sqlite-rate-gate.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { FakeRateGate } from '../support/fakes/fake-rate-gate.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';
import { describeRateGate } from './rate-gate.contract.ts';

describeRateGate('FakeRateGate', () =>
  Promise.resolve({ gate: new FakeRateGate(), stop: () => Promise.resolve() }),
);

describeRateGate('SQLite', async () => {
  const clock = new FakeClock();
  const { store, stop } = await aSqliteStore({ clock });
  return { gate: openSqliteRateGate({ store, client: 'acme', clock }), stop };
});
