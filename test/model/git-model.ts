import { aFlowId } from '../support/builders.ts';
import type { FakeDesiredSource } from '../support/fakes/fake-desired-source.ts';
import { asDeclared } from './leaves.ts';
import type { Leaves } from './leaves.ts';

/** What git says of one flow. Instants are epoch ms. */
export interface FlowSpec {
  readonly declared: Leaves;
  readonly dependsOn: readonly number[];
  readonly suspend?: { readonly untilAt?: number };
  readonly ignore?: { readonly path: string; readonly untilAt?: number };
  readonly isReportOnly?: boolean;
  /** Name of a queue. */
  readonly requires?: string;
}

/** `unreadable`: no YAML, so that it does not even tell its flow; `faulty`: it has a key that nobody knows. */
export type FileSpec = FlowSpec | 'unreadable' | 'faulty';

export interface PolicySpec {
  readonly isReportOnly?: boolean;
  readonly freeze?: {
    readonly fromAt: number;
    readonly untilAt: number;
    readonly allowReverts: boolean;
  };
  readonly maxFlows?: number;
  readonly concurrency?: number;
  readonly conflictRetries?: number;
  readonly rollsBackUnloaded?: boolean;
}

export const PER_FLOW_MS = 60_000;

/** All that git says at one commit. A flow that is not listed has no file. */
export interface GitState {
  readonly revision: string;
  readonly flows: ReadonlyMap<number, FileSpec>;
  readonly policy: PolicySpec | 'faulty';
}

type Change = Partial<Omit<GitState, 'revision' | 'flows'>> & {
  /** Undefined removes the file. */
  readonly flows?: ReadonlyMap<number, FileSpec | undefined>;
};

/** The repository as people know it, beside the one that the controller reads. */
export class GitModel {
  /** The oldest first. */
  readonly commits: GitState[] = [];
  readonly #source: FakeDesiredSource;
  readonly #folder: string;

  constructor(source: FakeDesiredSource, folder: string) {
    this.#source = source;
    this.#folder = folder;
  }

  get head(): GitState {
    return this.commits.at(-1) ?? { revision: '', flows: new Map(), policy: {} };
  }

  at(revision: string): GitState {
    return this.commits.find((commit) => commit.revision === revision) ?? this.head;
  }

  commit(change: Change, author: string, message = 'Change settings'): void {
    const { head } = this;
    const flows = new Map(head.flows);
    const files: Record<string, string | null> = {};
    for (const [n, spec] of change.flows ?? []) {
      if (spec) flows.set(n, spec);
      else flows.delete(n);
      files[this.pathOf(n)] = spec ? textOf(n, spec) : null;
    }
    const policy = change.policy ?? head.policy;
    if (change.policy) files[`${this.#folder}/policy.yaml`] = policyText(change.policy);
    const by = `${author} <${author.toLowerCase()}@example.com>`;
    const revision = this.#source.commit(files, { author: by, message });
    this.commits.push({ revision, flows, policy });
  }

  /** Takes back what a commit changed, file by file. @returns false when that changes nothing */
  revert(index: number, author: string): boolean {
    const undone = this.commits[index];
    const before = this.commits[index - 1];
    if (!undone || !before) return false;
    const { head } = this;
    const flows = new Map<number, FileSpec | undefined>();
    for (const n of new Set([...undone.flows.keys(), ...before.flows.keys()])) {
      const was = before.flows.get(n);
      if (undone.flows.get(n) !== was && head.flows.get(n) !== was) flows.set(n, was);
    }
    const hasPolicy = undone.policy !== before.policy && head.policy !== before.policy;
    if (flows.size === 0 && !hasPolicy) return false;
    this.commit({ flows, ...(hasPolicy && { policy: before.policy }) }, author, 'Revert');
    return true;
  }

  /** True for a field that a state no longer declares: a revert gives back what stood there. */
  isGivenBack({ flows }: GitState, n: number, path: string): boolean {
    const spec = flows.get(n);
    const isDeclared = typeof spec === 'object' && Object.hasOwn(spec.declared, path);
    return !isDeclared && this.everDeclared(n, path);
  }

  /** Whether some commit declared the field, or something below it. */
  everDeclared(n: number, path: string): boolean {
    return this.commits.some(({ flows }) => {
      const spec = flows.get(n);
      return (
        typeof spec === 'object' &&
        Object.keys(spec.declared).some((key) => key === path || key.startsWith(`${path}/`))
      );
    });
  }

  pathOf(n: number): string {
    return `${this.#folder}/flows/flow-${String(n)}.yaml`;
  }
}

/** True when the file does not say anything that could be applied. */
export function isInvalid({ flows }: GitState, n: number): boolean {
  const spec = flows.get(n);
  if (spec === undefined) return false;
  if (typeof spec === 'string') return true;
  // a file that does not tell its flow does not describe it
  return spec.dependsOn.some((id) => !flows.has(id) || flows.get(id) === 'unreadable');
}

/** The flow's spec where the file is good. */
export function validSpec(state: GitState, n: number): FlowSpec | undefined {
  const spec = state.flows.get(n);
  return spec === undefined || typeof spec === 'string' || isInvalid(state, n) ? undefined : spec;
}

/** JSON is YAML, and quickly written. */
function textOf(n: number, spec: FileSpec): string {
  const flowId = aFlowId(n);
  if (spec === 'unreadable') return `settings: [\n# flow ${String(n)}`;
  if (spec === 'faulty') return `flowId: ${flowId}\nsetings: {}\n`;
  const { suspend, ignore } = spec;
  return JSON.stringify({
    flowId,
    settings: asDeclared(spec.declared),
    dependsOn: spec.dependsOn.map(aFlowId),
    ...(suspend && { suspend: { reason: 'INC-1', ...until(suspend.untilAt) } }),
    ...(ignore && { ignore: [{ path: ignore.path, ...until(ignore.untilAt) }] }),
    ...(spec.isReportOnly && { mode: 'report' }),
    ...(spec.requires !== undefined && { requires: { queues: [spec.requires] } }),
  });
}

function policyText(policy: PolicySpec | 'faulty'): string {
  if (policy === 'faulty') return JSON.stringify({ mod: 'enforce' });
  const { freeze, maxFlows, concurrency = 2, conflictRetries = 3 } = policy;
  return JSON.stringify({
    mode: policy.isReportOnly ? 'report' : 'enforce',
    rate: { perFlow: `${String(PER_FLOW_MS / 1000)}s` },
    apply: {
      concurrency,
      conflictRetries,
      verifyTimeout: '5s',
      onReloadFailure: policy.rollsBackUnloaded ? 'rollback' : 'keep',
    },
    ...(maxFlows !== undefined && { massChange: { maxFlows } }),
    ...(freeze && {
      freeze: [
        {
          name: 'calm',
          from: new Date(freeze.fromAt).toISOString(),
          until: new Date(freeze.untilAt).toISOString(),
          allowReverts: freeze.allowReverts,
        },
      ],
    }),
  });
}

function until(untilAt: number | undefined): { readonly until?: string } {
  return untilAt === undefined ? {} : { until: new Date(untilAt).toISOString() };
}
