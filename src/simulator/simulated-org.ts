import type { DirectoryInput, DirectoryKind } from './directory.ts';
import type { Author, SettingsEdit } from './flow-store.ts';
import { flowState } from './flow.ts';
import type { FlowInput, FlowState } from './flow.ts';
import { SimulatorInputError } from './input.ts';
import type { JsonObject } from './json.ts';
import type { Permission } from './options.ts';
import type { Client, Org, Reload } from './org.ts';

/** One org, for a person or a test that looks behind the API. Unknown ids throw SimulatorInputError. */
export class SimulatedOrg {
  readonly orgId: string;
  readonly name: string;
  readonly #org: Org;
  readonly #clients: ReadonlyMap<string, Client>;

  constructor(org: Org, clients: ReadonlyMap<string, Client>) {
    this.orgId = org.orgId;
    this.name = org.name;
    this.#org = org;
    this.#clients = clients;
  }

  get flowCount(): number {
    return this.#org.flows.size;
  }

  /** In the order in which they were added. */
  flows(): FlowState[] {
    return this.#org.flows.states();
  }

  hasFlow(id: string): boolean {
    return this.#org.flows.find(id) !== undefined;
  }

  flow(id: string): FlowState {
    return flowState(this.#org.flows.get(id));
  }

  /**
   * A change made in the editor: version + 1, `modifiedBy` that person, in effect at once.
   * @param change a JSON merge patch of the settings (null removes), or a function that gets a copy
   */
  edit(id: string, change: JsonObject | SettingsEdit, author: { readonly by: string }): FlowState {
    return flowState(this.#org.flows.edit(id, change, person(author)));
  }

  addFlow(flow: FlowInput): FlowState {
    return flowState(this.#org.flows.add(flow));
  }

  removeFlow(id: string): void {
    this.#org.flows.remove(id);
  }

  renameFlow(id: string, name: string, author: { readonly by: string }): FlowState {
    return flowState(this.#org.flows.rename(id, name, person(author)));
  }

  /** Oldest first. */
  reloads(): readonly Reload[] {
    return [...this.#org.reloads];
  }

  /** Flows that were written after the start of the last reload that came in effect. */
  pendingReload(): string[] {
    return this.#org.flows.pendingReload();
  }

  /** @returns the id */
  addToDirectory(kind: DirectoryKind, entry: DirectoryInput): string {
    return this.#org.directories[kind].add(entry);
  }

  /** Every entry of exactly this name. @returns whether there was one */
  removeFromDirectory(kind: DirectoryKind, name: string): boolean {
    return this.#org.directories[kind].remove(name);
  }

  /** Takes effect with the client's next request. */
  setPermissions(clientId: string, permissions: readonly Permission[]): void {
    const client = this.#clients.get(clientId);
    if (client?.org !== this.#org) {
      throw new SimulatorInputError([`org ${this.orgId} has no client ${clientId}`]);
    }
    client.permissions = new Set(permissions);
  }
}

function person({ by }: { readonly by: string }): Author {
  return { name: by };
}
