import type { DesiredFlow } from '../domain/flow.ts';
import type { PlanNotice } from '../domain/plan.ts';
import { isActive, unusedIgnores } from './ignore-rules.ts';

/** What a person should tidy up among the `ignore` entries of a file: those that ran out, and those that match nothing. */
export function checkIgnores(
  { file, settings, ignore }: DesiredFlow,
  context: { readonly orgId: string; readonly now: number },
): readonly PlanNotice[] {
  const expired = ignore
    .filter((rule) => !isActive(rule, context.now))
    .map(({ path, untilAt = 0 }): PlanNotice => {
      const since = new Date(untilAt).toISOString();
      const message = `ignore ${path} ran out at ${since}; the field is managed again`;
      return { code: 'desired.ignore-expired', file, message };
    });
  const unused = unusedIgnores(settings, { ...context, ignore }).map(({ path }): PlanNotice => ({
    code: 'desired.ignore-unused',
    file,
    message: `ignore ${path} matches no declared field`,
  }));
  return [...expired, ...unused];
}
