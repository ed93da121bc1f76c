import type { ExitCode } from '../domain/error-catalog.ts';
import { unverifiedWords } from '../domain/unverified-head.ts';
import type { OrgPlanReport } from '../engine/plan-only.ts';
import type { OpenedApp } from './open-app.ts';

/** 2 when something differs. */
export function planExitCode({ error, policyFaults, plan, unverified }: OrgPlanReport): ExitCode {
  if (error) return error.exit;
  if (unverified) return 4;
  if (policyFaults.length > 0 || !plan || plan.invalid.length > 0) return 3;
  return plan.changes.length > 0 || plan.missing.length > 0 ? 2 : 0;
}

/** Why an org could not be planned, or not as its branch says, in words for stderr. */
export function planFailure(
  report: OrgPlanReport,
  { renderFaults }: Pick<OpenedApp, 'renderFaults'>,
): string[] {
  const { org, error, policyFaults, unverified } = report;
  const held = unverified ? [`flowkeeper: ${org}: ${unverifiedWords(unverified)}\n`] : [];
  if (policyFaults.length > 0) return [...held, renderFaults(policyFaults)];
  if (!error) return held;
  return [`flowkeeper: ${org}: ${error.message} [${error.code}]\n  next: ${error.advice}\n`];
}

/** The same for programs, as schemas/plan-list.schema.json has it. */
export function failedOrg({ org, error, policyFaults }: OrgPlanReport): readonly object[] {
  return error || policyFaults.length > 0 ? [{ org, policyFaults, ...(error && { error }) }] : [];
}
