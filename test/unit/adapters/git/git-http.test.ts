import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSimpleGitSource } from '../../../../src/adapters/git/simple-git-source.ts';
import { makeSimpleGitStatusBranch } from '../../../../src/adapters/git/simple-git-status-branch.ts';
import { isError } from '../../../../src/domain/errors.ts';
import type { DesiredSource } from '../../../../src/ports/desired-source.ts';
import type { StatusBranch } from '../../../../src/ports/status-branch.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { breakOff, requiring, startGitHttpServer } from '../../../support/git-http-server.ts';
import type { Before, GitHttpServer } from '../../../support/git-http-server.ts';
import { GitRepository } from '../../../support/git-repository.ts';
import { SkippingClock } from '../../../support/skipping-clock.ts';

const TOKEN = 'ghp_notARealToken0123456789';
const signal = new AbortController().signal;
const TIMEOUTS = { checkMs: 5000, transferMs: 5000, localMs: 5000 };

let repository: GitRepository;
let servers: GitHttpServer[];
let log: MemoryLog;

beforeEach(async () => {
  repository = await GitRepository.create();
  await repository.commit({ 'desired-state/a.yaml': 'a: 1\n' });
  await repository.run('config', 'http.receivepack', 'true');
  servers = [];
  log = new MemoryLog();
});

afterEach(async () => {
  for (const server of servers) await server.close();
  await repository.remove();
});

async function serve(before?: Before): Promise<GitHttpServer> {
  const server = await startGitHttpServer(repository.folder, before);
  servers.push(server);
  return server;
}

function aSource(url: string, options: { token?: string; checkMs?: number } = {}): DesiredSource {
  const { token, checkMs = TIMEOUTS.checkMs } = options;
  return makeSimpleGitSource(
    {
      repository: url,
      branch: 'main',
      directory: 'desired-state',
      mirrorDirectory: repository.beside('source.git'),
      timeouts: { ...TIMEOUTS, checkMs },
      ...(token !== undefined && { token }),
    },
    { log },
  );
}

function aStatusBranch(url: string, token?: string): StatusBranch {
  return makeSimpleGitStatusBranch(
    {
      repository: url,
      branch: 'flowkeeper/status',
      mirrorDirectory: repository.beside('status.git'),
      author: { name: 'flowkeeper', email: 'flowkeeper@example.com' },
      timeouts: TIMEOUTS,
      ...(token !== undefined && { token }),
    },
    { log, clock: new SkippingClock(), random: () => 0.5 },
  );
}

const oneFile = (): Promise<{ subject: string; trailers: []; files: Map<string, string> }> =>
  Promise.resolve({ subject: 'x [skip ci]', trailers: [], files: new Map([['a', '1']]) });

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Everything that a person could come to see. */
const shown = (error: unknown): string =>
  `${String(error)} ${JSON.stringify(error)} ${JSON.stringify(log.lines)}`;

describe('a repository over smart HTTP', () => {
  test.each([
    { name: 'the token', user: 'x-access-token', url: (o: string) => o, token: TOKEN },
    {
      name: 'the token for the user of the address',
      user: 'deploy',
      url: (o: string) => o.replace('//', '//deploy@'),
      token: ` ${TOKEN}\n`,
    },
    {
      name: 'the password of the address',
      user: 'deploy',
      url: (o: string) => o.replace('//', `//deploy:${TOKEN}@`),
      token: undefined,
    },
  ])('is read and written with $name', async ({ user, url, token }) => {
    const server = await serve(requiring(`${user}:${TOKEN}`));
    const address = `${url(server.origin)}/remote.git`;

    const source = aSource(address, token === undefined ? {} : { token });
    const pinned = await source.pinHead(signal);
    const files = await source.files(pinned, signal);
    const pushed = await aStatusBranch(address, token).commit(oneFile, signal);

    expect(files.map(({ path }) => path)).toEqual(['desired-state/a.yaml']);
    expect(pushed.kind).toBe('pushed');
    expect(Object.fromEntries(await repository.files('flowkeeper/status'))).toEqual({ a: '1' });
    // sent at once, without being asked first
    expect(server.requests.every(({ authorization }) => authorization !== undefined)).toBe(true);
  });

  test('a wrong token is git.auth-failed, and is not shown', async () => {
    const server = await serve(requiring('x-access-token:another'));

    const error = await failure(
      aSource(`${server.origin}/remote.git`, { token: TOKEN }).pinHead(signal),
    );

    expect(isError(error, 'git.auth-failed')).toBe(true);
    expect(shown(error)).not.toContain(TOKEN);
    expect(shown(error)).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 20));
  });

  test('no token at all is git.auth-failed, without a prompt', async () => {
    const server = await serve(requiring('a:b'));
    const error = await failure(aSource(`${server.origin}/remote.git`).pinHead(signal));
    expect(isError(error, 'git.auth-failed')).toBe(true);
  });

  test('a token that may read and not write is git.auth-failed at the push', async () => {
    const server = await serve((request, response) => {
      if (!request.url?.includes('receive-pack')) return false;
      response.writeHead(403).end('read only');
      return true;
    });

    const branch = aStatusBranch(`${server.origin}/remote.git`, TOKEN);
    const error = await failure(branch.commit(oneFile, signal));

    expect(isError(error, 'git.auth-failed')).toBe(true);
    expect(isError(await failure(branch.probe(signal)), 'git.auth-failed')).toBe(true);
  });

  test('a probe asks the remote for a push and sends it none', async () => {
    const server = await serve(requiring(`x-access-token:${TOKEN}`));
    const branch = aStatusBranch(`${server.origin}/remote.git`, TOKEN);

    await branch.probe(signal);
    await branch.commit(oneFile, signal);
    await branch.probe(signal);

    const asked = server.requests.filter(({ url }) => url.includes('service=git-receive-pack'));
    const pushed = server.requests.filter(({ url }) => url.endsWith('/git-receive-pack'));
    expect([asked.length, pushed.length]).toEqual([3, 1]);
  });

  test('a remote that repeats the token in its words does not get it into the error', async () => {
    const server = await serve();
    await repository.installHook('pre-receive', `echo "your token is ${TOKEN} \\033[31m"; exit 1`);

    const error = await failure(
      aStatusBranch(`${server.origin}/remote.git`, TOKEN).commit(oneFile, signal),
    );

    expect(isError(error, 'git.push-rejected') && error.message).toMatch(
      /pre-receive hook declined.*your token is \[redacted\]/,
    );
    expect(shown(error)).not.toContain(TOKEN);
    expect(shown(error)).not.toContain('\\u001b');
  });

  test('a redirect is not followed with a credential, to whatever host', async () => {
    const other = await serve();
    const server = await serve((request, response) => {
      response.writeHead(302, { location: `${other.origin}${request.url ?? ''}` }).end();
      return true;
    });

    const source = aSource(`${server.origin}/remote.git`, { token: TOKEN });
    const error = await failure(source.pinHead(signal));

    expect(isError(error, 'git.unreachable') && error.message).toMatch(/redirects elsewhere/);
    expect(other.requests).toEqual([]);
  });

  test('a redirect is followed where there is no credential', async () => {
    const other = await serve();
    const server = await serve((request, response) => {
      response.writeHead(302, { location: `${other.origin}${request.url ?? ''}` }).end();
      return true;
    });

    const pinned = await aSource(`${server.origin}/remote.git`).pinHead(signal);

    expect(pinned.revision).toBe(await repository.head());
  });

  test('a server that never answers is git.timeout at the deadline', async () => {
    const server = await serve(() => true);
    const startedAt = performance.now();

    const error = await failure(
      aSource(`${server.origin}/remote.git`, { checkMs: 200 }).pinHead(signal),
    );

    expect(isError(error, 'git.timeout') && error.details).toEqual({
      command: 'git ls-remote',
      afterMs: 200,
    });
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test('a cancelled read of a server that never answers ends at once', async () => {
    const server = await serve(() => true);
    const cancel = new AbortController();
    const reason = new Error('shutting down');
    const pinning = failure(aSource(`${server.origin}/remote.git`).pinHead(cancel.signal));
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const startedAt = performance.now();

    cancel.abort(reason);

    expect(await pinning).toBe(reason);
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test.each<readonly [string, number, string | undefined, string]>([
    ['404', 404, undefined, 'no'],
    ['500', 500, undefined, 'no'],
    ['429', 429, undefined, 'slow down'],
    ['a half answer', 200, 'application/x-git-upload-pack-advertisement', '001e# service=git-up'],
    ['no git protocol', 200, 'application/x-git-upload-pack-advertisement', 'zzzz garbage'],
    ['a login page', 200, 'text/html', '<html>\n<body>\tlog\tin</body>\n</html>\n'],
  ])('%s is git.unreachable', async (_name, status, type, body) => {
    const server = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': type ?? 'text/plain' }).end(body);
      return true;
    });

    const error = await failure(aSource(`${server.origin}/remote.git`).pinHead(signal));

    expect(isError(error, 'git.unreachable') && error.details.remote).toBe(
      `${server.origin}/remote.git`,
    );
  });

  test('a page without a line end looks like a repository without branches, and is told so', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>log in</html>');
      return true;
    });

    const error = await failure(aSource(`${server.origin}/remote.git`).pinHead(signal));

    expect(isError(error, 'git.no-branch') && error.message).toMatch(/no git server/);
  });

  test('a closed port is git.unreachable', async () => {
    const server = await serve();
    const url = `${server.origin}/remote.git`;
    await server.close();
    servers.pop();

    const error = await failure(aSource(url).pinHead(signal));

    expect(isError(error, 'git.unreachable') && error.details.reason).toMatch(/connect/i);
  });

  test('a push whose answer is lost has an unknown outcome, and the next commit does not double it', async () => {
    let lose = true;
    const server = await serve((request) => {
      if (!lose || request.method !== 'POST' || !request.url?.includes('receive-pack'))
        return false;
      lose = false;
      return 'cut-answer';
    });
    const branch = aStatusBranch(`${server.origin}/remote.git`, TOKEN);

    const error = await failure(branch.commit(oneFile, signal));
    const again = await branch.commit(oneFile, signal);

    expect(isError(error, 'git.unreachable')).toBe(true);
    expect(again).toEqual({ kind: 'nothing' });
    expect(await repository.log('flowkeeper/status')).toHaveLength(1);
  });

  test('a push that git repeats by itself, after its answer was lost, counts as pushed once', async () => {
    let lose = true;
    const server = await serve((request) => {
      if (!lose || request.method !== 'POST' || !request.url?.includes('receive-pack'))
        return false;
      lose = false;
      return 'no-answer';
    });

    const result = await aStatusBranch(`${server.origin}/remote.git`).commit(oneFile, signal);

    expect(result).toEqual({
      kind: 'pushed',
      revision: await repository.head('flowkeeper/status'),
    });
    expect(await repository.log('flowkeeper/status')).toHaveLength(1);
  });

  test('a push that never arrived is made by the next commit', async () => {
    let cut = true;
    const server = await serve((request, response) => {
      if (!cut || request.method !== 'POST' || !request.url?.includes('receive-pack')) return false;
      cut = false;
      breakOff(response);
      return true;
    });
    const branch = aStatusBranch(`${server.origin}/remote.git`, TOKEN);

    const error = await failure(branch.commit(oneFile, signal));
    const again = await branch.commit(oneFile, signal);

    expect(isError(error, 'git.unreachable')).toBe(true);
    expect(again.kind).toBe('pushed');
    expect(await repository.log('flowkeeper/status')).toHaveLength(1);
  });
});
