import { asFlowkeeperError } from '../domain/errors.ts';
import type { Revision } from '../domain/flow.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRun } from './flow-task.ts';
import type { TimeLimits } from './time-limits.ts';

/**
 * Asks git who last changed a file up to a revision; once for each, so that whoever will need the answer can ask
 * early and go on. A history that does not tell never holds up a record.
 */
export function makeAuthorLookup(
  ports: Pick<Ports, 'source' | 'log'>,
  limits: TimeLimits,
  signal: AbortSignal,
): FlowRun['authorOf'] {
  const asked = new Map<string, Promise<string | null>>();
  const ask = async (file: string, revision: Revision): Promise<string | null> => {
    try {
      // the tree is not asked for, so that its id may be left out
      const change = await limits.phase('look-up', signal, (alive) =>
        ports.source.lastChange({ revision, treeId: undefined }, file, alive),
      );
      return change?.author ?? null;
    } catch (error) {
      if (signal.aborted) throw error;
      const { code, message } = asFlowkeeperError(error);
      ports.log.warn('git does not tell who wrote a file', { file, code, reason: message });
      return null;
    }
  };
  return (file, revision) => {
    const key = `${revision}:${file}`;
    const known = asked.get(key);
    if (known) return known;
    const answer = ask(file, revision);
    // nobody may ever wait for it
    answer.catch(() => undefined);
    asked.set(key, answer);
    return answer;
  };
}
