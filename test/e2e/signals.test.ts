import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
// before the world, which gives real processes more time
import { FLOW_ROUTE, LIST_ROUTE, policyPath, RELOAD_ROUTE } from '../support/integration-rig.ts';
import { stringify } from 'yaml';
import type { CliProcess, CliResult } from '../support/cli.ts';
import { ACME, E2eWorld } from '../support/e2e-world.ts';
import { startGitHttpServer } from '../support/git-http-server.ts';
import type { GitHttpServer } from '../support/git-http-server.ts';
import type { FlowState } from '../../src/simulator/flow.ts';

/** One request may take a minute; who is told to end does not wait for it, on a busy machine either. */
const PROMPT_MS = 5_000;
/** Nothing but the signal ends what hangs, polls or waits within the time of a test. */
const POLICY = {
  rate: { perFlow: '0s' },
  apply: { concurrency: 1, verifyTimeout: '10m' },
  fight: { corrections: 100 },
};
const TOKEN_ROUTE = '/api/v2/oauth/token';
const QUEUES_ROUTE = '/api/v2/routing/queues';

let world: E2eWorld;
let server: GitHttpServer;
/** Requests of git that get no answer. */
let isSilent: (url: string) => boolean = () => false;
let silenced = 0;

beforeAll(async () => {
  world = await E2eWorld.start({ flows: 4, policy: POLICY });
  server = await startGitHttpServer(world.repository.folder, (request) => {
    const isIts = isSilent(request.url ?? '');
    if (isIts) silenced += 1;
    return isIts;
  });
  await world.configure({ source: { repository: `${server.origin}/remote.git` } });
  expect((await world.run(['reconcile'])).code).toBe(0);
});

afterEach(async () => {
  isSilent = () => false;
  silenced = 0;
  await world.clearFaults();
  await world.forgetRequests();
});

afterAll(async () => {
  await world.close();
  await server.close();
});

async function flow(nth: number): Promise<FlowState> {
  const answer = await fetch(`${world.url}/_simulator/state?flowId=${world.idOf(nth)}`);
  const { orgs } = (await answer.json()) as {
    readonly orgs: readonly { readonly flows: readonly FlowState[] }[];
  };
  return orgs[0]!.flows[0]!;
}

async function auditsOf(nth: number): Promise<readonly string[]> {
  const files = await world.repository.files('flowkeeper/status');
  const lines = [...files].filter(([path]) => path.startsWith(`audit/${ACME}/`));
  const records = lines.flatMap(([, text]) => text.trim().split('\n'));
  return records.flatMap((line) => {
    const { flowId, status } = JSON.parse(line) as {
      readonly flowId: string;
      readonly status: string;
    };
    return flowId === world.idOf(nth) ? [status] : [];
  });
}

async function isReached(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Sends the signal and measures how long the process takes to end by itself. */
async function cancelled(
  command: CliProcess,
  signal: NodeJS.Signals,
  isVerbose = false,
): Promise<CliResult> {
  const askedMs = performance.now();
  const result = await command.stop(signal);
  expect(performance.now() - askedMs).toBeLessThan(PROMPT_MS);
  expect(result.code).toBe(1);
  expect(`${result.stdout}${result.stderr}`).toContain('[run.cancelled]');
  if (!isVerbose) expect(result.stderr).not.toMatch(/^ +at /m);
  return result;
}

interface Moment {
  readonly name: string;
  readonly fault?: object;
  readonly silent?: (url: string) => boolean;
  /** Resolves when the process is there. */
  readonly isThere: (nth: number) => Promise<unknown>;
  /** PATCHes of the flow that were sent, both runs together. */
  readonly patches: number;
}

const sees = (method: string, path: string) => (): Promise<void> => world.sees(method, path);
const flowPathOf = (nth: number): string => FLOW_ROUTE.replace('{flowId}', world.idOf(nth));
const seesFlow =
  (method: string, times = 1) =>
  (nth: number): Promise<void> =>
    isReached(async () => {
      const seen = (await world.requests(method)).filter(({ path }) => path === flowPathOf(nth));
      return seen.length >= times;
    });

describe('a signal', () => {
  const MOMENTS: readonly Moment[] = [
    {
      name: 'while git is asked',
      silent: () => true,
      isThere: () => isReached(() => silenced > 0),
      patches: 1,
    },
    {
      name: 'while a token is asked for',
      fault: { kind: 'hang', path: TOKEN_ROUTE },
      isThere: sees('POST', TOKEN_ROUTE),
      patches: 1,
    },
    {
      name: 'during the live list',
      fault: { kind: 'hang', path: LIST_ROUTE },
      isThere: sees('GET', LIST_ROUTE),
      patches: 1,
    },
    {
      name: 'during a look-up',
      fault: { kind: 'hang', path: QUEUES_ROUTE },
      isThere: sees('GET', QUEUES_ROUTE),
      patches: 1,
    },
    {
      name: 'during the read before a write',
      fault: { kind: 'hang', method: 'GET', path: FLOW_ROUTE },
      isThere: seesFlow('GET'),
      patches: 1,
    },
    {
      name: 'with a PATCH in flight that is lost',
      fault: { kind: 'hang', method: 'PATCH' },
      isThere: seesFlow('PATCH'),
      patches: 2,
    },
    {
      name: 'with a PATCH in flight that lands',
      fault: { kind: 'apply-then-hang', method: 'PATCH' },
      isThere: seesFlow('PATCH'),
      patches: 1,
    },
    {
      name: 'in a wait that the service asked for',
      fault: { kind: 'status', status: 429, retryAfter: 3, method: 'PATCH', times: 1 },
      isThere: seesFlow('PATCH'),
      patches: 2,
    },
    {
      name: 'during the reload',
      fault: { kind: 'hang', path: RELOAD_ROUTE },
      isThere: sees('POST', RELOAD_ROUTE),
      patches: 1,
    },
    {
      name: 'during the read that verifies',
      fault: { kind: 'hang', method: 'GET', path: FLOW_ROUTE, nth: 2 },
      isThere: seesFlow('GET', 2),
      patches: 1,
    },
    {
      name: 'during the push',
      silent: (url) => url.includes('receive-pack'),
      isThere: () => isReached(() => silenced > 0),
      patches: 1,
    },
  ];

  test.each(
    MOMENTS.map(
      (moment, i) => ({ ...moment, signal: i % 2 === 0 ? 'SIGTERM' : 'SIGINT' }) as const,
    ),
  )(
    '$name ends the run at once ($signal), and the next run makes the change once',
    async ({ fault, silent, isThere, patches, signal }) => {
      const nth = 0;
      const before = await flow(nth);
      const audits = (await auditsOf(nth)).length;
      await world.edit(nth, { routing: { maxWaitTime: before.version } });
      await world.forgetRequests();
      if (fault) await world.addFaults(fault);
      if (silent) isSilent = silent;
      const command = world.begin(['reconcile']);
      await isThere(nth);
      await cancelled(command, signal);

      await world.clearFaults();
      isSilent = () => false;
      const { code, stdout, stderr } = await world.run(['reconcile']);
      expect([code, stderr]).toEqual([0, expect.not.stringContaining('[')]);
      expect(stdout).not.toContain('failed');
      const after = await flow(nth);
      expect(after).toMatchObject({ version: before.version + 2, pendingReload: false });
      expect(after.settings['routing']).toEqual(before.settings['routing']);
      expect(after.inEffect).toEqual(after.settings);
      const sent = (await world.requests('PATCH')).filter(({ path }) => path === flowPathOf(nth));
      expect(sent).toHaveLength(patches);
      expect((await auditsOf(nth)).slice(audits)).toEqual(['applied']);
    },
  );

  test('while a write waits for the rate gate leaves that flow to the next run', async () => {
    const before = await flow(2);
    await world.edit(1, { routing: { maxWaitTime: 8 } });
    expect((await world.run(['reconcile'])).code).toBe(0);
    const rate = { perFlow: '0s', updatesPerMinute: 1 };
    await world.repository.commit({ [policyPath(ACME)]: stringify({ ...POLICY, rate }) });
    await world.edit(2, { routing: { maxWaitTime: 8 } });
    await world.forgetRequests();
    const command = world.begin(['reconcile']);
    await seesFlow('GET')(2);
    await cancelled(command, 'SIGTERM');
    expect(await world.requests('PATCH')).toEqual([]);

    await world.repository.commit({ [policyPath(ACME)]: stringify(POLICY) });
    expect((await world.run(['reconcile'])).code).toBe(0);
    const { version, settings } = before;
    expect(await flow(2)).toMatchObject({
      version: version + 2,
      settings: { routing: settings['routing'] },
    });
    expect(await auditsOf(2)).toEqual(['applied']);
  });

  test('while it is looked whether a write has its effect leaves that to the next run, which rolls it back', async () => {
    const before = await flow(3);
    await world.merge(3, { routing: { maxWaitTime: 4321 } });
    await world.addFaults({
      ...{ kind: 'store-differently', method: 'PATCH', times: 1 },
      ...{ pointer: '/routing/maxWaitTime', value: 1 },
    });
    await world.forgetRequests();
    const command = world.begin(['reconcile']);
    // before the write, after it, and once more
    await seesFlow('GET', 3)(3);
    await cancelled(command, 'SIGINT');

    const short = { ...POLICY, apply: { verifyTimeout: '100ms' } };
    await world.repository.commit({ [policyPath(ACME)]: stringify(short) });
    const { code, stdout } = await world.run(['reconcile']);
    expect(code).toBe(1);
    expect(stdout).toContain('rolled-back');
    await world.repository.commit({ [policyPath(ACME)]: stringify(POLICY) });
    const after = await flow(3);
    expect(after.settings).toEqual(before.settings);
    expect(after.inEffect).toEqual(before.settings);
    expect(await auditsOf(3)).toEqual(['rolled-back']);
    await world.merge(3, {});
    expect((await world.run(['reconcile'])).code).toBe(0);
  });

  test.each([
    ['plan'],
    ['status'],
    ['history', 'any'],
    ['audit', 'verify'],
    ['rollback', '#0'],
    ['doctor'],
  ])('ends `%s` that waits for git, too', async (...args) => {
    isSilent = () => true;
    const command = world.begin(args.map((arg) => (arg === '#0' ? world.idOf(0) : arg)));
    await isReached(() => silenced > 0);
    await cancelled(command, 'SIGTERM');
  });

  test('ends a command that waits for a run of another process', async () => {
    await world.addFaults({ kind: 'hang', path: LIST_ROUTE });
    const run = world.begin(['reconcile']);
    await world.sees('GET', LIST_ROUTE);
    const waiting = world.begin(['retry', world.idOf(0), '--verbose']);
    await waiting.logs(/waits for another run/);
    await cancelled(waiting, 'SIGTERM', true);
    await cancelled(run, 'SIGTERM');
  });

  test.each([
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('%s and then %s ends the process at once, by the second', async (first, second) => {
    await world.addFaults({ kind: 'hang', path: LIST_ROUTE });
    const controller = world.begin(['run']);
    await world.sees('GET', LIST_ROUTE);
    controller.child.kill(first);
    await controller.logs(/no run starts any more/);
    expect(controller.child.exitCode).toBeNull();
    await controller.stop(second);
    expect(controller.child.signalCode).toBe(second);
  });

  test('leaves the audit chain whole, however often', async () => {
    expect((await world.run(['audit', 'verify'])).code).toBe(0);
  });
});
