import type { Plan } from '../domain/plan.ts';
import type { GateVerdict } from '../domain/verdict.ts';
import type { Ports } from '../ports/ports.ts';
import { makeEventDraft } from './event-draft.ts';
import type { Approval } from './org-run.ts';

/** A plan that is about to be written. */
interface JudgedPlan {
  readonly plan: Plan;
  readonly verdict: GateVerdict;
  readonly approval: Approval | undefined;
  readonly runId: string;
}

/**
 * Puts on record that a plan goes on only because a person approved it: who, which plan, when, and what held it. It is on the disk
 * before the first write, so that no write of such a plan is without it, whatever becomes of the run.
 */
export async function recordApproval(
  ports: Pick<Ports, 'clock' | 'ids' | 'log' | 'state'>,
  { plan, verdict, approval, runId }: JudgedPlan,
): Promise<void> {
  if (verdict.kind !== 'allow' || verdict.approved === undefined || !approval) return;
  const { org, digest: planDigest, revision } = plan;
  const { by } = approval;
  const reason = verdict.approved;
  ports.log.warn('goes on with a plan that a person approved', { planDigest, by, reason });
  const event = makeEventDraft(ports.ids, {
    event: 'plan.approved',
    status: 'approved',
    at: ports.clock.now(),
    runId,
    flowId: null,
    revision,
    planDigest,
    details: { by, reason },
  });
  await ports.state.flows.save(org, [], [event]);
}
