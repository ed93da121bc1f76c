import type { Diagnostic } from '../../domain/diagnostic.ts';
import { sha256 } from '../../domain/hash.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson } from '../../plan/render-document.ts';

/**
 * A Code Quality report of GitLab, for `artifacts: reports: codequality`. A fault keeps its fingerprint when lines above
 * it come and go, so that GitLab can tell new ones from old ones.
 */
export function renderGitlab(diagnostics: readonly Diagnostic[]): string {
  const seen = new Map<string, number>();
  const issues = diagnostics.map(({ file, line, code, message, hint }): JsonObject => {
    const what = `${file}\n${code}\n${message}`;
    const nth = seen.get(what) ?? 0;
    seen.set(what, nth + 1);
    return {
      description: hint === undefined ? message : `${message} ${hint}`,
      check_name: code,
      fingerprint: sha256(`${what}\n${String(nth)}`),
      severity: 'blocker',
      location: { path: file, lines: { begin: line } },
    };
  });
  return renderJson(issues as unknown as JsonObject);
}
