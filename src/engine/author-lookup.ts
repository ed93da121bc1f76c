import { asFlowkeeperError } from '../domain/errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { FlowRun } from './flow-task.ts';

/** Asks git who last changed a file up to a revision. A history that does not tell never holds up a record. */
export function makeAuthorLookup(
  ports: Pick<Ports, 'source' | 'log'>,
  signal: AbortSignal,
): FlowRun['authorOf'] {
  return async (file, revision) => {
    try {
      // the tree is not asked for, so that its id may be left out
      const change = await ports.source.lastChange({ revision, treeId: undefined }, file, signal);
      return change?.author ?? null;
    } catch (error) {
      if (signal.aborted) throw error;
      const { code, message } = asFlowkeeperError(error);
      ports.log.warn('git does not tell who wrote a file', { file, code, reason: message });
      return null;
    }
  };
}
