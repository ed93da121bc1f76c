import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { OrgName } from '../../../src/domain/flow.ts';
import type { HeldLease, Lease } from '../../../src/ports/lease.ts';

/** Leases of one process, and of others that a test invents. Nobody's time runs out. */
export class FakeLease implements Lease {
  readonly #holders = new Map<OrgName, { readonly name: string; readonly lost: AbortController }>();
  readonly #tokens = new Map<OrgName, number>();

  acquire(org: OrgName, signal: AbortSignal): Promise<HeldLease> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const holder = this.#holders.get(org);
    if (holder) return Promise.reject(busy(org, holder.name));
    const mine = { name: 'host here, process 1', lost: new AbortController() };
    this.#holders.set(org, mine);
    const fencingToken = (this.#tokens.get(org) ?? 0) + 1;
    this.#tokens.set(org, fencingToken);
    return Promise.resolve({
      fencingToken,
      lost: mine.lost.signal,
      release: () => {
        if (this.#holders.get(org) === mine) this.#holders.delete(org);
        return Promise.resolve();
      },
    });
  }

  /** True while somebody holds the org. */
  isHeld(org: OrgName): boolean {
    return this.#holders.has(org);
  }

  /** Another process takes the org, from whoever has it. */
  takenBy(org: OrgName, name: string): void {
    this.#holders.get(org)?.lost.abort(busy(org, name));
    this.#holders.set(org, { name, lost: new AbortController() });
    this.#tokens.set(org, (this.#tokens.get(org) ?? 0) + 1);
  }

  /** The other process ends. */
  freed(org: OrgName): void {
    this.#holders.delete(org);
  }
}

function busy(org: OrgName, holder: string): FlowkeeperError {
  return new FlowkeeperError('state.busy', `Another flowkeeper works on ${org}: ${holder}`, {
    org,
    holder,
  });
}
