import type { JsonObject } from './json.ts';

/** The remote's id of a flow, a UUID in lower case. */
export type FlowId = string;
/** The name an org has in flowkeeper's config, for instance `acme-prod`. */
export type OrgName = string;
/** A git commit id, 40 or 64 hex digits. */
export type Revision = string;

/** Settings by block (`routing`, `configurationMatrix`, `scopeDirectives`, or any other the service knows). */
export type Settings = JsonObject;

/** Who changed a flow last, as far as the service tells. */
export interface Actor {
  readonly id?: string;
  readonly name?: string;
}

/** One flow as the org has it now. */
export interface LiveFlow {
  readonly id: FlowId;
  readonly name: string;
  /** What the service counts up with each accepted write; the base of the optimistic lock. */
  readonly version: number;
  /** Undefined where a list answered without settings: unknown, not empty. */
  readonly settings: Settings | undefined;
  readonly modifiedAt?: string;
  readonly modifiedBy?: Actor;
}

/** Kinds of things that a flow's settings may lean on. */
export type DependencyKind = 'queue' | 'user' | 'team';

/** A field that git does not decide, for a while. */
export interface IgnoreRule {
  /** JSON pointer under `settings`; covers everything below it. */
  readonly path: string;
  readonly reason?: string;
  readonly owner?: string;
  /** Epoch milliseconds from which the rule no longer holds; undefined: for good. */
  readonly untilAt?: number;
}

/** A flow that is left alone, for a while. */
export interface Suspension {
  readonly reason: string;
  readonly by?: string;
  /** Epoch milliseconds from which the suspension no longer holds; undefined: until git says otherwise. */
  readonly untilAt?: number;
}

export type Mode = 'enforce' | 'report';

/** One flow as git says it should be: a valid file with its bases (`extends`) merged in. */
export interface DesiredFlow {
  /** Path from the root of the repository. */
  readonly file: string;
  /** At least one of `flowId` and `name` is there. */
  readonly flowId?: FlowId;
  readonly name?: string;
  /** Effective settings; a `null` inside means "this field is absent". */
  readonly settings: Settings;
  /** What the file itself says, where `settings` hold what a revert gives back, too. */
  readonly declared?: Settings;
  /** Objects that a revert takes away, by JSON pointer, once it has left nothing in them. */
  readonly vanishing?: readonly string[];
  /** Of what the file itself says: names this version of the settings in journal, status and audit. */
  readonly hash: string;
  /** Flows that are applied and in sync before this one. */
  readonly dependsOn: readonly FlowId[];
  /** Names that must exist in the org before this flow is written. */
  readonly requires: Readonly<Record<DependencyKind, readonly string[]>>;
  readonly mode: Mode;
  readonly suspend?: Suspension;
  readonly ignore: readonly IgnoreRule[];
}
