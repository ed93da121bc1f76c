import type { OrgStatusView } from '../app/read-status.ts';
import { asFlowkeeperError } from '../domain/errors.ts';
import { showText } from '../plan/show-value.ts';

/** What a watch of the status needs of the world. */
export interface StatusWatch {
  /** Undefined: nothing has moved since the last that was given. @throws git.* */
  readonly read: () => Promise<readonly OrgStatusView[] | undefined>;
  /** Resolves after the pause; false: the watch is to end. */
  readonly pause: () => Promise<boolean>;
  /** Shows all of it, each time. */
  readonly paint: (views: readonly OrgStatusView[]) => Promise<void>;
  /** Of a look that failed; the watch goes on. */
  readonly fail: (message: string) => Promise<void>;
}

/** Looks again and again until it is to end, and paints what has changed. A remote that is away is told once. */
export async function followStatus({ read, pause, paint, fail }: StatusWatch): Promise<void> {
  let failure: string | undefined;
  do {
    try {
      const views = await read();
      failure = undefined;
      if (views) await paint(views);
    } catch (error) {
      const { code, message } = asFlowkeeperError(error);
      if (!code.startsWith('git.') && !code.startsWith('deadline.')) throw error;
      if (failure !== code) await fail(`${message} [${code}]`);
      failure = code;
    }
  } while (await pause());
}

/** A line for each flow and org whose state is another than before: for a log, where nothing can be painted over. */
export function changedLines(
  before: readonly OrgStatusView[],
  after: readonly OrgStatusView[],
): readonly string[] {
  const known = new Map(before.map((view) => [view.name, view]));
  return after.flatMap((view) => {
    const old = known.get(view.name);
    const states = new Map(old?.flows.map(({ flowId, state }) => [flowId, state]));
    const flows = view.flows
      .filter(({ flowId, state }) => old !== undefined && states.get(flowId) !== state)
      .map(({ flowId, name, state, since }) => {
        const was = states.get(flowId);
        const from = was === undefined ? '' : ` (was ${was})`;
        return `${since}  ${view.name}  ${state}${from}  ${name ?? flowId}  ${flowId}`;
      });
    const left = new Set(view.flows.map(({ flowId }) => flowId));
    const gone = [...states.keys()].filter((flowId) => !left.has(flowId));
    const lines = [
      ...(isSameOrg(old, view) && flows.length + gone.length === 0 ? [] : [orgLine(view)]),
      ...flows,
      ...gone.map((flowId) => `${view.name}  no longer described  ${flowId}`),
    ];
    return lines.map((line) => showText(line));
  });
}

function isSameOrg(old: OrgStatusView | undefined, { org, flows }: OrgStatusView): boolean {
  return old !== undefined && old.org?.state === org?.state && old.flows.length === flows.length;
}

function orgLine({ name, org, flows }: OrgStatusView): string {
  const counts = Map.groupBy(flows, ({ state }) => state);
  const summary = [...counts].map(([state, some]) => `${String(some.length)} ${state}`).join(', ');
  const reason = org?.reason === undefined ? '' : `  ${org.reason}`;
  return `${name}  ${org?.state ?? 'unknown'}  ${summary === '' ? 'no flow recorded yet' : summary}${reason}`;
}
