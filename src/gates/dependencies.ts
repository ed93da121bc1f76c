import type { DependencyKind, DesiredFlow } from '../domain/flow.ts';
import { isJsonObject } from '../domain/json.ts';
import { ALLOW } from '../domain/verdict.ts';
import type { GateVerdict } from '../domain/verdict.ts';

/** What the org's API let us see of a kind. */
type Access =
  { readonly kind: 'readable' } | { readonly kind: 'forbidden'; readonly permission: string };

/** What was looked up, once per run and kind. */
export interface DependencyFacts {
  readonly access: Readonly<Partial<Record<DependencyKind, Access>>>;
  /** Names that the org does not have, by kind; may hold those of other flows too. */
  readonly missing: Readonly<Partial<Record<DependencyKind, readonly string[]>>>;
}

export const KINDS: readonly DependencyKind[] = ['queue', 'user', 'team'];

/** Kinds that a flow leans on: its declared `scopeDirectives.applyTo` names them, or it requires some by name. */
export function kindsOf({
  settings,
  requires,
}: Pick<DesiredFlow, 'settings' | 'requires'>): readonly DependencyKind[] {
  const applyTo = declaredApplyTo(settings);
  return KINDS.filter((kind) => applyTo.has(kind) || requires[kind].length > 0);
}

/**
 * Denies a flow that leans on what is not there or cannot be seen, and lists all of it at once: each kind
 * in the declared `scopeDirectives.applyTo` or in `requires` must be readable, each name in `requires`
 * must exist. A kind that nobody looked up counts as not readable. Pure.
 */
export function checkDependencies(
  flow: Pick<DesiredFlow, 'settings' | 'requires' | 'file'>,
  facts: DependencyFacts,
): GateVerdict {
  const faults = kindsOf(flow).flatMap((kind) => faultsOf(kind, flow.requires[kind], facts));
  if (faults.length === 0) return ALLOW;
  const steps = faults.map(({ goOn }) => goOn);
  const corrections = faults.some(({ isName }) => isName)
    ? [`or correct \`requires\` in ${flow.file}`]
    : [];
  return {
    kind: 'deny',
    gate: 'dependencies',
    reason: faults.map(({ reason }) => reason).join('; '),
    goOn: [...steps, ...corrections].join(', '),
  };
}

interface Fault {
  readonly reason: string;
  readonly goOn: string;
  readonly isName: boolean;
}

function faultsOf(
  kind: DependencyKind,
  required: readonly string[],
  facts: DependencyFacts,
): readonly Fault[] {
  const access = facts.access[kind];
  if (access === undefined) {
    const reason = `${kind}s could not be looked up`;
    return [{ reason, goOn: `let ${kind}s be looked up`, isName: false }];
  }
  if (access.kind === 'forbidden') {
    const reason = `${kind}s cannot be read: the permission ${access.permission} is missing`;
    const goOn = `give the OAuth client's role ${access.permission}`;
    return [{ reason, goOn, isName: false }];
  }
  const missing = new Set(facts.missing[kind]);
  const names = required.filter((name) => missing.has(name)).map(quoted);
  if (names.length === 0) return [];
  const what = names.length === 1 ? kind : `${kind}s`;
  const reason = `missing ${what} ${names.join(', ')}`;
  return [{ reason, goOn: `create ${what} ${names.join(', ')}`, isName: true }];
}

function declaredApplyTo({ scopeDirectives }: DesiredFlow['settings']): ReadonlySet<unknown> {
  const applyTo = isJsonObject(scopeDirectives) ? scopeDirectives['applyTo'] : undefined;
  return new Set(Array.isArray(applyTo) ? (applyTo as readonly unknown[]) : []);
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
