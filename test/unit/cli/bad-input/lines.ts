import { CONFIG, FLOW, GOOD_CONFIG, config, line } from './row.ts';
import type { BadInput } from './row.ts';

/** What can be wrong with the config and the environment. */
export const BAD_CONFIGS: readonly BadInput[] = [
  { name: 'no config', files: { [CONFIG]: undefined }, argv: ['plan'] },
  { name: 'a folder for a config', argv: ['plan', '--config', 'desired-state'] },
  config('an empty config', ''),
  config('no orgs', 'source: { repository: . }\n'),
  config('a key that is not known', ['source:', 'sources:']),
  config('a variable that is not set', ['not-so-secret', '${ACME_SECRET}']),
  config('a variable that is empty', ['not-so-secret', '${ACME_SECRET}'], { ACME_SECRET: '' }),
  config('a variable without its end', ['not-so-secret', '"${ACME_SECRET"']),
  config('a variable in a map without quotes', [
    '{ repository: . }',
    '{ repository: ., token: ${TOKEN} }',
  ]),
  config('an address without https', ['http://127.0.0.1:9', 'http://api.mypurecloud.com']),
  config('an address without a scheme', ['http://127.0.0.1:9', 'api.mypurecloud.com']),
  config('an address with a password', [
    'http://127.0.0.1:9',
    'https://me:hunter2@api.mypurecloud.com',
  ]),
  config('an orgId that is none', ['0b1e5f0c-', '0b1e5f0c']),
  config('a backend that is none', ['architect-settings', 'architect']),
  config('a backend that comes later', ['architect-settings', 'genesys-cloud']),
  config('a password in the address of the repository', [
    'repository: .',
    'repository: https://me:hunter2@git.example.com/x.git',
  ]),
  config('a branch name that git refuses', [
    'repository: .',
    'repository: ., branch: "my branch..x"',
  ]),
  config('a duration that is none', ['repository: .', 'repository: ., poll: often']),
  config('the status on the watched branch', `${GOOD_CONFIG}status: { branch: main }\n`),
  config(
    'an address that others reach, without a token',
    `${GOOD_CONFIG}server: { listen: "0.0.0.0:8080" }\n`,
  ),
  config('a port beyond the last', `${GOOD_CONFIG}server: { listen: "127.0.0.1:80800" }\n`),
  config('a state that comes later', `${GOOD_CONFIG}state: { postgres: "postgres://x" }\n`),
];

/** What can be wrong with a line. */
export const BAD_LINES: readonly BadInput[] = [
  line('a command with a slip', 'recncile'),
  line('a command of another tool', 'apply'),
  line('a flag with a slip', 'plan', '--outptu', 'json'),
  line('a format that is none', 'plan', '--output', 'xml'),
  line('two flags that do not go together', 'plan', '--quiet', '--verbose'),
  line('no flow', 'accept'),
  line('an argument too many', 'status', 'Customer', 'Support'),
  line('a word for a number', 'simulate', '--port', 'http'),
  line('an org that the config has not', 'plan', '--org', 'acne'),
  line('a time that is none', 'explain', '--at', 'christmas'),
  line('a time without its zone', 'explain', '--at', '2026-12-24T18:00'),
  line('a folder that is not there', 'validate', 'nowhere'),
  line('a file for a folder', 'validate', FLOW),
  {
    name: 'a folder without desired state',
    prepare: [{ folder: 'empty' }],
    argv: ['validate', 'empty'],
  },
  line('a shell that is none', 'completion', 'powershell'),
  line('a text that is not there', 'comment', 'plan.md', '--host', 'github'),
  { name: 'an empty text', files: { 'plan.md': ' \n' }, argv: ['comment', 'plan.md'] },
  {
    name: 'a pull request that nobody names',
    files: { 'plan.md': 'x' },
    argv: ['comment', 'plan.md'],
  },
  {
    name: 'a comment without a number',
    files: { 'plan.md': 'x' },
    env: { GITHUB_TOKEN: 'x' },
    argv: ['comment', 'plan.md', '--host', 'github', '--repository', 'acme/flows'],
  },
  {
    name: 'a comment to a host without https',
    files: { 'plan.md': 'x' },
    env: { GITLAB_TOKEN: 'x' },
    argv: ['comment', 'plan.md', '--host', 'gitlab', '--api', 'http://gitlab.example.com/api/v4'],
  },
  {
    name: 'faults that are no JSON',
    files: { 'faults.json': '{' },
    argv: ['simulate', '--faults', 'faults.json'],
  },
  line('an org to simulate that is not there', 'simulate', '--from', 'desired-state/acne'),
];

const COMMIT = ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', 'x'];
const REPOSITORY = [{ git: ['init', '-q', '-b', 'main'] }, { git: ['add', FLOW] }, { git: COMMIT }];

/** What can be wrong with git, the state folder and the org. */
export const BAD_WORLDS: readonly BadInput[] = [
  line('a folder that is no repository', 'plan'),
  {
    name: 'a repository without a commit',
    prepare: [{ git: ['init', '-q', '-b', 'main'] }],
    argv: ['plan'],
  },
  {
    name: 'another branch than the config names',
    prepare: [{ git: ['init', '-q', '-b', 'trunk'] }, ...REPOSITORY.slice(1)],
    argv: ['plan'],
  },
  {
    name: 'a revision that is not there',
    prepare: REPOSITORY,
    argv: ['plan', '--revision', 'feature/x'],
  },
  {
    name: 'a revision that is a flag',
    prepare: REPOSITORY,
    argv: ['plan', '--revision=--upload-pack=x'],
  },
  {
    name: 'a clone without the history',
    files: { [CONFIG]: GOOD_CONFIG.replace('repository: .', 'repository: shallow') },
    prepare: [
      ...REPOSITORY,
      { git: ['checkout', '-q', '-b', 'change'] },
      { git: [...COMMIT, '--allow-empty', '-m', 'y'] },
      { git: ['checkout', '-q', 'main'] },
      { git: [...COMMIT, '--allow-empty'] },
      { git: ['clone', '-q', '--depth', '1', '--no-single-branch', `file://FOLDER`, 'shallow'] },
    ],
    argv: ['plan', '--base', 'main', '--revision', 'origin/change'],
  },
  {
    name: 'a state folder that is a file',
    files: { [CONFIG]: `${GOOD_CONFIG}state: { directory: ${FLOW} }\n` },
    prepare: REPOSITORY,
    argv: ['plan'],
  },
  {
    name: 'a state file that is none',
    files: { '.flowkeeper/state.db': 'x'.repeat(8192) },
    prepare: REPOSITORY,
    argv: ['plan'],
  },
  { name: 'an org that cannot be reached', prepare: REPOSITORY, argv: ['plan', '--quiet'] },
  { name: 'a flow that nobody knows', prepare: REPOSITORY, argv: ['status', 'Nobody'] },
  { name: 'a flow to retry that nobody knows', prepare: REPOSITORY, argv: ['retry', 'Nobody'] },
  {
    name: 'export without a clone',
    files: {
      [CONFIG]: GOOD_CONFIG.replace('repository: .', 'repository: "https://git.example.com/x.git"'),
    },
    argv: ['export'],
  },
];
