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
