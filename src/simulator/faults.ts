import { readFaults } from './fault-check.ts';
import type { Fault, FaultKind } from './fault.ts';
import { SimulatorInputError, refuseProblems } from './input.ts';
import { anonymous } from './router.ts';
import type { Route, RouteName, Router } from './router.ts';

/** What a fault is matched against. */
export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly route: Route | undefined;
  readonly orgId: string | undefined;
  readonly clientId: string | undefined;
}

export interface FaultState {
  readonly id: string;
  readonly fault: Fault;
  /** Requests that matched, whether or not it was their turn. */
  readonly seen: number;
  /** Requests that met the fault. */
  readonly hits: number;
}

interface Armed extends FaultState {
  seen: number;
  hits: number;
}

const LISTS: readonly RouteName[] = ['flows', 'queues', 'users', 'teams'];
/** Faults that only some requests can show, and those requests. */
const ONLY_FOR: Readonly<
  Partial<Record<FaultKind, { method: string; routes: readonly RouteName[] }>>
> = {
  'short-page': { method: 'GET', routes: LISTS },
  'repeat-entity': { method: 'GET', routes: LISTS },
  'wrong-total': { method: 'GET', routes: LISTS },
  'partial-page': { method: 'GET', routes: ['flows'] },
  'empty-page': { method: 'GET', routes: ['flows'] },
  'repeat-token': { method: 'GET', routes: ['flows'] },
  'store-differently': { method: 'PATCH', routes: ['flow'] },
};

/** The faults that wait for their requests; may be changed at any time. */
export class Faults {
  readonly #armed = new Map<string, Armed>();
  readonly #router: Router;
  #made = 0;

  constructor(router: Router) {
    this.#router = router;
  }

  /** @returns the fault's id @throws SimulatorInputError */
  add(fault: Fault): string {
    return this.addAll([fault])[0] ?? '';
  }

  /** All or none, out of anything: one fault or a list. @returns their ids @throws SimulatorInputError */
  addAll(value: unknown): string[] {
    const read = readFaults(value);
    if ('problems' in read) throw new SimulatorInputError(read.problems);
    refuseProblems(read.faults.flatMap((fault) => this.#misfits(fault)));
    return read.faults.map((fault) => {
      const id = fault.id ?? this.#newId();
      this.#armed.set(id, { id, fault, seen: 0, hits: 0 });
      return id;
    });
  }

  /** Whether there was one. */
  remove(id: string): boolean {
    return this.#armed.delete(id);
  }

  clear(): void {
    this.#armed.clear();
  }

  list(): FaultState[] {
    return [...this.#armed.values()].map((state) => ({ ...state }));
  }

  /** @throws SimulatorInputError for an id that is not there */
  get(id: string): FaultState {
    const state = this.#armed.get(id);
    if (state === undefined) throw new SimulatorInputError([`there is no fault ${id}`]);
    return { ...state };
  }

  /** Counts the request with every fault that it matches; the first that is due is its fate. */
  take(subject: FaultSubject): FaultState | undefined {
    if (this.#armed.size === 0) return undefined;
    let due: Armed | undefined;
    for (const armed of this.#armed.values()) {
      if (!matches(armed.fault, subject)) continue;
      armed.seen += 1;
      if (due === undefined && isDue(armed)) due = armed;
    }
    if (due !== undefined) due.hits += 1;
    return due;
  }

  #misfits({ id, path }: Fault): string[] {
    const taken = id !== undefined && this.#armed.has(id);
    const lost = path?.includes('{') === true && !this.#router.knows(path);
    return [
      ...(taken ? [`the fault id ${id} is taken`] : []),
      ...(lost ? [`no route has the template ${path}`] : []),
    ];
  }

  #newId(): string {
    do this.#made += 1;
    while (this.#armed.has(`fault-${String(this.#made)}`));
    return `fault-${String(this.#made)}`;
  }
}

function matches(fault: Fault, subject: FaultSubject): boolean {
  return (
    canShow(fault.kind, subject) &&
    pathMatches(fault.path, subject) &&
    isSame(fault.method, subject.method) &&
    isSame(fault.flowId, subject.route?.name === 'flow' ? subject.route.id : undefined) &&
    isSame(fault.orgId, subject.orgId) &&
    (fault.clientId === undefined || fault.clientId === subject.clientId)
  );
}

function canShow(kind: FaultKind, { method, route }: FaultSubject): boolean {
  const only = ONLY_FOR[kind];
  if (only === undefined) return true;
  return method === only.method && route !== undefined && only.routes.includes(route.name);
}

function isSame(wanted: string | undefined, given: string | undefined): boolean {
  return wanted === undefined || wanted.toLowerCase() === given?.toLowerCase();
}

function pathMatches(pattern: string | undefined, { path, route }: FaultSubject): boolean {
  if (pattern === undefined) return true;
  if (pattern.includes('{')) {
    return route !== undefined && anonymous(route.template) === anonymous(pattern);
  }
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function isDue({ fault, seen, hits }: Armed): boolean {
  const { nth, from = nth ?? 1, to = nth ?? Infinity, times = Infinity } = fault;
  return seen >= from && seen <= to && hits < times;
}
