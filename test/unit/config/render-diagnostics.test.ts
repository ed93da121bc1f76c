import { expect, test } from '@jest/globals';
import { renderDiagnostics } from '../../../src/config/render-diagnostics.ts';
import type { Diagnostic } from '../../../src/domain/diagnostic.ts';

const aDiagnostic = (over: Partial<Diagnostic>): Diagnostic => ({
  file: 'a.yaml',
  line: 1,
  column: 1,
  code: 'schema.violation',
  message: 'm',
  ...over,
});

test('one line each, sorted by file, line and column as numbers, hints below', () => {
  const text = renderDiagnostics([
    aDiagnostic({ file: 'b.yaml' }),
    aDiagnostic({ line: 10, hint: 'Do this.' }),
    aDiagnostic({ line: 9, column: 10 }),
    aDiagnostic({ line: 9, column: 9, code: 'yaml.syntax' }),
  ]);
  expect(text).toBe(
    [
      'a.yaml:9:9: m [yaml.syntax]',
      'a.yaml:9:10: m [schema.violation]',
      'a.yaml:10:1: m [schema.violation]',
      '  Do this.',
      'b.yaml:1:1: m [schema.violation]',
      '',
    ].join('\n'),
  );
});

test('nothing is rendered as nothing', () => {
  expect(renderDiagnostics([])).toBe('');
});

test('a file name can neither begin a line nor speak to the terminal', () => {
  const text = renderDiagnostics([aDiagnostic({ file: 'a\n::error::x\u001b[31m.yaml' })]);
  expect(text).toBe('a ::error::x [31m.yaml:1:1: m [schema.violation]\n');
});
