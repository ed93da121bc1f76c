import type { ExitCode } from '../domain/error-catalog.ts';
import type { Plan } from '../domain/plan.ts';
import { unverifiedWords } from '../domain/unverified-head.ts';
import type { OrgPlanReport } from '../engine/plan-only.ts';
import type { OpenedApp } from './open-app.ts';

/** 2 when something differs; 1 when a flow could not be read, whatever is known of the others. */
export function planExitCode({ error, policyFaults, plan, unverified }: OrgPlanReport): ExitCode {
  if (error) return error.exit;
  if (plan?.unread?.length) return 1;
  if (unverified) return 4;
  if (policyFaults.length > 0 || !plan || plan.invalid.length > 0) return 3;
  return differs(plan) ? 2 : 0;
}

function differs({ changes, missing }: Plan): boolean {
  return changes.length > 0 || missing.length > 0;
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
