import type { Diagnostic } from '../../domain/diagnostic.ts';
import { showText } from '../../plan/show-value.ts';

export interface CheckedOrg {
  readonly name: string;
  /** Paths of its files, faulty or not. */
  readonly files: readonly string[];
}

/** JUnit XML: a suite for each org, a case for each file, a failure for each faulty one. */
export function renderJunit(
  orgs: readonly CheckedOrg[],
  diagnostics: readonly Diagnostic[],
): string {
  const ofFile = Map.groupBy(diagnostics, ({ file }) => file);
  const known = new Set(orgs.flatMap(({ files }) => files));
  const others = [...ofFile.keys()].filter((file) => !known.has(file));
  const suites = [
    ...orgs,
    ...(others.length > 0 ? [{ name: 'shared files', files: others }] : []),
  ].map(({ name, files }) => suiteOf(name, files, ofFile));
  const failed = String(ofFile.size);
  const total = String(known.size + others.length);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="flowkeeper validate" tests="${total}" failures="${failed}" errors="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(
  name: string,
  files: readonly string[],
  ofFile: ReadonlyMap<string, readonly Diagnostic[]>,
): string {
  const failures = files.filter((file) => ofFile.has(file)).length;
  const head = `tests="${String(files.length)}" failures="${String(failures)}" errors="0" skipped="0"`;
  return [
    `  <testsuite name="${xml(name)}" ${head}>`,
    ...files.map((file) => caseOf(name, file, ofFile.get(file) ?? [])),
    '  </testsuite>',
  ].join('\n');
}

function caseOf(suite: string, file: string, faults: readonly Diagnostic[]): string {
  const head = `    <testcase classname="${xml(suite)}" name="${xml(file)}" file="${xml(file)}" time="0"`;
  const [first] = faults;
  if (!first) return `${head}/>`;
  const lines = faults.map(
    ({ line, column, message, code }) =>
      `${file}:${String(line)}:${String(column)}: ${message} [${code}]`,
  );
  return [
    `${head}>`,
    `      <failure type="${first.code}" message="${xml(first.message)}">${lines.map(xml).join('\n')}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** XML has no way to write most control characters: they are shown instead. */
function xml(text: string): string {
  return showText(text).replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
