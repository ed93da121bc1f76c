import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { PERMISSIONS } from '../../src/simulator/options.ts';
import { flowPath } from '../support/desired-files.ts';
import { expectDocument } from '../support/document-schemas.ts';
import { ACME, FLOW_ROUTE, IntegrationRig, LIST_ROUTE } from '../support/integration-rig.ts';
import { runRigCli } from '../support/run-cli.ts';

interface DoctorDocument {
  readonly exitCode: number;
  readonly checks: readonly {
    readonly check: string;
    readonly org?: string;
    readonly result: string;
    readonly message: string;
    readonly next?: string;
    readonly code?: string;
  }[];
}

let rig: IntegrationRig;

beforeEach(async () => {
  rig = await IntegrationRig.start({ orgs: [{ flows: 3 }] });
  // the service and the command line have one clock
  rig.clock.advance(Date.now() - rig.clock.now());
});

afterEach(() => rig.close());

/** What `doctor` finds, by check, and how it ends. */
async function doctor(...argv: readonly string[]): Promise<{
  readonly exitCode: number;
  readonly found: ReadonlyMap<string, DoctorDocument['checks'][number]>;
}> {
  const end = await runRigCli(rig, 'doctor', '--output', 'json', ...argv);
  const document = JSON.parse(end.stdout) as DoctorDocument;
  expectDocument('doctor', document);
  expect(document.exitCode).toBe(end.exitCode);
  for (const { result, next } of document.checks)
    expect(next !== undefined).toBe(result === 'warn' || result === 'fail');
  return {
    exitCode: end.exitCode,
    found: new Map(document.checks.map((check) => [check.check, check])),
  };
}

describe('doctor', () => {
  test('finds a good installation well, and leaves nothing behind in the org or the repository', async () => {
    const refs = await rig.repository.run('for-each-ref');
    rig.simulator.requests.clear();
    const { exitCode, found } = await doctor();

    expect(exitCode).toBe(0);
    const odd = [...found.values()].filter(({ result }) => result !== 'ok');
    expect(odd).toMatchObject([{ check: 'write-flows', result: 'unchecked' }]);
    expect(found.size).toBe(14);
    expect(found.get('webhooks')?.message).toBe('none: git is looked at each 1m');
    expect(await rig.repository.run('for-each-ref')).toBe(refs);
    const sent = rig.simulator.requests.list().map(({ method, route }) => `${method} ${route}`);
    expect(new Set(sent.filter((request) => !request.startsWith('GET')))).toEqual(
      new Set(['POST /api/v2/oauth/token']),
    );
    expect(sent).toContain(`GET ${LIST_ROUTE}`);
    expect(sent).toContain(`GET ${FLOW_ROUTE}`);
  });

  test('tells of a permission that no flow needs', async () => {
    const { id, settings } = rig.flows()[0]!;
    const scopeDirectives = { ...(settings['scopeDirectives'] as object), applyTo: ['queue'] };
    const files = rig.flows().map(({ id: other }) => [flowPath(ACME, other), null] as const);
    const text = stringify({ flowId: id, settings: { scopeDirectives } });
    await rig.repository.commit({ ...Object.fromEntries(files), [flowPath(ACME, id)]: text });
    const { exitCode, found } = await doctor();
    expect(exitCode).toBe(0);
    expect(found.get('queues')).toMatchObject({ result: 'ok', message: 'may be read' });
    expect(found.get('teams')?.message).toContain('no flow needs it');
  });

  test('says each thing in a line for people, with the next step below what is wrong', async () => {
    rig.org().setPermissions(
      `flowkeeper-${ACME}`,
      PERMISSIONS.filter((permission) => permission !== 'routing:queue:view'),
    );
    await rig.repository.commit({ [flowPath(ACME, rig.flows()[0]!.id)]: 'flowId: [\n' });
    const end = await runRigCli(rig, 'doctor');
    expect(end).toMatchObject({ exitCode: 1, stderr: '' });
    expect(end.stdout).toMatch(/^ {2}ok {4}state/m);
    expect(end.stdout).toMatch(/^ {2}FAIL {2}desired .*\[desired\.invalid\]\n {10}.*yaml:\d/m);
    expect(end.stdout).toMatch(
      /^ {2}FAIL {2}queues .*routing:queue:view is missing \[api\.forbidden\]\n {10}next: Give/m,
    );
    expect(end.stdout).not.toContain(`client-secret-of-${ACME}`);
  });

  test('looks at all else when the state cannot be used', async () => {
    await rig.reconcile();
    await rig.stop();
    await writeFile(join(rig.stateFolder, 'state.db'), 'this is no database');
    const { exitCode, found } = await doctor();
    expect(exitCode).toBe(1);
    expect(found.get('state')).toMatchObject({ result: 'fail', code: 'state.corrupt' });
    const others = ['source', 'status-branch', 'desired', 'token', 'read-flows', 'clock'];
    for (const check of others) expect(found.get(check)).toMatchObject({ result: 'ok' });
  });

  test('tells what waits to be pushed', async () => {
    await rig.repository.installHook('pre-receive', 'exit 1');
    await rig.reconcile();
    const { exitCode, found } = await doctor();
    expect(exitCode).toBe(0);
    expect(found.get('state')).toMatchObject({
      result: 'warn',
      message: expect.stringContaining('4 records are not pushed yet') as unknown,
    });
    // a hook is what a dry run cannot see, as it says
    expect(found.get('status-branch')).toMatchObject({ result: 'ok' });
  });

  test('a repository that is gone fails both ways, and the org is looked at', async () => {
    const away = `${rig.repository.path}.away`;
    await rename(rig.repository.path, away);
    const { exitCode, found } = await doctor();
    await rename(away, rig.repository.path);
    expect(exitCode).toBe(1);
    expect(found.get('source')).toMatchObject({ result: 'fail', code: 'git.unreachable' });
    expect(found.get('status-branch')).toMatchObject({ result: 'fail', code: 'git.unreachable' });
    expect(found.get('desired')).toMatchObject({ result: 'unchecked' });
    expect(found.get('token')).toMatchObject({ result: 'ok' });
  });

  test('a service that is away fails at its first line, and nothing further is asked of it', async () => {
    rig.simulator.faults.add({ kind: 'status', status: 503 });
    const { exitCode, found } = await doctor();
    expect(exitCode).toBe(1);
    expect(found.get('service')).toMatchObject({ result: 'fail' });
    expect(found.get('teams')).toMatchObject({ result: 'unchecked' });
    expect(found.get('source')).toMatchObject({ result: 'ok' });
  });

  test('a config with faults is the only line, with exit code 3', async () => {
    const file = `${rig.stateFolder}.faulty.yaml`;
    await writeFile(file, 'orgs: {}\nsauce: 1\n');
    const end = await runRigCli(rig, 'doctor', '--output', 'json', '--config', file);
    expect(end.exitCode).toBe(3);
    const document = JSON.parse(end.stdout) as DoctorDocument;
    expectDocument('doctor', document);
    expect(document.checks).toMatchObject([
      { check: 'config', result: 'fail', code: 'config.invalid' },
    ]);
  });

  test('a clock that is wrong fails', async () => {
    rig.clock.advance(600_000);
    const { exitCode, found } = await doctor();
    expect(exitCode).toBe(1);
    expect(found.get('clock')?.message).toMatch(/clock is (59|60)\d s behind/);
  });

  test('looks only at the orgs that are named, and knows no others', async () => {
    const end = await runRigCli(rig, 'doctor', '--org', 'nobody');
    expect(end).toMatchObject({ exitCode: 1, stdout: '' });
    expect(end.stderr).toContain('[cli.usage]');
  });
});
