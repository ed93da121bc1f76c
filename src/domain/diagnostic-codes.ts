/** Every code of a `Diagnostic`, with what it means and what to do; docs/errors.md is made from this. */
export const DIAGNOSTIC_CATALOG = {
  'yaml.syntax': 'The text is not YAML, or not one document. Mend the line that is named.',
  'yaml.forbidden':
    'The YAML uses something that is refused here: anchors and aliases, custom tags, `%YAML 1.1`, more than 64 levels, several documents. Write it out plainly.',
  'yaml.number':
    'An integer beyond 2^53 would silently lose digits. Write it in quotes if the service takes text.',
  'schema.violation': 'A value is not what the schema allows there.',
  'schema.unknown-key': 'The key is not known. Mostly a typing slip: see "did you mean".',
  'config.unset-variable': 'The config names ${NAME}, and the environment has no NAME. Set it.',
  'config.invalid': 'Two values of the config do not go together.',
  'desired.no-identity': 'A flow file needs `flowId`, or `name` where one live flow bears it.',
  'desired.duplicate-flow': 'Two files of an org name the same flow. Keep one.',
  'desired.extends-missing': '`extends` names a file that the repository does not have.',
  'desired.extends-cycle': '`extends` comes back to the file it started from.',
  'desired.extends-invalid': 'A file under `extends` has faults of its own; mend them first.',
  'desired.extends-outside': '`extends` leaves the desired-state directory.',
  'desired.depends-cycle': '`dependsOn` comes back to the flow it started from.',
  'desired.depends-unknown': '`dependsOn` names a flow that no file of this org describes.',
  'desired.unknown-org': 'A folder of the desired state is not an org of the config.',
  'desired.misplaced':
    'The file describes a flow and does not stand below `flows/`, so that nothing reads it. Move it there.',
  'desired.name-mismatch':
    '`flowId` and `name` disagree with the live flow. Nothing is renamed or guessed: correct one of them.',
  'desired.name-ambiguous': 'Several live flows bear this name. Write the `flowId`.',
  'desired.ignore-expired': 'An `ignore` entry has run out. Remove it, or give it a new date.',
  'desired.ignore-unused': 'An `ignore` entry matches no declared field. Remove it.',
  'policy.override-expired':
    'An entry of `freezeOverrides` has run out: its windows hold again. Remove it, or give it a new date.',
  'source.symlink': 'Symbolic links are not followed. Put the file itself there.',
  'source.submodule': 'Submodules are not read. Put the files themselves there.',
  'source.bad-path': 'The path has a part that is refused (`..`, `.git`, a control character).',
  'source.too-large': 'A desired-state file is larger than 256 KiB.',
  'source.case-collision': 'Two paths differ only in upper and lower case. Rename one.',
  'source.not-utf8': 'The file is not UTF-8 text.',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CATALOG;
