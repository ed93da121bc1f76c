import type { DesiredFlow, LiveFlow, Settings } from '../../src/domain/flow.ts';
import { hashOf } from '../../src/domain/hash.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { makeLiveComparison } from '../../src/plan/live-comparison.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { KnownFlow, PlanInput } from '../../src/plan/make-plan.ts';
import { aPolicy, NOW, ORG_ID, REVISION } from './builders.ts';

/** What a plan is made of; what is left out is empty. */
export interface World extends Partial<Omit<PlanInput, 'comparison'>> {
  readonly desired?: readonly DesiredFlow[];
  readonly live?: readonly LiveFlow[];
  readonly orgId?: string;
}

/** Compares and plans, as a run does. */
export function planOf({
  desired = [],
  live = [],
  orgId = ORG_ID,
  now = NOW,
  ...rest
}: World): Plan {
  const comparison = makeLiveComparison({ desired, orgId, now });
  comparison.add(live);
  return makePlan({
    org: 'acme-prod',
    revision: REVISION,
    now,
    policy: aPolicy(),
    comparison: comparison.finish(),
    invalid: [],
    known: new Map(),
    ...rest,
  });
}

/** A flow that was last brought to `settings`, and to `past` before. */
export const knownWith = (settings: Settings, past: readonly Settings[] = []): KnownFlow => ({
  applied: { settings, hash: hashOf(settings) },
  pastHashes: [...past, settings].map(hashOf),
});
