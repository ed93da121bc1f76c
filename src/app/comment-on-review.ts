import { AxiosHttpClient } from '../adapters/http/axios-http-client.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import { makeGithubComment } from '../adapters/review/github-comment.ts';
import { makeGitlabComment } from '../adapters/review/gitlab-comment.ts';
import { isPrivateUrl, isServiceUrl, withoutEndSlash } from '../config/service-url.ts';
import { usageError } from '../domain/usage-error.ts';
import { fitComment } from '../plan/fit-comment.ts';
import { keepSecrets } from './known-secrets.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { CommentResult, ReviewComment } from '../ports/review-comment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a person says; all that is left out comes from the environment of the CI system. */
export interface CommentRequest {
  readonly host?: 'github' | 'gitlab';
  readonly api?: string;
  /** GitHub: `owner/name`; GitLab: id or path of the project. */
  readonly repository?: string;
  /** Of the pull request or merge request. */
  readonly number?: number;
  /** Tells several comments of one pull request apart. */
  readonly name: string;
  readonly text: string;
}

/**
 * Puts a text on a pull request, as one comment that is replaced each time.
 *
 * @throws cli.usage when it cannot be told which pull request
 */
export async function commentOnReview(
  request: CommentRequest,
  env: Environment,
  signal: AbortSignal,
): Promise<CommentResult> {
  const http = new AxiosHttpClient({ clock: systemClock, random: Math.random });
  try {
    needed(request.name, 'a --name of letters and digits', /^[\w.-]{1,60}$/);
    const host = request.host ?? hostOf(env);
    const token = env[TOKENS[host]] ?? '';
    // a fork's pipeline has no token, and what it found stands in the log all the same
    if (token === '')
      return { kind: 'failed', reason: `there is no ${TOKENS[host]} in the environment` };
    // no config names it
    keepSecrets([token]);
    const comment = MAKERS[host](http, request, { env, token });
    const mark = `<!-- flowkeeper: ${request.name} -->`;
    return await comment.put(mark, fitComment(mark, request.text, comment.maxLength), signal);
  } finally {
    http.close();
  }
}

const TOKENS = { github: 'GITHUB_TOKEN', gitlab: 'GITLAB_TOKEN' } as const;

type Maker = (
  http: HttpClient,
  request: CommentRequest,
  given: { readonly env: Environment; readonly token: string },
) => ReviewComment;

const MAKERS: Readonly<Record<'github' | 'gitlab', Maker>> = {
  github: (http, request, { env, token }) =>
    makeGithubComment(http, {
      api: apiOf(request.api ?? env['GITHUB_API_URL'] ?? 'https://api.github.com'),
      repository: needed(
        request.repository ?? env['GITHUB_REPOSITORY'],
        '--repository owner/name',
        /^[\w.-]+\/[\w.-]+$/,
      ),
      number: numberOf(request, /^refs\/pull\/(\d+)\//.exec(env['GITHUB_REF'] ?? '')?.[1]),
      token,
    }),
  gitlab: (http, request, { env, token }) =>
    makeGitlabComment(http, {
      api: apiOf(request.api ?? env['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4'),
      project: needed(request.repository ?? env['CI_PROJECT_ID'], '--repository group/name'),
      number: numberOf(request, env['CI_MERGE_REQUEST_IID']),
      token,
    }),
};

function hostOf(env: Environment): 'github' | 'gitlab' {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  if (env['GITLAB_CI'] === 'true') return 'gitlab';
  throw usageError(
    'it cannot be told where the pull request is: this is neither GitHub Actions nor GitLab CI',
    'Name it with --host github or gitlab.',
  );
}

function numberOf({ number }: CommentRequest, told: string | undefined): number {
  if (number !== undefined) return number;
  if (told !== undefined && /^\d{1,9}$/.test(told)) return Number(told);
  throw usageError(
    'it cannot be told which pull request is meant: this pipeline does not run for one',
    'Name it with --number.',
  );
}

function needed(value: string | undefined, what: string, shape = /./): string {
  if (value !== undefined && shape.test(value)) return value;
  throw usageError(`a comment needs ${what}`, 'Set it, and run the command again.');
}

/** The token goes nowhere that it could be read on the way. */
function apiOf(url: string): string {
  if (isServiceUrl(url) && isPrivateUrl(url)) return withoutEndSlash(url);
  throw usageError(
    `${url} is no https URL of an API, and the token must not be readable on the way`,
    'Name one with --api, such as https://gitlab.example.com/api/v4.',
  );
}
