import type { HeldLease } from '../ports/lease.ts';
import type { FlowRecordStore } from '../ports/state-store.ts';
import type { StatusBranch } from '../ports/status-branch.ts';
import type { Ports } from '../ports/ports.ts';

/**
 * Ports by which whoever has lost the org's lease keeps no record of it any more, and publishes none: what it knows is
 * older than what its successor does. The journal and the writes to the org are fenced where they are made.
 *
 * A push is safe to the last moment: the lease is looked at after the branch's tip was read, and a successor that has pushed
 * since has moved the tip, so that the push is refused.
 *
 * @param lease undefined as long as there is none
 */
export function withFence<P extends Pick<Ports, 'state'> & Partial<Pick<Ports, 'statusBranch'>>>(
  ports: P,
  lease: () => HeldLease | undefined,
): P {
  const flows = fencedRecords(ports.state.flows, () => lease()?.fencingToken);
  const { journal, snapshots, outbox, parseCache } = ports.state;
  const state = { journal, snapshots, outbox, parseCache, flows, close: () => ports.state.close() };
  const { statusBranch } = ports;
  return {
    ...ports,
    state,
    ...(statusBranch && { statusBranch: fencedBranch(statusBranch, lease) }),
  };
}

function fencedRecords(flows: FlowRecordStore, token: () => number | undefined): FlowRecordStore {
  return {
    index: (org) => flows.index(org),
    load: (org, ids) => flows.load(org, ids),
    loadOrg: (org) => flows.loadOrg(org),
    save: (org, records, events) => flows.save(org, records, events, token()),
    remove: (org, ids) => flows.remove(org, ids, token()),
    saveOrg: (status) => flows.saveOrg(status, token()),
  };
}

function fencedBranch(branch: StatusBranch, lease: () => HeldLease | undefined): StatusBranch {
  return {
    tip: (signal, at) => branch.tip(signal, at),
    probe: (signal) => branch.probe(signal),
    commit: (build, signal) =>
      branch.commit(async (tip) => {
        await lease()?.confirm();
        return build(tip);
      }, signal),
  };
}
