import { snapshotPathOf } from '../../src/domain/flow-status.ts';
import type { LiveFlow } from '../../src/domain/flow.ts';
import { hashOf } from '../../src/domain/hash.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';
import type { EngineRig } from './engine-rig.ts';

/** Collects, from now on, each write of the rig that finds no snapshot of what it overwrites on the status branch. */
export function unprotectedWrites(rig: EngineRig): readonly string[] {
  const found: string[] = [];
  rig.stub('write', (base, blocks, signal) => {
    if (!isOnBranch(rig, base)) found.push(`${base.id} ${String(base.version)}`);
    return rig.backend.write(base, blocks, signal);
  });
  return found;
}

function isOnBranch(rig: EngineRig, { id, version, settings = {} }: LiveFlow): boolean {
  const text = rig.statusBranch.files.get(snapshotPathOf(rig.org, id, version));
  if (text === undefined) return false;
  return hashOf((JSON.parse(text) as Snapshot).settings) === hashOf(settings);
}
