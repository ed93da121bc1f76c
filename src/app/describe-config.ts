import type { OrgName } from '../domain/flow.ts';
import { inlineYaml } from '../config/write-yaml.ts';

/** What a first config needs to be told. */
export interface ConfigAnswers {
  readonly repository: string;
  readonly branch: string;
  /** Name of the variable with the token that reads the repository; undefined: it needs none. */
  readonly gitTokenEnv?: string;
  /** Name of the variable with the token that pushes the status branch; undefined: that of the source. */
  readonly pushTokenEnv?: string;
  readonly org: OrgName;
  readonly environment: string;
  readonly orgId: string;
  /** A text, or `${NAME}`. */
  readonly clientId: string;
  /** Name of the variable: a secret never stands in the file. */
  readonly clientSecretEnv: string;
}

/** A first flowkeeper.yaml, as a person would write it. Equal answers give equal bytes. */
export function describeConfig(answers: ConfigAnswers): string {
  const { repository, branch, gitTokenEnv, pushTokenEnv, org } = answers;
  return [
    '# The config of flowkeeper itself; not part of the repository that it watches. Every key: docs/config.md.',
    '# ${NAME} is taken from the environment, so that no secret stands here.',
    'source:',
    `  repository: ${inlineYaml(repository)}`,
    `  branch: ${inlineYaml(branch)}`,
    ...(gitTokenEnv === undefined ? [] : [`  token: \${${gitTokenEnv}}`]),
    'status:',
    '  branch: flowkeeper/status # what runs do is recorded here; never the watched branch',
    ...(pushTokenEnv === undefined ? [] : [`  token: \${${pushTokenEnv}}`]),
    'orgs:',
    `  ${inlineYaml(org)}: # the folder below desired-state/`,
    '    backend: architect-settings',
    `    environment: ${inlineYaml(answers.environment)}`,
    `    orgId: ${inlineYaml(answers.orgId)}`,
    `    clientId: ${clientIdYaml(answers.clientId)}`,
    `    clientSecret: \${${answers.clientSecretEnv}}`,
    'state:',
    '  directory: .flowkeeper # journal and caches; a local disk',
    '',
  ].join('\n');
}

function clientIdYaml(text: string): string {
  return /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/.test(text) ? text : inlineYaml(text);
}
