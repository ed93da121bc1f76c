import { makeAppLog } from '../../app/app-log.ts';
import { checkNewConfig } from '../../app/init-checks.ts';
import type { ConfigPart } from '../../app/init-checks.ts';
import { refuseToOverwrite, writeFirstFiles } from '../../app/init-files.ts';
import type { WrittenFiles } from '../../app/init-files.ts';
import { describeConfig } from '../../app/describe-config.ts';
import type { ConfigAnswers } from '../../app/describe-config.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { usageError } from '../../domain/usage-error.ts';
import { exitCodeOfChecks } from '../../engine/doctor/check.ts';
import type { Check } from '../../engine/doctor/check.ts';
import { showText } from '../../plan/show-value.ts';
import { askAnswers, LATER_SECRET, QUESTIONS } from '../ask-answers.ts';
import type { Draft, Ask } from '../ask-answers.ts';
import { makeAsker } from '../asker.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';
import { levelOf } from '../open-app.ts';
import { checkLines } from '../render-checks.ts';

export interface InitOptions {
  readonly repository?: string;
  readonly branch?: string;
  readonly gitTokenEnv?: string;
  readonly pushTokenEnv?: string;
  readonly org?: string;
  readonly environment?: string;
  readonly orgId?: string;
  readonly clientId?: string;
  readonly clientSecretEnv?: string;
  readonly folder?: string;
  readonly force?: boolean;
  /** False: `--no-check`. */
  readonly check: boolean;
  readonly verbose?: boolean;
}

/** Asks what a config needs, or takes it from flags; tries it; writes it. Nothing is written when something of it fails. */
export async function runInit(io: Io, file: string, options: InitOptions): Promise<ExitCode> {
  const { force = false, folder } = options;
  await refuseToOverwrite(file, force);
  const given = givenOf(options);
  const check = (answers: ConfigAnswers, parts: readonly ConfigPart[]) =>
    options.check ? checkAnswers(io, { file, ...options }, answers, parts) : Promise.resolve([]);
  const found = await answersOf(io, given, check);
  const { answers, checks } = found;
  await write(
    io.stdout,
    checks
      .flatMap(checkLines)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const exitCode = exitCodeOfChecks(checks);
  if (exitCode !== 0) {
    await write(
      io.stderr,
      `flowkeeper: nothing was written. Mend what failed, or \`--no-check\` writes ${file} all the same\n`,
    );
    return exitCode;
  }
  const text = describeConfig(answers);
  const first = { file, text, force, answers, ...(folder !== undefined && { folder }) };
  const written = await writeFirstFiles(first);
  await write(io.stdout, summaryOf(written, answers));
  return 0;
}

type CheckParts = (
  answers: ConfigAnswers,
  parts: readonly ConfigPart[],
) => Promise<readonly Check[]>;

interface Found {
  readonly answers: ConfigAnswers;
  readonly checks: readonly Check[];
}

/** From flags alone where nobody can be asked. */
async function answersOf(io: Io, given: Draft, check: CheckParts): Promise<Found> {
  if (io.stdin?.isTTY === true) {
    const asker = makeAsker(io.stdin, io.stderr, io.signal);
    try {
      const ask: Ask = (question) => asker.ask(question);
      return await askAnswers(given, { ask, check, tell: (text) => write(io.stderr, text) });
    } finally {
      asker.close();
    }
  }
  const missing = QUESTIONS.filter(
    ({ key, isOptional }) => !isOptional && given[key] === undefined,
  );
  const needed = missing.filter(({ byDefault }) => byDefault === undefined);
  if (needed.length > 0) {
    const flags = needed.map(({ flag }) => flag).join(', ');
    throw usageError(
      `init needs ${flags}, since there is no terminal to ask at`,
      'Give them, or run it in a terminal.',
    );
  }
  const answers = await askAnswers(given, {
    ask: ({ byDefault = '' }) => Promise.resolve(byDefault),
    check: () => Promise.resolve([]),
    tell: () => Promise.resolve(),
  });
  return {
    answers: answers.answers,
    checks: await check(answers.answers, ['git', 'org', 'state']),
  };
}

function givenOf(options: InitOptions): Draft {
  const entries = QUESTIONS.flatMap(({ key }) => {
    const value = options[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function checkAnswers(
  io: Io,
  { file, verbose }: InitOptions & { readonly file: string },
  answers: ConfigAnswers,
  parts: readonly ConfigPart[],
): Promise<readonly Check[]> {
  const level = levelOf(io, { verbose: verbose === true });
  const tried = {
    file,
    text: describeConfig(answers),
    env: { [LATER_SECRET]: 'not-asked-for-yet', ...io.env },
    logOf: (config: Parameters<typeof makeAppLog>[0]) =>
      makeAppLog(config, { level, stream: io.stderr }),
    parts,
  };
  return checkNewConfig(tried, io.signal);
}

function summaryOf(
  { config, root, policy }: WrittenFiles,
  { org, repository }: ConfigAnswers,
): string {
  const flag = config === 'flowkeeper.yaml' ? '' : ` --config ${config}`;
  const clone = root ?? 'CLONE';
  const lines = [
    `${config} written`,
    ...(policy === undefined
      ? []
      : [`${root ?? ''}/${policy} written: mode report, nothing is written to ${org}`]),
    'next:',
    ...(root === undefined ? [`  git clone ${repository} CLONE`] : []),
    `  flowkeeper export ${clone}${flag}`,
    `  git -C ${clone} add -A && git -C ${clone} commit -m 'Describe ${org}' && git -C ${clone} push`,
    `  flowkeeper plan${flag}`,
  ];
  return lines.map((line) => `${showText(line)}\n`).join('');
}
