import type { ExitCode } from '../domain/error-catalog.ts';
import type { OrgPlanReport } from '../engine/plan-only.ts';
import type { OpenedApp } from './open-app.ts';

/** 2 when something differs. */
export function planExitCode({ error, policyFaults, plan }: OrgPlanReport): ExitCode {
  if (error) return error.exit;
  if (policyFaults.length > 0 || !plan || plan.invalid.length > 0) return 3;
  return plan.changes.length > 0 || plan.missing.length > 0 ? 2 : 0;
}

/** Why an org could not be planned, in words for stderr. */
export function planFailure(
  report: OrgPlanReport,
  { renderFaults }: Pick<OpenedApp, 'renderFaults'>,
): string[] {
  const { org, error, policyFaults } = report;
  if (policyFaults.length > 0) return [renderFaults(policyFaults)];
  if (!error) return [];
  return [`flowkeeper: ${org}: ${error.message} [${error.code}]\n  next: ${error.advice}\n`];
}

/** The same for programs, as schemas/plan-list.schema.json has it. */
export function failedOrg({ org, error, policyFaults }: OrgPlanReport): readonly object[] {
  return error || policyFaults.length > 0 ? [{ org, policyFaults, ...(error && { error }) }] : [];
}
