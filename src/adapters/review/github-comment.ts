import type { HttpClient } from '../../ports/http-client.ts';
import type { ReviewComment } from '../../ports/review-comment.ts';
import {
  accepted,
  listIn,
  makeHostCall,
  numberIn,
  PAGE_SIZE,
  putComment,
  textIn,
} from './host-calls.ts';
import type { CommentHost, HostCall } from './host-calls.ts';

export interface GithubReview {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server; without `/` at the end. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

/** The comment on a pull request of GitHub, by its REST API (version 2022-11-28). */
export function makeGithubComment(http: HttpClient, review: GithubReview): ReviewComment {
  const call = makeHostCall(http, review.api, {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${review.token}`,
    'x-github-api-version': '2022-11-28',
  });
  const host = makeHost(call, review);
  return {
    maxLength: host.maxLength,
    put: (mark, text, signal) => putComment(host, { mark, text }, signal),
  };
}

function makeHost(call: HostCall, { repository, number }: GithubReview): CommentHost {
  const issue = `/repos/${repository}/issues/${String(number)}/comments`;
  let login: Promise<string | undefined> | undefined;
  return {
    maxLength: 65_536,
    async comments(page, signal) {
      login ??= ownLogin(call, signal);
      const own = await login;
      const what = 'GET of the comments';
      const path = `${issue}?per_page=${String(PAGE_SIZE)}&page=${String(page)}`;
      const list = listIn(what, accepted(what, await call('GET', path, { signal })));
      return list.map((comment) => {
        const user = comment['user'];
        const url = textIn(comment, 'html_url');
        // a workflow's own token cannot ask who it is, and writes as a bot
        const isOurs =
          own === undefined ? textIn(user, 'type') === 'Bot' : textIn(user, 'login') === own;
        const body = textIn(comment, 'body') ?? '';
        return { id: numberIn(comment, 'id'), body, isOurs, ...(url !== undefined && { url }) };
      });
    },
    async create(body, signal) {
      const answer = await call('POST', issue, { signal, body: { body } });
      return textIn(accepted('POST of the comment', answer), 'html_url');
    },
    async update(id, body, signal) {
      const path = `/repos/${repository}/issues/comments/${String(id)}`;
      const answer = await call('PATCH', path, { signal, body: { body } });
      return textIn(accepted('PATCH of the comment', answer), 'html_url');
    },
  };
}

async function ownLogin(call: HostCall, signal: AbortSignal): Promise<string | undefined> {
  const { status, body } = await call('GET', '/user', { signal });
  return status === 200 ? textIn(body, 'login') : undefined;
}
