import { FakeStateStore } from '../support/fakes/fake-state-store.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';
import { describeStateStore } from './state-store.contract.ts';

describeStateStore('FakeStateStore', () => {
  const store = new FakeStateStore();
  return Promise.resolve({
    open: () => Promise.resolve(store),
    stop: () => Promise.resolve(),
  });
});

describeStateStore('SQLite', async () => {
  const { another, stop } = await aSqliteStore();
  return { open: another, stop };
});
