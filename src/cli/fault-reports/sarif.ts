import { DIAGNOSTIC_CATALOG } from '../../domain/diagnostic-codes.ts';
import type { Diagnostic } from '../../domain/diagnostic.ts';
import type { JsonObject } from '../../domain/json.ts';
import { renderJson } from '../../plan/render-document.ts';

/** SARIF 2.1.0, which code scanning of GitHub and others take. */
export function renderSarif(diagnostics: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const rules = codes.map((id) => ({
    id,
    shortDescription: { text: id },
    fullDescription: { text: DIAGNOSTIC_CATALOG[id] },
    defaultConfiguration: { level: 'error' },
  }));
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'flowkeeper', version, rules } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The checkout.' } } },
        results: diagnostics.map((fault) => resultOf(fault, codes.indexOf(fault.code))),
      },
    ],
  };
  return renderJson(document);
}

function resultOf(
  { file, line, column, code, message, hint }: Diagnostic,
  ruleIndex: number,
): JsonObject {
  return {
    ruleId: code,
    ruleIndex,
    level: 'error',
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}
