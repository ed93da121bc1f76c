import type { FlowInput } from '../src/simulator/flow.ts';
import type { JsonObject } from '../src/simulator/json.ts';

/** One flow of the bench: how git describes it, and what a bare PATCH of it says. */
export interface BenchFlow {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly settings: {
    readonly routing: JsonObject & { readonly type: string; readonly maxWaitTime: number };
    readonly configurationMatrix: Readonly<Record<string, { key: string; value: unknown }>>;
    readonly scopeDirectives: { readonly applyTo: string[]; readonly enforceHierarchy: boolean };
  };
}

export const ORG = 'bench';

/** Limits that hold nobody back: what is measured is the work, not the waiting. */
export const POLICY = `rate: { perFlow: 0s, updatesPerMinute: 1000000, requestsPerMinute: 1000000 }
massChange: { maxFlows: 1000000, maxShare: 1, minFlows: 0 }
apply: { concurrency: 4, verifyTimeout: 5s }
fight: { corrections: 100, within: 1m }
`;
export const POLICY_PATH = `desired-state/${ORG}/policy.yaml`;

/** The flow as it is in the org, in folders of a hundred. */
export function benchFlowOf(flow: FlowInput, index: number): BenchFlow {
  const folder = String(Math.floor(index / 100)).padStart(4, '0');
  const file = `flow-${String(index).padStart(6, '0')}.yaml`;
  return {
    id: flow.id,
    path: `desired-state/${ORG}/flows/${folder}/${file}`,
    name: flow.name,
    settings: flow.settings as unknown as BenchFlow['settings'],
  };
}

/** The file as a person would write it; some fields of the live flow are not declared. */
export function flowFile(
  { id, name, settings }: BenchFlow,
  maxWaitTime = settings.routing.maxWaitTime,
): string {
  const { routing, configurationMatrix, scopeDirectives } = settings;
  const parameters = Object.entries(configurationMatrix).map(
    ([key, parameter]) =>
      `    ${key}: { key: ${parameter.key}, value: ${String(parameter.value)} }\n`,
  );
  return `# yaml-language-server: $schema=../../../../schemas/flow.schema.json
flowId: ${id}
name: ${name}
settings:
  routing:
    type: ${routing.type}
    maxWaitTime: ${String(maxWaitTime)} # seconds
    scope: { type: org }
  configurationMatrix:
${parameters.join('')}  scopeDirectives:
    applyTo: [${scopeDirectives.applyTo.join(', ')}]
    enforceHierarchy: ${String(scopeDirectives.enforceHierarchy)}
`;
}
