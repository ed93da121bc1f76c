import type { ExitCode } from '../../domain/error-catalog.ts';
import type { Approval } from '../../engine/org-run.ts';
import { exitCodeOf, worstExitCode } from '../../engine/run-report.ts';
import { openApp } from '../open-app.ts';
import { wantsColour, write } from '../io.ts';
import type { Io } from '../io.ts';
import { orgsOf } from '../options.ts';
import type { CommonOptions } from '../options.ts';
import { systemUser } from '../system-user.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { renderRunText } from '../render-run.ts';
import { makeRunDocument } from '../run-document.ts';

const NOTICES_MS = 10_000;

export interface ReconcileOptions extends CommonOptions {
  readonly approve?: string;
  readonly by?: string;
}

/** One run of each org; prints what became of every flow that was not as git says. */
export async function runReconcile(io: Io, options: ReconcileOptions): Promise<ExitCode> {
  const { app, progress, renderFaults } = await openApp(io, options);
  try {
    const reports = await app.reconcile({ ...orgsOf(options), ...approvalOf(options) }, io.signal);
    progress.close();
    const colour = wantsColour(io, io.stdout);
    const text = {
      text: () => renderRunText(reports, { colour, renderFaults }),
      json: () => renderJson(makeRunDocument(reports)),
      yaml: () => renderYaml(makeRunDocument(reports)),
      markdown: () => renderRunText(reports, { colour: false, renderFaults }),
    }[options.output]();
    await write(io.stdout, text);
    // the run is over and told: what is slower than this waits for the next process
    await app.courier.drain(NOTICES_MS, io.signal);
    return worstExitCode(reports.map(exitCodeOf));
  } finally {
    progress.close();
    await app.close();
  }
}

function approvalOf({ approve: digest, by = systemUser() }: ReconcileOptions): {
  readonly approval?: Approval;
} {
  return digest === undefined ? {} : { approval: { digest, by } };
}
