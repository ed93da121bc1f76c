import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WebhookHost } from '../../src/server/webhooks/verify.ts';
import type { CliProcess } from '../support/cli.ts';
import { flowFile, flowPath } from '../support/desired-files.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { requiring, startGitHttpServer } from '../support/git-http-server.ts';
import { describeWith } from '../support/needs-tool.ts';
import { SSHD, startSshServer } from '../support/ssh-server.ts';
import { headersOf, PUSHES } from '../support/webhook-rig.ts';

const run = promisify(execFile);
const HOSTS = ['github', 'gitlab', 'bitbucket', 'gitea', 'generic'] as const;
const SECRET = 'a-secret-of-the-hooks-of-this-test';

/** A git server: where the repository is there, how the controller gets in, and how a person does. */
interface Served {
  readonly url: string;
  readonly source: object;
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Somebody's own clone, pushed from through the git server. */
class Clone {
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#env = env;
  }

  static async of({ url, env }: Served): Promise<Clone> {
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-clone-'));
    const clone = new Clone(folder, env);
    await clone.#git('clone', '-q', url, '.');
    return clone;
  }

  async push(path: string, text: string): Promise<void> {
    await writeFile(join(this.#folder, path), text);
    await this.#git(
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '-qam',
      'Change',
    );
    await this.#git('push', '-q', 'origin', 'main');
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #git(...args: readonly string[]): Promise<void> {
    const { PATH = '' } = process.env;
    const common = { PATH, HOME: this.#folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
    await run('git', [...args], { cwd: this.#folder, env: { ...common, ...this.#env } });
  }
}

/** A push through the server, a webhook of each host in turn, and what was pushed is live: git is polled once a day. */
function describePushes(
  hosts: readonly WebhookHost[],
  serve: (world: E2eWorld) => Promise<Served>,
): void {
  let world: E2eWorld;
  let served: Served;
  let clone: Clone;
  let controller: CliProcess;
  let url: string;

  beforeEach(async () => {
    world = await E2eWorld.start({ flows: 4 });
    served = await serve(world);
    clone = await Clone.of(served);
    const webhooks = Object.fromEntries(HOSTS.map((host) => [host, { secrets: ['${HOOK}'] }]));
    await world.configure({
      source: { repository: served.url, poll: '24h', ...served.source },
      server: { listen: '127.0.0.1:0', webhooks },
    });
    controller = world.begin(['run'], { env: { HOOK: SECRET, GIT_TOKEN: 'let-me-in' } });
    [, url = ''] = await controller.logs(/"message":"listening","url":"([^"]+)"/);
    await controller.logs(/"message":"run ended"/);
  });

  afterEach(async () => {
    await controller.stop('SIGKILL');
    await clone.remove();
    await served.close();
    await world.close();
  });

  /** Of the first flow. */
  const pushed = (maxWaitTime: number): Promise<void> => {
    const flow = world.flows[0]!;
    return clone.push(flowPath(ACME, flow.id), flowFile(flow, { routing: { maxWaitTime } }));
  };

  const deliver = async (host: WebhookHost): Promise<number> => {
    const body = JSON.stringify(PUSHES[host]('main'));
    const headers = headersOf(host, body, { id: `${host}-1`, secret: SECRET });
    return (await fetch(`${url}/hooks/${host}`, { method: 'POST', body, headers })).status;
  };

  test('what is pushed is live as soon as its host says so, and is recorded there', async () => {
    for (const [i, host] of hosts.entries()) {
      await pushed(100 + i);
      expect(await deliver(host)).toBe(202);
      await controller.logs(
        new RegExp(`("summary":"1 applied; 4 live flows"[^]*){${String(i + 1)}}`),
      );
    }
    const writes = await world.requests('PATCH');
    expect(writes.map(({ flowId }) => flowId)).toEqual(hosts.map(() => world.idOf(0)));
    const audits = await world.repository.run(
      'show',
      `flowkeeper/status:audit/${ACME}/${monthNow()}.jsonl`,
    );
    expect(audits.trim().split('\n')).toHaveLength(hosts.length);
    // each delivery once
    expect(await deliver('github')).toBe(200);
    expect((await controller.stop()).stderr).not.toContain(SECRET);
  });
}

function monthNow(): string {
  return new Date().toISOString().slice(0, 7);
}

describe('a repository that git serves over HTTP', () => {
  describePushes(HOSTS, async (world) => {
    await world.repository.run('config', 'http.receivepack', 'true');
    const server = await startGitHttpServer(
      world.repository.folder,
      requiring('x-access-token:let-me-in'),
    );
    const path = `/${basename(world.repository.path)}`;
    const credential = Buffer.from('x-access-token:let-me-in').toString('base64');
    return {
      url: `${server.origin}${path}`,
      source: { token: '${GIT_TOKEN}' },
      env: {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'http.extraHeader',
        GIT_CONFIG_VALUE_0: `Authorization: Basic ${credential}`,
      },
      close: () => server.close(),
    };
  });
});

const NEEDS_SSHD = { program: SSHD, install: 'apt-get install openssh-server' };

describeWith(NEEDS_SSHD, 'a repository that git serves over ssh', () => {
  describePushes(['github'], async (world) => {
    const server = await startSshServer();
    const { keyFile, knownHostsFile, command } = server;
    return {
      url: server.urlOf(world.repository.path),
      source: { ssh: { keyFile, knownHostsFile } },
      env: { GIT_SSH_COMMAND: command },
      close: () => server.close(),
    };
  });
});
