import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { makeAppLog } from '../../src/app/app-log.ts';
import { makeSimpleGitSource } from '../../src/adapters/git/simple-git-source.ts';
import { renderRunText } from '../../src/cli/render-run.ts';
import { makeRunDocument } from '../../src/cli/run-document.ts';
import { renderDiagnostics } from '../../src/config/render-diagnostics.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { renderJson } from '../../src/plan/render-document.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { seedOrg } from '../../src/simulator/seed.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';
import { startGitHttpServer } from '../support/git-http-server.ts';
import type { GitHttpServer } from '../support/git-http-server.ts';
import { spyOnGit } from '../support/git-spy.ts';
import { IntegrationRig } from '../support/integration-rig.ts';

const READ_TOKEN = 'canary-read-4f1d9e7c';
const PUSH_TOKEN = 'canary-push-8a2b6c3d';
const CLIENT_SECRET = 'canary/secret+90ab"12\\cd=';
const CLIENT_ID = 'flowkeeper-acme';

/** Every form in which a secret could come out. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  base64(secret),
  base64(`x-access-token:${secret}`),
  base64(`${CLIENT_ID}:${secret}`),
];

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** What a remote says that quotes what it was given. */
const quoting = (secret: string): string => `you sent ${formsOf(secret).join(' and ')}`;
const ECHO = quoting(CLIENT_SECRET);

describe('secrets', () => {
  let rig: IntegrationRig;
  let server: GitHttpServer;
  let told = '';

  afterEach(async () => {
    await rig.close();
    await server.close();
    told = '';
  });

  async function start(): Promise<void> {
    rig = await IntegrationRig.start({
      speed: 50,
      orgs: [
        {
          live: {
            clients: [{ ...seedOrg().clients[0], id: CLIENT_ID, secret: CLIENT_SECRET }],
          },
          config: { clientSecret: '${CLIENT_SECRET}' },
        },
      ],
      env: { READ_TOKEN, PUSH_TOKEN, CLIENT_SECRET },
      config: async (repository) => {
        server = await startGitHttpServer(repository.folder, (request, response) => {
          const isPush = (request.url ?? '').includes('receive-pack');
          const tokens = isPush ? [PUSH_TOKEN] : [READ_TOKEN, PUSH_TOKEN];
          const accepted = tokens.map((token) => `Basic ${base64(`x-access-token:${token}`)}`);
          if (accepted.includes(request.headers.authorization ?? '')) return false;
          const given = request.headers.authorization ?? '';
          response.writeHead(403, { 'content-type': 'text/plain' }).end(`you sent ${given}`);
          return true;
        });
        return {
          source: { repository: `${server.origin}/remote.git`, token: '${READ_TOKEN}' },
          status: { token: '${PUSH_TOKEN}' },
        };
      },
    });
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        told += chunk.toString('utf8');
        done();
      },
    });
    await rig.app({ log: makeAppLog(rig.config, { level: 'debug', stream }) });
  }

  /** Runs, and keeps everything that anybody is told. */
  async function run(): Promise<OrgRunReport | undefined> {
    try {
      const report = await rig.reconcile();
      told += renderJson(makeRunDocument([report]));
      told += renderRunText([report], { colour: false, renderFaults: renderDiagnostics });
      told += inspect(report, { depth: 20 });
      return report;
    } catch (error) {
      told += `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(error)}`;
      return undefined;
    }
  }

  async function expectNothingTold(): Promise<void> {
    const history = await rig.repository.run('log', '-p', '--all', `--format=%B`);
    const kept = await readFolder(rig.stateFolder);
    for (const secret of [READ_TOKEN, PUSH_TOKEN, CLIENT_SECRET].flatMap(formsOf)) {
      for (const [where, text] of [
        ['told', told],
        ['git', history],
        ['state', kept],
      ] as const)
        expect([where, secret, text.includes(secret)]).toEqual([where, secret, false]);
    }
    expect(told).not.toMatch(/Bearer [\w.-]{8}/);
  }

  const drift = (nth: number): string => {
    const { id } = rig.flows()[nth]!;
    rig.org().edit(id, { routing: { maxWaitTime: 9 } }, { by: 'Sam Supervisor' });
    return id;
  };

  test('are used, and come out nowhere when all goes well, not even in what git is started with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-spy-'));
    const spy = await spyOnGit(folder);
    const { PATH } = process.env;
    process.env['PATH'] = spy.env.PATH;
    try {
      await start();
      drift(0);
      expect((await run())?.publishing.kind).toBe('pushed');
    } finally {
      process.env['PATH'] = PATH;
    }
    // anybody on the machine can read the arguments of a process
    const started = await spy.takeCalls();
    expect(started.some((line) => line.includes('push'))).toBe(true);
    told += started.join('\n');
    await rm(folder, { recursive: true });
    expect(told).toContain('applied');
    const pushes = server.requests.filter(({ url }) => url.includes('receive-pack'));
    expect(pushes.length).toBeGreaterThan(0);
    await expectNothingTold();
  });

  test.each<{ readonly name: string; readonly fault: Fault }>([
    {
      name: 'a refused write',
      fault: { kind: 'status', status: 400, body: ECHO, method: 'PATCH' },
    },
    {
      name: 'a failing write',
      fault: { kind: 'status', status: 500, body: { message: ECHO }, method: 'PATCH' },
    },
    {
      name: 'a forbidden list',
      fault: { kind: 'status', status: 403, body: { code: ECHO, message: ECHO }, method: 'GET' },
    },
    {
      name: 'a bad list',
      fault: { kind: 'wrong-shape', body: { entities: [{ id: ECHO }] }, method: 'GET' },
    },
    {
      name: 'a redirect',
      fault: {
        kind: 'status',
        status: 302,
        headers: { location: `http://127.0.0.1:1/?x=${encodeURIComponent(ECHO)}` },
      },
    },
    {
      name: 'a refused token',
      fault: {
        kind: 'status',
        status: 401,
        body: { error: ECHO, error_description: ECHO },
        path: '/api/v2/oauth/token',
      },
    },
    {
      name: 'a token answer of another shape',
      fault: { kind: 'wrong-shape', body: { token: ECHO }, path: '/api/v2/oauth/token' },
    },
  ])('$name that quotes them does not spread them', async ({ fault }) => {
    await start();
    drift(0);
    rig.simulator.faults.add(fault);
    await run();
    await run();
    await expectNothingTold();
  });

  test('nor does a hook that declines and quotes them', async () => {
    await start();
    await rig.repository.installHook(
      'pre-receive',
      `cat >&2 <<'EOF'\n${quoting(PUSH_TOKEN)}\nEOF\nexit 1`,
    );
    drift(0);
    expect((await run())?.publishing).toMatchObject({ kind: 'kept' });
    await rig.repository.installHook('pre-receive', 'exit 0');
    expect((await run())?.publishing.kind).toBe('pushed');
    await expectNothingTold();
  });

  test('nor does a git server that refuses one and quotes it', async () => {
    await start();
    const token = 'canary-stale-55e1';
    const source = { ...rig.config.source, token };
    const mirrorDirectory = `${rig.stateFolder}/other.git`;
    const log = new MemoryLog();
    await rig.app({ source: makeSimpleGitSource({ ...source, mirrorDirectory }, { log }) });
    const error: unknown = await rig.reconcile().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'git.auth-failed' });
    const text = `${inspect(error, { depth: 20, showHidden: true })}${JSON.stringify(log.lines)}`;
    for (const form of formsOf(token)) expect(text).not.toContain(form);
    await expectNothingTold();
  });
});

async function readFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
  );
  return texts.join('\n');
}
