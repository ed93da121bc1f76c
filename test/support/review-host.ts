import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as the mock keeps it. */
export interface KeptComment {
  readonly id: number;
  readonly author: string;
  readonly isBot: boolean;
  body: string;
}

const GITHUB_TOKEN = 'ghs_a-token-of-the-test';
const GITLAB_TOKEN = 'glpat-a-token-of-the-test';
const AUTHORS = ['flowkeeper-bot', 'Rea Reviewer', 'other-bot'];

/**
 * The parts of the REST APIs of GitHub (2022-11-28) and GitLab (v4) that comments need, on one port: paging, tokens,
 * limits of length, answers as the documentation shows them. Its lies: one pull request, and no rate limit.
 */
export class ReviewHost {
  readonly url: string;
  readonly comments: KeptComment[] = [];
  /** `METHOD path` of each request, in order. */
  readonly calls: string[] = [];
  /** Status of the next requests of a method. */
  readonly refusals: { method: string; status: number }[] = [];
  /** False: as a workflow's own token, which cannot ask who it is. */
  knowsItself = true;
  readonly #server: Server;
  #nextId = 1;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  static async start(): Promise<ReviewHost> {
    const server = createServer((request, response) => {
      void host.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = new ReviewHost(server);
    return host;
  }

  get github(): { readonly api: string; readonly token: string } {
    return { api: `${this.url}/github`, token: GITHUB_TOKEN };
  }

  get gitlab(): { readonly api: string; readonly token: string } {
    return { api: `${this.url}/gitlab/api/v4`, token: GITLAB_TOKEN };
  }

  /** Somebody comments. */
  say(author: string, body: string): void {
    const isBot = author.endsWith('-bot');
    this.comments.push({ id: this.#nextId++, author, isBot, body });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    this.calls.push(`${method} ${pathname}`);
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const answer = this.#route(request, pathname, {
      page: Number(searchParams.get('page') ?? 1),
      size: Number(searchParams.get('per_page') ?? 30),
      body: text === '' ? undefined : (JSON.parse(text) as { readonly body: string }).body,
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }

  #route(request: IncomingMessage, path: string, asked: Asked): Answer {
    const refusal = this.refusals.findIndex(({ method }) => method === request.method);
    if (refusal >= 0) {
      const [{ status } = { status: 500 }] = this.refusals.splice(refusal, 1);
      return { status, body: { message: 'Resource not accessible by integration' } };
    }
    const isGithub = path.startsWith('/github/');
    const isLoggedIn = isGithub
      ? request.headers.authorization === `Bearer ${GITHUB_TOKEN}`
      : request.headers['private-token'] === GITLAB_TOKEN;
    if (!isLoggedIn) return { status: 401, body: { message: 'Bad credentials' } };
    return isGithub
      ? this.#github(`${request.method ?? ''} ${path.slice('/github'.length)}`, asked)
      : this.#gitlab(`${request.method ?? ''} ${path.slice('/gitlab/api/v4'.length)}`, asked);
  }

  #github(call: string, { page, size, body = '' }: Asked): Answer {
    const list = '/repos/acme/contact-centre/issues/7/comments';
    if (call === 'GET /user')
      return this.knowsItself
        ? { status: 200, body: { login: 'flowkeeper-bot', id: 1 } }
        : { status: 403, body: { message: 'Resource not accessible by integration' } };
    if (call === `GET ${list}`) return { status: 200, body: this.#page(page, size).map(asGithub) };
    if (body.length > 65_536) return { status: 422, body: { message: 'Body is too long' } };
    if (call === `POST ${list}`) return { status: 201, body: asGithub(this.#add(body)) };
    const id = /^PATCH \/repos\/acme\/contact-centre\/issues\/comments\/(\d+)$/.exec(call)?.[1];
    return this.#change(id, body, asGithub);
  }

  #gitlab(call: string, { page, size, body = '' }: Asked): Answer {
    const list = '/projects/acme%2Fcontact-centre/merge_requests/7/notes';
    if (call === 'GET /user') return { status: 200, body: { id: 0, username: 'flowkeeper-bot' } };
    if (call === `GET ${list}`) return { status: 200, body: this.#page(page, size).map(asGitlab) };
    if (body.length > 1_000_000) return { status: 400, body: { message: 'note is too long' } };
    if (call === `POST ${list}`) return { status: 201, body: asGitlab(this.#add(body)) };
    const id = new RegExp(`^PUT ${list}/(\\d+)$`).exec(call)?.[1];
    return this.#change(id, body, asGitlab);
  }

  #page(page: number, size: number): readonly KeptComment[] {
    return this.comments.slice((page - 1) * size, page * size);
  }

  #add(body: string): KeptComment {
    this.say('flowkeeper-bot', body);
    return this.comments.at(-1)!;
  }

  #change(id: string | undefined, body: string, render: (comment: KeptComment) => object): Answer {
    const comment = this.comments.find((each) => String(each.id) === id);
    if (!comment) return { status: 404, body: { message: 'Not Found' } };
    comment.body = body;
    return { status: 200, body: render(comment) };
  }
}

interface Asked {
  readonly page: number;
  readonly size: number;
  readonly body: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function asGithub({ id, author, isBot, body }: KeptComment): object {
  return {
    id,
    body: body.replaceAll('\n', '\r\n'),
    html_url: `https://github.example/acme/contact-centre/pull/7#issuecomment-${String(id)}`,
    user: { login: author, type: isBot ? 'Bot' : 'User' },
  };
}

function asGitlab({ id, author, body }: KeptComment): object {
  return { id, body: body.trimEnd(), author: { id: AUTHORS.indexOf(author), username: author } };
}
