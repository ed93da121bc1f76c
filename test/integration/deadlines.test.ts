import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exitCodeOf } from '../../src/engine/run-report.ts';
import type { Fault } from '../../src/simulator/fault.ts';
import { startGitHttpServer } from '../support/git-http-server.ts';
import type { Before } from '../support/git-http-server.ts';
import { ACME, IntegrationRig, LIST_ROUTE, RELOAD_ROUTE } from '../support/integration-rig.ts';
import { startRawServer } from '../support/raw-server.ts';
import type { RawReply } from '../support/raw-server.ts';

/** Short of every limit of the adapters themselves (10 s to connect, 30 s to answer, 30 s for `ls-remote`). */
const LIMIT = '400ms';
const LIMIT_MS = 400;
/** What a busy machine may add. */
const PROMPT_MS = 5_000;

const SAM = { by: 'Sam Supervisor' };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: Parameters<typeof IntegrationRig.start>[0]): Promise<IntegrationRig> {
  const rig = await IntegrationRig.start(options);
  closing.push(() => rig.close());
  return rig;
}

/** From now on the rig has all the time in the world. */
function withoutLimits(rig: IntegrationRig): void {
  rig.clock.alarm = () => () => undefined;
}

/** What it comes to, however it ends; not before the limit, and soon after. */
async function timed<T>(work: () => Promise<T>): Promise<T | Error> {
  const startedMs = performance.now();
  const ended = await work().catch((error: unknown) => error as Error);
  const tookMs = performance.now() - startedMs;
  expect(tookMs).toBeGreaterThanOrEqual(LIMIT_MS - 1);
  expect(tookMs).toBeLessThan(LIMIT_MS + PROMPT_MS);
  return ended;
}

describe('a service that', () => {
  /** Takes every connection, and then does this. */
  const SERVICES: readonly {
    readonly name: string;
    readonly scheme: string;
    readonly reply: RawReply;
  }[] = [
    { name: 'takes requests and never answers', scheme: 'http', reply: () => undefined },
    {
      name: 'answers a byte now and then',
      scheme: 'http',
      reply: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => {
          clearInterval(timer);
        });
      },
    },
    {
      name: 'never ends the head of its answer',
      scheme: 'http',
      reply: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write('x-more: 1\r\n'), 20);
        socket.on('close', () => {
          clearInterval(timer);
        });
      },
    },
    { name: 'never ends the TLS handshake', scheme: 'https', reply: () => undefined },
  ];

  test.each(SERVICES)(
    '$name ends the run with deadline.live, in time',
    async ({ scheme, reply }) => {
      const service = await startRawServer(reply);
      closing.push(() => service.close());
      const environment = `${scheme}://127.0.0.1:${String(service.port)}`;
      const rig = await start({
        orgs: [{ config: { environment } }],
        config: () => ({ deadlines: { live: LIMIT } }),
      });
      await rig.app();
      const report = await timed(() => rig.reconcile());
      expect(report).toMatchObject({ error: { code: 'deadline.live' }, outcomes: [] });
      expect(await rig.orgStatus()).toMatchObject({ state: 'Unreadable', code: 'deadline.live' });
      expect(service.connections()).toBeGreaterThan(0);
    },
  );

  test.each<{ readonly name: string; readonly fault: Fault; readonly deadline: string }>([
    { name: 'PATCHes', fault: { kind: 'hang', method: 'PATCH' }, deadline: 'flow' },
    {
      name: 'PATCHes that land',
      fault: { kind: 'apply-then-hang', method: 'PATCH' },
      deadline: 'flow',
    },
    { name: 'reloads', fault: { kind: 'hang', path: RELOAD_ROUTE }, deadline: 'flow' },
  ])(
    'hangs on $name: the flow ends in time, and the next run goes on',
    async ({ fault, deadline }) => {
      const rig = await start({ config: () => ({ deadlines: { [deadline]: LIMIT } }) });
      await rig.reconcile();
      const { id, settings } = rig.flows()[0]!;
      rig.org().edit(id, { routing: { ...(settings['routing'] as object), maxWaitTime: 9 } }, SAM);
      rig.simulator.faults.add(fault);
      const report = await timed(() => rig.reconcile());
      expect(report).toMatchObject({ outcomes: [{ status: 'unresolved', code: 'deadline.flow' }] });
      rig.simulator.faults.clear();
      withoutLimits(rig);
      rig.clock.advance(16 * 60_000);
      await rig.reconcile();
      expect(rig.org().flow(id).settings).toMatchObject({ routing: settings['routing'] });
      expect((await rig.audit()).map(({ status }) => status)).toEqual(['applied']);
    },
  );

  test('hangs on the look-ups lets the flows that need them wait', async () => {
    const rig = await start({ config: () => ({ deadlines: { lookUp: LIMIT } }) });
    await rig.reconcile();
    const { id, settings } = rig.flows()[0]!;
    rig.org().edit(id, { routing: { ...(settings['routing'] as object), maxWaitTime: 9 } }, SAM);
    rig.simulator.faults.add({ kind: 'hang', path: '/api/v2/routing/queues' });
    const report = await timed(() => rig.reconcile());
    expect(report).toMatchObject({ outcomes: [{ flowId: id, status: 'deferred' }] });
  });

  test('hangs in the middle of the list ends `plan` too', async () => {
    const rig = await start({ config: () => ({ deadlines: { run: LIMIT } }) });
    const app = await rig.app();
    rig.simulator.faults.add({ kind: 'hang', path: LIST_ROUTE });
    const reports = await timed(() => app.plan({}, new AbortController().signal));
    expect(reports).toMatchObject([{ org: ACME, error: { code: 'run.deadline' } }]);
    expect(JSON.stringify(reports)).toContain('under way: reading the live flows');
  });
});

describe('a git remote that', () => {
  /** Answers the first so many requests of this kind as git does, and never another one. */
  const silentFrom =
    (count: number, isIts: (url: string) => boolean): Before =>
    (request) => {
      if (!isIts(request.url ?? '')) return false;
      count -= 1;
      return count < 0;
    };

  async function overHttp(before: Before, deadlines: object): Promise<IntegrationRig> {
    return start({
      config: async (repository) => {
        const server = await startGitHttpServer(repository.folder, before);
        closing.push(() => server.close());
        return { source: { repository: `${server.origin}/remote.git` }, deadlines };
      },
    });
  }

  test.each([
    { name: 'when it is asked where the branch is', count: 0 },
    { name: 'when the branch is fetched', count: 1 },
  ])('never answers $name ends every command with deadline.source', async ({ count }) => {
    const rig = await overHttp(
      silentFrom(count, () => true),
      { source: LIMIT },
    );
    const app = await rig.app();
    expect(await timed(() => rig.reconcile())).toMatchObject({ code: 'deadline.source' });
    const signal = new AbortController().signal;
    expect(await timed(() => app.plan({}, signal))).toMatchObject({ code: 'deadline.source' });
    expect(rig.simulator.requests.list()).toEqual([]);
  });

  test('never answers a push: the records are kept, and go with the next run', async () => {
    let isSilent = true;
    const before: Before = (request) => isSilent && (request.url ?? '').includes('receive-pack');
    const rig = await overHttp(before, { record: LIMIT });
    const report = await timed(() => rig.reconcile());
    expect(report).toMatchObject({
      publishing: { kind: 'kept', error: { code: 'deadline.record' } },
    });
    expect(exitCodeOf(report as Parameters<typeof exitCodeOf>[0])).toBe(1);
    isSilent = false;
    withoutLimits(rig);
    expect((await rig.reconcile()).publishing).toMatchObject({ kind: 'pushed' });
  });

  test('never answers over ssh', async () => {
    const rig = await start({
      config: () => ({
        source: { repository: 'ssh://git@git.example.com/acme/contact-centre.git' },
        deadlines: { source: LIMIT },
      }),
    });
    await withSilentSsh(rig, async () => {
      expect(await timed(() => rig.reconcile())).toMatchObject({ code: 'deadline.source' });
    });
  });

  test('never answers ends what only looks at the status branch with deadline.command', async () => {
    const rig = await overHttp(() => true, { command: LIMIT });
    const app = await rig.app();
    const signal = new AbortController().signal;
    const look = (): Promise<unknown> => app.inTime(signal, (alive) => app.statusTip(alive));
    expect(await timed(look)).toMatchObject({ code: 'deadline.command' });
  });
});

/** For a while `ssh` is a program that says nothing and does not end by itself. */
async function withSilentSsh(rig: IntegrationRig, work: () => Promise<void>): Promise<void> {
  const folder = join(rig.stateFolder, '..', 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'ssh'), '#!/bin/sh\nexec sleep 60\n');
  await chmod(join(folder, 'ssh'), 0o755);
  const { PATH } = process.env;
  process.env['PATH'] = `${folder}:${PATH ?? ''}`;
  try {
    await work();
  } finally {
    process.env['PATH'] = PATH;
  }
}

test('a lease that another process holds does not keep a rollback beyond its time', async () => {
  const rig = await start({ config: () => ({ deadlines: { run: LIMIT, command: LIMIT } }) });
  await rig.reconcile();
  const { id } = rig.flows()[0]!;
  const database = new DatabaseSync(join(rig.stateFolder, 'state.db'));
  database
    .prepare(
      `update leases set holder_id = 'x', host = 'elsewhere', machine = 'another', pid = 1,
        renewed_at = ?, ttl_ms = 600000`,
    )
    .run(rig.clock.now());
  database.close();
  const app = await rig.app();
  const signal = new AbortController().signal;
  const asked = { flow: id, by: 'Olga On-Call' };
  expect(await timed(() => app.rollBack(asked, signal))).toMatchObject({ code: 'run.deadline' });
  expect(await timed(() => app.release(asked, signal))).toMatchObject({ code: 'deadline.command' });
  // a run does not wait at all
  expect((await rig.reconcile()).error).toMatchObject({ code: 'state.busy' });
});
