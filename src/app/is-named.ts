import type { DesiredFlow } from '../domain/flow.ts';

/** Whether a person means this flow: by id in any case, by exact name, or by the path of its file. */
export function isNamed(
  named: string,
): (flow: Pick<DesiredFlow, 'flowId' | 'name' | 'file'>) => boolean {
  return ({ flowId, name, file }) =>
    flowId === named.toLowerCase() || name === named || file === named;
}
