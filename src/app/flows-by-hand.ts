import type { OrgName } from '../domain/flow.ts';
import { findFlow } from '../engine/find-flow.ts';
import type { DesiredLoader } from '../engine/load-desired.ts';
import { reportedError } from '../engine/reported-error.ts';
import { releaseFlow } from '../engine/release-flow.ts';
import type { Released } from '../engine/release-flow.ts';
import { rollBackFlow } from '../engine/roll-back-flow.ts';
import type { RollbackReport } from '../engine/roll-back-flow.ts';
import { resumeFlow, suspendFlow } from '../engine/suspend-flow.ts';
import type { SuspendedFlow } from '../engine/suspend-flow.ts';
import type { OrgSetup } from '../engine/run-all.ts';
import { TimeLimits, withinTime } from '../engine/time-limits.ts';
import type { Deadlines } from '../domain/deadlines.ts';
import type { AppPorts } from './app-ports.ts';
import { chooseOrgs } from './choose-orgs.ts';

/** A flow that a person names, by its id or its exact name. */
export interface FlowByHand {
  readonly flow: string;
  readonly orgs?: readonly string[];
}

/** What a person can do to one flow. Each waits for a run that is at work on the org. */
export interface FlowsByHand {
  /**
   * Lets the next run try again what is held back of a flow.
   *
   * @throws cli.unknown-flow, cli.ambiguous-flow, cli.usage, state.*
   */
  release(asked: FlowByHand & { readonly by: string }, signal: AbortSignal): Promise<Released>;
  /**
   * Has a flow left alone until an instant, beside what its file says; without `suspend` it goes on before.
   *
   * @param asked `untilAt`: epoch ms
   * @throws as `release`
   */
  suspend(
    asked: FlowByHand & {
      readonly by: string;
      readonly suspend?: { readonly reason: string; readonly untilAt: number };
    },
    signal: AbortSignal,
  ): Promise<SuspendedFlow>;
  /**
   * Puts a recorded snapshot of a flow back, whatever git says, and holds back what git says.
   *
   * @throws cli.unknown-flow, cli.ambiguous-flow, cli.usage, git.*, and as `rollBackFlow` does
   */
  rollBack(
    asked: FlowByHand & { readonly toVersion?: number; readonly by: string },
    signal: AbortSignal,
  ): Promise<RollbackReport>;
}

export interface ByHandParts {
  readonly shared: AppPorts;
  readonly setups: readonly OrgSetup[];
  readonly loader: DesiredLoader;
  /** Folder of the desired state in the repository. */
  readonly directory: string;
  readonly deadlines: Deadlines;
}

export function makeFlowsByHand(parts: ByHandParts): FlowsByHand {
  const { shared, setups, loader, directory, deadlines } = parts;
  return {
    async release({ flow, orgs, by }, signal) {
      const names = chooseOrgs(setups, orgs).map(({ org }) => org);
      const limit = { what: 'command', deadlines } as const;
      return withinTime(shared.clock, limit, signal, async (alive) => {
        const found = await findFlow(shared.state.flows, names, flow);
        const released = await releaseFlow(shared, { ...found, by }, alive);
        await askForRun(shared, found.org, `retry of ${found.name}`);
        return released;
      });
    },
    async suspend({ flow, orgs, by, suspend }, signal) {
      const names = chooseOrgs(setups, orgs).map(({ org }) => org);
      const limit = { what: 'command', deadlines } as const;
      return withinTime(shared.clock, limit, signal, async (alive) => {
        const found = { ...(await findFlow(shared.state.flows, names, flow)), by };
        const done = suspend
          ? await suspendFlow(shared, { ...found, ...suspend }, alive)
          : await resumeFlow(shared, found, alive);
        await askForRun(
          shared,
          found.org,
          `${suspend ? 'suspension' : 'resumption'} of ${found.name}`,
        );
        return done;
      });
    },
    async rollBack({ flow: named, orgs, toVersion, by }, signal) {
      const chosen = chooseOrgs(setups, orgs);
      const names = chosen.map(({ org }) => org);
      const flow = await findFlow(shared.state.flows, names, named);
      const [setup] = chooseOrgs(setups, [flow.org]);
      if (!setup) throw new Error('a flow of no org');
      const { ports, org, orgId } = setup;
      const pinned = await shared.source.pinHead(signal);
      const limits = new TimeLimits(shared.clock, org, deadlines);
      const run = { org, orgId, directory, pinned, limits };
      const asked = { run, request: { flow, toVersion, by } };
      return limits.run(signal, (alive) => rollBackFlow(ports, loader, asked, alive));
    },
  };
}

/** What was done is done; a controller that hears of it late finds it out by itself. */
async function askForRun(
  { triggers, clock, log }: AppPorts,
  org: OrgName,
  by: string,
): Promise<void> {
  try {
    await triggers.accept([{ org, reason: 'person', at: clock.now(), by }]);
  } catch (thrown) {
    const { code, message } = reportedError(thrown);
    log.warn('no run could be asked for', { org, code, reason: message });
  }
}
