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

export interface GitlabReview {
  /** `https://gitlab.example.com/api/v4`, without `/` at the end. */
  readonly api: string;
  /** Id, or path as `group/name`. */
  readonly project: string;
  /** The merge request's number in its project (iid). */
  readonly number: number;
  readonly token: string;
}

/** The note on a merge request of GitLab, by its REST API (v4). */
export function makeGitlabComment(http: HttpClient, review: GitlabReview): ReviewComment {
  const call = makeHostCall(http, review.api, { 'private-token': review.token });
  const host = makeHost(call, review);
  return {
    maxLength: host.maxLength,
    put: (mark, text, signal) => putComment(host, { mark, text }, signal),
  };
}

function makeHost(call: HostCall, { project, number }: GitlabReview): CommentHost {
  const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${String(number)}/notes`;
  let self: Promise<number> | undefined;
  return {
    maxLength: 1_000_000,
    async comments(page, signal) {
      self ??= ownId(call, signal);
      const own = await self;
      const what = 'GET of the notes';
      const path = `${notes}?per_page=${String(PAGE_SIZE)}&page=${String(page)}&sort=asc&order_by=created_at`;
      const list = listIn(what, accepted(what, await call('GET', path, { signal })));
      return list.map((note) => ({
        id: numberIn(note, 'id'),
        body: textIn(note, 'body') ?? '',
        isOurs: numberIn(note['author'], 'id') === own,
      }));
    },
    async create(body, signal) {
      accepted('POST of the note', await call('POST', notes, { signal, body: { body } }));
      return undefined;
    },
    async update(id, body, signal) {
      const path = `${notes}/${String(id)}`;
      accepted('PUT of the note', await call('PUT', path, { signal, body: { body } }));
      return undefined;
    },
  };
}

async function ownId(call: HostCall, signal: AbortSignal): Promise<number> {
  return numberIn(
    accepted('GET of the token’s user', await call('GET', '/user', { signal })),
    'id',
  );
}
