import { AxiosHttpClient } from '../../src/adapters/http/axios-http-client.ts';
import type { DependencyKind } from '../../src/domain/flow.ts';
import { PERMISSIONS } from '../../src/simulator/options.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { aBackendRig, CLIENT_SECRET } from '../support/backend-rig.ts';
import { ORG_ID } from '../support/builders.ts';
import { FakeFlowBackend } from '../support/fakes/fake-flow-backend.ts';
import { describeFlowBackend } from './flow-backend.contract.ts';

describeFlowBackend('FakeFlowBackend', (seed) => {
  const backend = new FakeFlowBackend(seed);
  return {
    backend,
    edit: (flowId, blocks) => void backend.edit(flowId, blocks),
    stored: (flowId) => backend.flow(flowId).settings,
    effective: (flowId) => backend.effective(flowId),
    stop: () => undefined,
  };
});

const PERMISSION_OF: Readonly<Record<DependencyKind, string>> = {
  queue: 'routing:queue:view',
  user: 'directory:user:view',
  team: 'groups:team:view',
};

describeFlowBackend('architect-settings on the simulator', async (seed) => {
  const withheld = seed.forbidden.map((kind) => PERMISSION_OF[kind]);
  const permissions = PERMISSIONS.filter((permission) => !withheld.includes(permission));
  const simulator = await startSimulator({
    listSettings: seed.hideSettingsInLists ? 'never' : 'expand',
    orgs: [
      {
        orgId: ORG_ID,
        clients: [{ id: 'client-id', secret: CLIENT_SECRET, permissions }],
        flows: seed.flows.map(({ id, name, version, settings = {} }) => ({
          id,
          name,
          version,
          settings,
        })),
        queues: seed.names.queue,
        users: seed.names.user,
        teams: seed.names.team,
      },
    ],
  });
  let client: AxiosHttpClient | undefined;
  const { backend } = aBackendRig(
    (clock) => (client = new AxiosHttpClient({ clock, random: () => 0 })),
    { environment: simulator.url, pageSize: seed.pageSize },
  );
  const org = simulator.org();
  return {
    backend,
    edit: (flowId, blocks) =>
      void org.edit(flowId, (settings) => ({ ...settings, ...blocks }), { by: 'Hand Writer' }),
    stored: (flowId) => org.flow(flowId).settings,
    effective: (flowId) => org.flow(flowId).inEffect,
    stop: async () => {
      client?.close();
      await simulator.close();
    },
  };
});
