import type { DiagnosticCode } from '../domain/diagnostic-codes.ts';

/** What to do about a fault whose message does not say it already, where nobody knows better. */
export const NEXT_STEPS: Partial<Readonly<Record<DiagnosticCode, string>>> = {
  'yaml.forbidden': 'Write it out plainly, in one document.',
  'desired.extends-missing':
    'Correct the path, which counts from the folder of this file, or add that file.',
  'desired.extends-outside': 'Name a file of the desired-state directory.',
  'desired.extends-cycle': 'Take `extends` out of one of them.',
  'desired.extends-invalid': 'Mend that file first, or name one that has `settings`.',
  'desired.depends-unknown': 'Describe that flow in a file of this org, or take the entry out.',
  'desired.depends-cycle': 'Take the entry out of one of them.',
  'source.symlink': 'Put the file itself there.',
  'source.submodule': 'Put the files themselves there.',
  'source.bad-path': 'Rename it.',
  'source.too-large': 'Keep to one flow in a file, and take out what is no setting.',
  'source.not-utf8': 'Save it again, with the encoding UTF-8.',
};
