import type { ConfigPart } from '../app/init-checks.ts';
import { faultOfAnswers } from '../app/check-answers.ts';
import type { ConfigAnswers } from '../app/describe-config.ts';
import { usageError } from '../domain/usage-error.ts';
import type { Check } from '../engine/doctor/check.ts';
import { checkLines } from './render-checks.ts';

/** Answers so far. */
export type Draft = Partial<ConfigAnswers>;

export interface Question {
  readonly key: keyof ConfigAnswers;
  readonly flag: string;
  readonly text: string;
  /** What an empty line means. */
  readonly byDefault?: string;
  /** An empty line means none. */
  readonly isOptional?: true;
  /** What is tried as soon as this one is answered. */
  readonly thenTry?: ConfigPart;
}

export type Ask = (question: Question) => Promise<string>;

/** In the order in which they are asked; each part is tried once its last question is answered. */
export const QUESTIONS: readonly Question[] = [
  {
    key: 'repository',
    flag: '--repository',
    text: 'The git repository of the desired state (https, ssh, or a path)',
  },
  { key: 'branch', flag: '--branch', text: 'The branch that is the truth', byDefault: 'main' },
  {
    key: 'gitTokenEnv',
    flag: '--git-token-env',
    text: 'The environment variable with the token that reads it (empty: none is needed)',
    isOptional: true,
  },
  {
    key: 'pushTokenEnv',
    flag: '--push-token-env',
    text: 'The variable with the token that pushes the status branch (empty: the same)',
    isOptional: true,
    thenTry: 'git',
  },
  { key: 'org', flag: '--org', text: 'A name for the org, of its folder in the repository' },
  {
    key: 'environment',
    flag: '--environment',
    text: "The address of the org's API",
    byDefault: 'https://api.mypurecloud.com',
  },
  { key: 'orgId', flag: '--org-id', text: "The org's id (a UUID)" },
  {
    key: 'clientId',
    flag: '--client-id',
    text: 'The id of the OAuth client',
    byDefault: '${GENESYS_CLIENT_ID}',
  },
  {
    key: 'clientSecretEnv',
    flag: '--client-secret-env',
    text: 'The environment variable with its secret',
    byDefault: 'GENESYS_CLIENT_SECRET',
    thenTry: 'org',
  },
];

/** A variable for the secret that was not asked for yet; whoever tries a config sets it. */
export const LATER_SECRET = 'FLOWKEEPER_LATER';

/** Stands for what was not asked yet while a part is tried. */
const LATER: ConfigAnswers = {
  repository: '.',
  branch: 'main',
  org: 'later',
  environment: 'https://later.invalid',
  orgId: '00000000-0000-4000-8000-000000000000',
  clientId: 'later',
  clientSecretEnv: LATER_SECRET,
};

interface Asking {
  readonly ask: Ask;
  readonly check: (
    answers: ConfigAnswers,
    parts: readonly ConfigPart[],
  ) => Promise<readonly Check[]>;
  readonly tell: (text: string) => Promise<void>;
}

/**
 * Asks what is not given. An answer that cannot stand in a config is asked for again, and so are those of a part that
 * was tried and failed: then what was answered is the default.
 *
 * @throws cli.usage for a given answer that cannot stand in a config
 */
export async function askAnswers(
  given: Draft,
  asking: Asking,
): Promise<{ readonly answers: ConfigAnswers; readonly checks: readonly Check[] }> {
  const answers = new Map<keyof ConfigAnswers, string>();
  const checks: Check[] = [];
  let group: Question[] = [];
  for (const question of QUESTIONS) {
    group.push(question);
    await answer(question, answers, given, asking);
    const { thenTry } = question;
    if (thenTry === undefined) continue;
    checks.push(...(await tryPart(thenTry, group, answers, { given, asking })));
    group = [];
  }
  const all = Object.fromEntries(answers) as unknown as ConfigAnswers;
  return { answers: all, checks: [...checks, ...(await asking.check(all, ['state']))] };
}

type Answers = Map<keyof ConfigAnswers, string>;

async function answer(
  question: Question,
  answers: Answers,
  given: Draft,
  { ask, tell }: Asking,
): Promise<void> {
  const { key, isOptional } = question;
  const known = given[key];
  if (known !== undefined) {
    answers.set(key, accepted(question, known));
    return;
  }
  const before = answers.get(key);
  const asked = before === undefined ? question : { ...question, byDefault: before };
  for (;;) {
    const value = meantBy(await ask(asked), asked);
    if (value === undefined && isOptional) {
      answers.delete(key);
      return;
    }
    const fault = value === undefined ? 'an answer is needed' : faultOfAnswers({ [key]: value });
    if (fault === undefined && value !== undefined) {
      answers.set(key, value);
      return;
    }
    await tell(`  ${fault ?? ''}\n`);
  }
}

/** An empty line is the default, and `-` takes an optional answer back. */
function meantBy(line: string, { byDefault, isOptional }: Question): string | undefined {
  const said = line.trim();
  if (said === '') return byDefault;
  return said === '-' && isOptional === true ? undefined : said;
}

/** @throws cli.usage when it cannot stand in a config */
function accepted({ key, flag }: Question, value: string): string {
  const fault = faultOfAnswers({ [key]: value });
  if (fault === undefined) return value;
  throw usageError(`${flag}: ${fault}`, 'Correct it, and run the command again.');
}

/** Until it works, or the person wants to go on as it is. */
async function tryPart(
  part: ConfigPart,
  questions: readonly Question[],
  answers: Answers,
  { given, asking }: { readonly given: Draft; readonly asking: Asking },
): Promise<readonly Check[]> {
  for (;;) {
    const all = { ...LATER, ...Object.fromEntries(answers) };
    const checks = await asking.check(all, [part]);
    const hasFailed = checks.some(({ result }) => result === 'fail');
    const open = questions.filter(({ key }) => given[key] === undefined);
    if (!hasFailed || open.length === 0) return checks;
    await asking.tell(
      checks
        .flatMap(checkLines)
        .map((line) => `${line}\n`)
        .join(''),
    );
    await asking.tell('Once more (an empty line keeps the answer, Ctrl-C ends):\n');
    for (const question of open) await answer(question, answers, given, asking);
  }
}
