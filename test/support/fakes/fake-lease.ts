import { FlowkeeperError } from '../../../src/domain/errors.ts';
import type { OrgName } from '../../../src/domain/flow.ts';
import type { HeldLease, Lease } from '../../../src/ports/lease.ts';

/** Leases of one process, and of others that a test invents. Nobody's time runs out. */
export class FakeLease implements Lease {
  readonly #holders = new Map<OrgName, { readonly name: string; readonly lost: AbortController }>();
  readonly #tokens = new Map<OrgName, number>();
  readonly #onToken: (org: OrgName, token: number) => void;

  /** @param onToken told of each new holder's token, as the state store that leases are kept in is */
  constructor(onToken: (org: OrgName, token: number) => void = () => undefined) {
    this.#onToken = onToken;
  }

  acquire(org: OrgName, signal: AbortSignal): Promise<HeldLease> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const holder = this.#holders.get(org);
    if (holder) return Promise.reject(busy(org, holder.name));
    const mine = { name: 'host here, process 1', lost: new AbortController() };
    this.#holders.set(org, mine);
    const fencingToken = this.#nextToken(org);
    return Promise.resolve({
      fencingToken,
      lost: mine.lost.signal,
      confirm: () =>
        this.#tokens.get(org) === fencingToken
          ? Promise.resolve()
          : Promise.reject(new FlowkeeperError('state.lease-lost', `${org} is lost`, { org })),
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
    this.#nextToken(org);
  }

  /** The same, and this process has not noticed yet: it was paused. */
  takenUnseenBy(org: OrgName, name: string): void {
    this.#holders.set(org, { name, lost: new AbortController() });
    this.#nextToken(org);
  }

  #nextToken(org: OrgName): number {
    const token = (this.#tokens.get(org) ?? 0) + 1;
    this.#tokens.set(org, token);
    this.#onToken(org, token);
    return token;
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
