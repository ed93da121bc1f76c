import { openSqliteTriggerLog } from '../../src/adapters/state/sqlite-trigger-log.ts';
import { FakeTriggerLog } from '../support/fakes/fake-trigger-log.ts';
import { aSqliteStore } from '../support/sqlite-store.ts';
import { describeTriggerLog } from './trigger-log.contract.ts';

describeTriggerLog('FakeTriggerLog', () => {
  const log = new FakeTriggerLog();
  return Promise.resolve({
    open: () => Promise.resolve(log),
    stop: () => Promise.resolve(),
  });
});

describeTriggerLog('SQLite', async () => {
  const { another, stop } = await aSqliteStore();
  return { open: async () => openSqliteTriggerLog(await another()), stop };
});
