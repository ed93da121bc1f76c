import type { CommitStatusChannel } from '../../domain/destination.ts';
import type { CommitMessage, Delivery } from '../../ports/transports.ts';
import { postJson } from './post.ts';
import type { PostPorts } from './post.ts';

/** Shows at a commit what became of it: GitHub's REST API (2022-11-28), or GitLab's (v4). */
export function sendCommitStatus(
  ports: PostPorts,
  to: CommitStatusChannel,
  message: CommitMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  return to.host === 'github'
    ? sendGithub(ports, to, message, signal)
    : sendGitlab(ports, to, message, signal);
}

function sendGithub(
  ports: PostPorts,
  { api, repository, token }: CommitStatusChannel,
  { revision, state, name, text, link }: CommitMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  const body = {
    state,
    context: name,
    description: text,
    ...(link !== undefined && { target_url: link }),
  };
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'x-github-api-version': '2022-11-28',
  };
  const url = `${api}/repos/${repository}/statuses/${revision}`;
  return postJson(ports, { url, headers, body: JSON.stringify(body) }, signal);
}

const GITLAB_STATES = { pending: 'running', success: 'success', failure: 'failed' } as const;

async function sendGitlab(
  ports: PostPorts,
  { api, repository, token }: CommitStatusChannel,
  { revision, state, name, text, link }: CommitMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  const body = {
    state: GITLAB_STATES[state],
    name,
    description: text,
    ...(link !== undefined && { target_url: link }),
  };
  const url = `${api}/projects/${encodeURIComponent(repository)}/statuses/${revision}`;
  const headers = { 'private-token': token };
  const delivery = await postJson(ports, { url, headers, body: JSON.stringify(body) }, signal);
  // GitLab refuses to set the state that it has, whatever the words: then it is shown already
  const isSame =
    delivery.kind === 'failed' &&
    /Cannot transition status via :\w+ from :(running|success|failed)/.test(delivery.reason);
  return isSame ? { kind: 'delivered', answer: 'it is so already' } : delivery;
}
