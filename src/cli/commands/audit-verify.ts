import { verifyAudits } from '../../app/verify-audits.ts';
import type { AuditVerificationDocument } from '../../app/verify-audits.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { AuditVerification } from '../../domain/verify-audit.ts';
import { renderJson, renderYaml } from '../../plan/render-document.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { openApp } from '../open-app.ts';
import type { CommonOptions } from '../options.ts';

/** One change can leave a fault on every line after it. */
const MAX_LISTED = 50;

/** Exit 0 when every chain of audit records is whole, else 1. */
export async function runAuditVerify(io: Io, options: CommonOptions): Promise<ExitCode> {
  const { app, progress } = await openApp(io, options);
  try {
    const document = await verifyAudits(app, options.org, io.signal);
    progress.close();
    await write(io.stdout, render(document, options.output));
    return document.isWhole ? 0 : 1;
  } finally {
    progress.close();
    await app.close();
  }
}

function render(document: AuditVerificationDocument, output: CommonOptions['output']): string {
  if (output === 'json') return renderJson(document as unknown as JsonObject);
  if (output === 'yaml') return renderYaml(document as unknown as JsonObject);
  const { orgs, branch, revision, isWhole } = document;
  const lines = orgs.flatMap(renderOrg);
  const at = revision === null ? 'does not exist yet' : `at ${revision.slice(0, 10)}`;
  lines.push(`${branch} ${at}: ${isWhole ? 'every record is as it was written' : 'tampered with'}`);
  if (!isWhole)
    lines.push(`next: \`git log -p ${branch} -- audit\` shows which commit changed those lines`);
  return `${lines.join('\n')}\n`;
}

function renderOrg(verified: AuditVerification): string[] {
  const { org, isWhole, faults } = verified;
  const listed = faults
    .slice(0, MAX_LISTED)
    .map(
      ({ file, line, kind, message }) =>
        `  ${showText(file)}:${String(line)}: ${showText(message)} [${kind}]`,
    );
  const more = faults.length - listed.length;
  return [
    `${showText(org)}  ${isWhole ? 'whole' : 'broken'}  ${summaryOf(verified)}`,
    ...listed,
    ...(more > 0 ? [`  … and ${String(more)} more; --output json has them all`] : []),
  ];
}

function summaryOf({ records, files, heads, end }: AuditVerification): string {
  if (!end) return 'no record';
  const chain = `${counted(records, 'record')} in ${counted(files, 'month')}`;
  const last = `the last is ${String(end.seq)} of ${showText(end.timestamp)}`;
  return `${chain}, ${last}; ${counted(heads, 'commit')} published them`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}
