import type { PreparedRevert } from '../../app/prepare-revert.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText, showValue } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';

export type RevertOptions = CommonOptions & {
  readonly folder?: string;
  readonly branch?: string;
};

/** Exit 2 when something of what was asked for is not in the commit. */
export async function runRevert(io: Io, what: string, options: RevertOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const { folder, branch } = options;
    const request = {
      what,
      env: io.env,
      ...orgsOf(options),
      ...(folder !== undefined && { folder }),
      ...(branch !== undefined && { branch }),
    };
    const prepared = await app.prepareRevert(request, io.signal);
    progress.close();
    await write(io.stdout, render(prepared, options.output));
    return prepared.commit && prepared.skipped.length === 0 ? 0 : 2;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(prepared: PreparedRevert, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(prepared as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(prepared as unknown as JsonObject);
  const { commit, folder, flows, skipped } = prepared;
  const lines = [
    commit
      ? `${commit.branch} in ${folder}: ${commit.revision.slice(0, 10)} ${commit.subject}`
      : 'nothing was made',
    ...flows.flatMap(({ org, name, file, fields, isRemoved }) => [
      `  ${name} in ${org}, ${file}`,
      ...fields.map(
        ({ path, live, desired }) => `    ${path}: ${showValue(live)} -> ${showValue(desired)}`,
      ),
      ...(isRemoved === true
        ? ['    git does not describe it any more, and the flow stays as it is']
        : []),
    ]),
    ...skipped.map(({ name, file, reason }) => `  ! ${name}, ${file}: ${reason}`),
    ...(commit
      ? [
          'next: push it and open a pull request; once it is merged, the revert goes before other work',
          `  git -C ${folder} push -u origin ${commit.branch}`,
        ]
      : []),
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}
