import { SimulatorInputError, TEXT, UUID_TEXT, problemsOf, required } from './input.ts';
import type { JsonObject } from './json.ts';
import type { NameMatch } from './name-pattern.ts';
import { randomUuid, seedOf, seededRandom } from './random.ts';

export type DirectoryKind = 'queues' | 'users' | 'teams';

/** A queue, user or team: a name alone, or its fields. The id is made of org, kind and name when not given. */
export type DirectoryInput =
  string | { readonly id?: string; readonly name: string; readonly more?: JsonObject };

export interface DirectoryEntry {
  readonly id: string;
  readonly name: string;
  /** The entry as the service shows it. */
  readonly json: string;
}

/** The queues, users or teams of one org. */
export class Directory {
  readonly #entries = new Map<string, DirectoryEntry>();
  readonly #seed: string;

  constructor(seed: string, entries: readonly DirectoryInput[]) {
    this.#seed = seed;
    for (const entry of entries) this.add(entry);
  }

  /** @returns its id @throws SimulatorInputError */
  add(input: DirectoryInput): string {
    const { id: given, name, more = {} } = typeof input === 'string' ? { name: input } : input;
    const problems = problemsOf(
      { id: given, name },
      { id: UUID_TEXT, name: required(TEXT) },
      this.#seed,
    );
    if (problems.length > 0) throw new SimulatorInputError(problems);
    const id = given?.toLowerCase() ?? randomUuid(seededRandom(seedOf(`${this.#seed}/${name}`)));
    if (this.#entries.has(id))
      throw new SimulatorInputError([`${this.#seed}: ${id} exists already`]);
    this.#entries.set(id, { id, name, json: JSON.stringify({ id, name, ...more }) });
    return id;
  }

  /** Whether there was such a name. */
  remove(name: string): boolean {
    const found = this.matching((other) => other === name);
    for (const { id } of found) this.#entries.delete(id);
    return found.length > 0;
  }

  find(id: string): DirectoryEntry | undefined {
    return this.#entries.get(id.toLowerCase());
  }

  matching(match: NameMatch | undefined): DirectoryEntry[] {
    const all = [...this.#entries.values()];
    return match === undefined ? all : all.filter(({ name }) => match(name));
  }
}
