import { resolveExtends } from '../config/desired-path.ts';
import type { DesiredFolder } from './desired-folder.ts';

/** Files that extend this one, or one that does; sorted. */
export function filesThatExtend(
  { directory, parsed }: Pick<DesiredFolder, 'directory' | 'parsed'>,
  file: string,
): readonly string[] {
  const baseOf = new Map(
    [...parsed].flatMap(([path, said]) => {
      const base =
        (said.kind === 'flow' || said.kind === 'base') && said.extends
          ? resolveExtends(directory, path, said.extends.path)
          : undefined;
      return base === undefined ? [] : [[path, base] as const];
    }),
  );
  const found = new Set([file]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const [path, base] of baseOf) if (found.has(base)) found.add(path);
  }
  found.delete(file);
  return [...found].sort();
}
