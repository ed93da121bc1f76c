import { promoteFlow } from '../../app/promote-flow.ts';
import type { Promoted } from '../../app/promote-flow.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { CommonOptions } from '../options.ts';

export interface PromoteOptions extends Omit<CommonOptions, 'org'> {
  readonly from: string;
  readonly to: string;
  readonly folder?: string;
}

/** Exit 2 when the file cannot be edited without losing a comment. */
export async function runPromote(io: Io, flow: string, options: PromoteOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const { from, to, folder } = options;
    const place = folder === undefined ? {} : { folder };
    const promoted = await promoteFlow(app, { flow, from, to, now: Date.now(), ...place });
    progress.close();
    await write(io.stdout, render(promoted, options.output));
    return promoted.untouched === undefined ? 0 : 2;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(promoted: Promoted, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(promoted as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(promoted as unknown as JsonObject);
  const { name, from, to, isNew, fields, kept, untouched, folder } = promoted;
  const lines = [
    `${name}: ${from.file} -> ${to.file}${isNew ? ' (new)' : ''}`,
    ...(untouched === undefined ? [] : [`  ! left as it is: ${untouched}`]),
    ...fields.map(
      ({ path, live, desired }) => `  ${path}: ${showValue(live)} -> ${showValue(desired)}`,
    ),
    ...kept.map((path) => `  ${path} stays: only ${to.org} declares it`),
    ...(fields.length > 0
      ? [
          'next: look at it, commit it on a branch, and open a pull request',
          `  git -C ${folder} diff`,
        ]
      : untouched === undefined
        ? [`  nothing to do: ${to.org} says the same`]
        : []),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}
