import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../../../src/domain/error-details.ts';
import type { DependencyKind } from '../../../../src/domain/flow.ts';
import { exitCodeOfChecks } from '../../../../src/engine/doctor/check.ts';
import type { Check } from '../../../../src/engine/doctor/check.ts';
import { checkOrg } from '../../../../src/engine/doctor/check-org.ts';
import { loadDesiredOrg, makeDesiredLoader } from '../../../../src/engine/load-desired.ts';
import { ORG_ID } from '../../../support/builders.ts';
import { anApiError, EngineRig, ORG, waiting } from '../../../support/engine-rig.ts';
import type { RigOptions } from '../../../support/engine-rig.ts';
import { someLimits } from '../../../support/some-limits.ts';

const signal = new AbortController().signal;
type ApiCode = Extract<ErrorCode, `api.${string}`>;

async function desiredOf(rig: EngineRig) {
  const pinned = await rig.source.pinHead(signal);
  const limits = someLimits(rig.clock);
  const run = { org: ORG, orgId: ORG_ID, directory: 'desired-state', pinned, limits };
  return loadDesiredOrg(makeDesiredLoader(rig, 'desired-state'), run, signal);
}

/** The org of a rig, whose flow git describes so. */
async function check(rig: EngineRig, spec = waiting(300)): Promise<readonly Check[]> {
  rig.commit({ 1: spec });
  const { backend, clock } = rig.ports;
  return checkOrg({ org: ORG, backend, clock, desired: await desiredOf(rig) }, signal);
}

const resultsOf = (checks: readonly Check[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ check: name, result }) => [name, result]));
const checkNamed = (checks: readonly Check[], name: Check['check']): Check =>
  checks.find((one) => one.check === name)!;

const WELL = {
  service: 'ok',
  token: 'ok',
  'read-flows': 'ok',
  'write-flows': 'unchecked',
  queues: 'ok',
  users: 'ok',
  teams: 'ok',
};
const NOT_ASKED = {
  'write-flows': 'unchecked',
  queues: 'unchecked',
  users: 'unchecked',
  teams: 'unchecked',
  clock: 'unchecked',
};

describe('checkOrg', () => {
  test('an org of which all may be read is well, and what takes a write to know is said to be unknown', async () => {
    const rig = new EngineRig({ serviceTimeAt: 0 });
    const checks = await check(rig);
    expect(resultsOf(checks)).toMatchObject(WELL);
    expect(checkNamed(checks, 'write-flows').message).toContain('shows at the first write');
  });

  test('reads, and does nothing else', async () => {
    const rig = new EngineRig();
    await check(rig);
    const methods = new Set(rig.backend.calls.map(({ method }) => method));
    expect([...methods].sort()).toEqual(['accessTo', 'probe', 'read']);
  });

  test.each<{ readonly code: ApiCode; readonly results: Readonly<Record<string, string>> }>([
    { code: 'api.unreachable', results: { service: 'fail', token: 'unchecked' } },
    { code: 'api.timeout', results: { service: 'fail', token: 'unchecked' } },
    { code: 'api.server-error', results: { service: 'fail', token: 'unchecked' } },
    { code: 'api.bad-answer', results: { service: 'fail', token: 'unchecked' } },
    { code: 'api.token-refused', results: { service: 'ok', token: 'fail' } },
    { code: 'api.unauthorized', results: { service: 'ok', token: 'fail' } },
    { code: 'api.forbidden', results: { service: 'ok', token: 'ok', 'read-flows': 'fail' } },
    { code: 'api.not-found', results: { service: 'ok', token: 'ok', 'read-flows': 'fail' } },
  ])('$code at the first request tells how far it came', async ({ code, results }) => {
    const rig = new EngineRig();
    rig.backend.failNext('probe', anApiError(code));
    const checks = await check(rig);
    expect(resultsOf(checks)).toEqual({ 'read-flows': 'unchecked', ...NOT_ASKED, ...results });
    const fail = checks.find(({ result }) => result === 'fail');
    expect(fail).toMatchObject({ code, next: expect.stringMatching(/\S/) as unknown });
    expect(exitCodeOfChecks(checks)).toBe(1);
    expect(rig.backend.calls).toHaveLength(1);
  });

  test('a flow that may be listed and not read fails', async () => {
    const rig = new EngineRig();
    rig.backend.failNext('read', anApiError('api.forbidden'));
    expect(resultsOf(await check(rig))).toMatchObject({ ...WELL, 'read-flows': 'fail' });
  });

  test('an org without flows is something to look at', async () => {
    const checks = await check(new EngineRig({ flows: 0 }));
    expect(checkNamed(checks, 'read-flows')).toMatchObject({ result: 'warn' });
    expect(exitCodeOfChecks(checks)).toBe(0);
  });

  test('an error that is not about permissions fails its check and no other', async () => {
    const rig = new EngineRig();
    rig.backend.failNext('accessTo', anApiError('api.timeout'));
    expect(resultsOf(await check(rig))).toMatchObject({ ...WELL, queues: 'fail' });
  });

  test('ends with the reason of a signal that aborts', async () => {
    const rig = new EngineRig();
    const reason = new Error('enough');
    const stop = new AbortController();
    rig.backend.onNext('accessTo', () => {
      stop.abort(reason);
    });
    const { backend, clock } = rig.ports;
    const parts = { org: ORG, backend, clock, desired: undefined };
    await expect(checkOrg(parts, stop.signal)).rejects.toBe(reason);
  });
});

describe('a kind of dependency that may not be read', () => {
  const PERMISSION = 'routing:queue:view';
  const forbidding = (forbidden: readonly DependencyKind[]): RigOptions => ({ forbidden });
  const needsQueues = { requires: { queues: ['Support'] } };
  const appliesToQueues = {
    settings: { scopeDirectives: { applyTo: ['queue'] } },
  };

  test.each([
    { name: 'that a flow requires', spec: waiting(300, needsQueues), result: 'fail' },
    { name: 'that a flow applies to', spec: appliesToQueues, result: 'fail' },
    { name: 'that no flow needs', spec: waiting(300), result: 'ok' },
  ])('$name: $result, with the permission', async ({ spec, result }) => {
    const checks = await check(new EngineRig(forbidding(['queue'])), spec);
    const queues = checkNamed(checks, 'queues');
    expect(queues.result).toBe(result);
    expect(queues.message).toContain(PERMISSION);
    expect(resultsOf(checks)).toMatchObject({ users: 'ok', teams: 'ok' });
  });

  test('is something to look at while it is not known what git needs', async () => {
    const { backend, clock } = new EngineRig(forbidding(['queue'])).ports;
    const checks = await checkOrg({ org: ORG, backend, clock, desired: undefined }, signal);
    const queues = checkNamed(checks, 'queues');
    expect(queues).toMatchObject({ result: 'warn', next: expect.any(String) as unknown });
  });
});

describe('the clock', () => {
  const clockOf = async (aheadMs: number): Promise<Check> => {
    const now = new EngineRig().clock.now();
    return checkNamed(await check(new EngineRig({ serviceTimeAt: now + aheadMs })), 'clock');
  };

  // the service tells whole seconds: it may be up to a second later than it says
  test.each([
    { aheadMs: 0, result: 'ok' },
    { aheadMs: 9_999, result: 'ok' },
    { aheadMs: 10_000, result: 'warn' },
    { aheadMs: 119_999, result: 'warn' },
    { aheadMs: 120_000, result: 'fail' },
    { aheadMs: -10_999, result: 'ok' },
    { aheadMs: -11_000, result: 'warn' },
    { aheadMs: -120_999, result: 'warn' },
    { aheadMs: -121_000, result: 'fail' },
  ])('of the service $aheadMs ms from ours: $result', async ({ aheadMs, result }) => {
    expect((await clockOf(aheadMs)).result).toBe(result);
  });

  test('that is wrong is told with how much, in which direction, and what to do', async () => {
    expect(await clockOf(300_000)).toMatchObject({
      message: "this machine's clock is 300 s behind that of the service",
      next: expect.stringContaining('time server') as unknown,
    });
    expect((await clockOf(-301_000)).message).toContain('300 s ahead of');
  });

  test('of a service that does not tell its time is not known', async () => {
    expect(checkNamed(await check(new EngineRig()), 'clock').result).toBe('unchecked');
  });
});
