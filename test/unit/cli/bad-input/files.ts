import { FLOW, GOOD_FLOW, HEAD, POLICY, flow, policy } from './row.ts';
import type { BadInput } from './row.ts';

const OTHER = 'desired-state/acme/flows/sales.yaml';
const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
settings: { deep: { all: [*c,*c,*c,*c,*c,*c,*c,*c,*c] } }
`;

/** What can be wrong with the text of a file. */
export const BAD_TEXTS: readonly BadInput[] = [
  flow('a tab as indentation', 'settings:\n\trouting: {}\n'),
  flow('a key twice', 'mode: report\nmode: enforce\n'),
  flow('a quote that does not end', 'description: "no end\n'),
  flow('a brace that does not end', 'settings: { routing: {\n'),
  flow('indentation that jumps', 'settings:\n  routing: {}\n configurationMatrix: {}\n'),
  flow('a colon in plain text', 'description: before: after\n'),
  flow(
    'marks of a merge conflict',
    '<<<<<<< HEAD\nmode: report\n=======\nmode: enforce\n>>>>>>> main\n',
  ),
  flow('two documents', '---\nmode: report\n'),
  { name: 'a directive', files: { [FLOW]: `%YAML 1.1\n---\n${GOOD_FLOW}` }, argv: ['validate'] },
  flow('an anchor and its alias', 'settings: { routing: &r {}, other: *r }\n'),
  flow('a bomb of aliases', BOMB),
  flow('a merge key', 'settings:\n  <<: { routing: {} }\n'),
  flow('a tag', 'description: !Ref Support\n'),
  flow('70 levels', `settings: ${'{ a: '.repeat(70)}1${' }'.repeat(70)}\n`),
  flow(
    'a number with more digits than are kept',
    'settings: { custom: { id: 12345678901234567890 } }\n',
  ),
  { name: 'an empty file', files: { [FLOW]: '' }, argv: ['validate'] },
  { name: 'comments alone', files: { [FLOW]: '# later\n' }, argv: ['validate'] },
  {
    name: 'UTF-16',
    files: { [FLOW]: Buffer.from(`\ufeff${GOOD_FLOW}`, 'utf16le') },
    argv: ['validate'],
  },
  {
    name: 'Latin-1',
    files: { [FLOW]: Buffer.from(`${HEAD}description: Büro\n`, 'latin1') },
    argv: ['validate'],
  },
  flow('a NUL', 'description: a\0b\n'),
  flow('a text of 300 KB', `description: ${'x'.repeat(300_000)}\n`),
  {
    name: 'a file of 100 MB',
    prepare: [{ large: OTHER, sizeBytes: 100 * 1024 * 1024 }],
    argv: ['validate'],
  },
  {
    name: 'a link out of the repository',
    prepare: [{ link: OTHER, to: '/etc/hostname' }],
    argv: ['validate'],
  },
  {
    name: 'a link for the folder of flows',
    files: { [FLOW]: undefined, [POLICY]: '{}\n' },
    prepare: [{ link: 'desired-state/acme/flows', to: '/etc' }],
    argv: ['validate'],
  },
  {
    name: 'names that differ in case alone',
    files: { 'desired-state/acme/flows/Support.yaml': GOOD_FLOW.replace('3f6d', '4f6d') },
    argv: ['validate'],
  },
];

/** What can be wrong with what a flow file says. */
export const BAD_FLOWS: readonly BadInput[] = [
  { name: 'no flow', files: { [FLOW]: 'settings: {}\n' }, argv: ['validate'] },
  { name: 'a list', files: { [FLOW]: '- name: Support\n' }, argv: ['validate'] },
  { name: 'a flowId that is none', files: { [FLOW]: 'flowId: support\n' }, argv: ['validate'] },
  flow('a key that is not known', 'setings: {}\n'),
  flow('a block with a slip in its name', 'settings: { routng: {} }\n'),
  flow('text for a number', 'settings: { routing: { maxWaitTime: "600" } }\n'),
  flow('a duration for a number of seconds', 'settings: { routing: { maxWaitTime: 10m } }\n'),
  flow('a number below zero', 'settings: { routing: { maxWaitTime: -1 } }\n'),
  flow('a word that is not in the list', 'settings: { scopeDirectives: { applyTo: [queues] } }\n'),
  flow('a word twice', 'settings: { scopeDirectives: { applyTo: [queue, queue] } }\n'),
  flow('a mode that is none', 'mode: dry-run\n'),
  flow('a suspension without a reason', 'suspend: { by: ops }\n'),
  flow('a date that is none', 'suspend: { reason: x, until: 2026-02-30 }\n'),
  flow('an instant without its zone', 'suspend: { reason: x, until: "2026-02-03T10:00" }\n'),
  flow('a field to ignore without its slash', 'ignore: [{ path: routing.maxWaitTime }]\n'),
  flow('a dependency that nobody describes', 'dependsOn: [4f6d1c52-8a0e-4b7b-9d4e-2c1a5e7f9b01]\n'),
  flow('a dependency on itself', 'dependsOn: [3f6d1c52-8a0e-4b7b-9d4e-2c1a5e7f9b01]\n'),
  flow('extends of a file that is not there', 'extends: ../../_shared/ivr.yaml\n'),
  flow('extends out of the folder', 'extends: ../../../../../etc/passwd.yaml\n'),
  flow('extends of an absolute path', 'extends: /etc/passwd\n'),
  flow('extends of itself', 'extends: support.yaml\n'),
  {
    name: 'extends of a policy',
    files: { [FLOW]: `${HEAD}extends: ../policy.yaml\n`, [POLICY]: 'mode: report\n' },
    argv: ['validate'],
  },
  { name: 'two files for one flow', files: { [OTHER]: GOOD_FLOW }, argv: ['validate'] },
  {
    name: 'a flow file beside flows/',
    files: { 'desired-state/acme/support.yaml': GOOD_FLOW, [FLOW]: undefined, [POLICY]: '{}\n' },
    argv: ['validate'],
  },
];

/** What can be wrong with what a policy says. */
export const BAD_POLICIES: readonly BadInput[] = [
  policy('a key that is not known', 'massChanges: {}\n'),
  policy('a duration in words', 'interval: 5 minutes\n'),
  policy('a duration without its unit', 'interval: 300\n'),
  policy('a duration that is too short', 'interval: 10ms\n'),
  policy('a share in per cent', 'massChange: { maxShare: 30 }\n'),
  policy('a cron line of six fields', 'report: { schedule: "0 0 7 * * 1-5" }\n'),
  policy('a cron line with a slip', 'report: { schedule: "0 7 * * MONN" }\n'),
  policy('a time zone that is none', 'report: { timezone: Europe/Berln }\n'),
  policy(
    'a window that ends before it begins',
    'freeze: [{ name: x, from: 2026-12-20, until: 2026-12-01 }]\n',
  ),
  policy('a window without its end', 'freeze: [{ name: x, from: 2026-12-20 }]\n'),
  policy(
    'a window of both kinds',
    'freeze: [{ name: x, from: 2026-12-20, until: 2026-12-24, cron: "0 1 * * *", duration: 1h }]\n',
  ),
  policy(
    'an override of a window that is not there',
    'freeze: [{ name: x, from: 2026-12-20, until: 2026-12-24 }]\nfreezeOverrides: [{ name: y, windows: [z], until: 2026-12-22, reason: r, by: ops }]\n',
  ),
  {
    name: 'two policies',
    files: { [POLICY]: '{}\n', 'desired-state/acme/policy.yml': '{}\n' },
    argv: ['validate'],
  },
];
