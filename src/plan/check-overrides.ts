import type { PlanNotice } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';

/** Overrides of freeze windows that ran out: whoever wrote them may not know that the windows hold again. */
export function checkOverrides(
  { freezeOverrides }: Pick<Policy, 'freezeOverrides'>,
  policyFile: string | undefined,
  now: number,
): readonly PlanNotice[] {
  return freezeOverrides
    .filter(({ untilAt }) => untilAt <= now)
    .map(({ name, untilAt }): PlanNotice => {
      const since = new Date(untilAt).toISOString();
      const message = `freeze override ${JSON.stringify(name)} ran out at ${since}; its windows hold again`;
      return { code: 'policy.override-expired', file: policyFile ?? 'policy.yaml', message };
    });
}
