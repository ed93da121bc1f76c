import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { expectUnderstood, optionOf } from '../support/deploy-files.ts';
import { deployPath, readDeploy } from '../support/deploy-path.ts';
import { describeWithTool } from '../support/tool.ts';

const UNIT = readDeploy('systemd/flowkeeper.service');
const run = promisify(execFile);

/** 0 (nothing is let in) to 10: `systemd-analyze security` tells what each point is for. */
const MAX_EXPOSURE = 1.5;

function settingOf(name: string): string {
  return new RegExp(`^${name}=(.*)$`, 'm').exec(UNIT)?.[1] ?? '';
}

describe('the unit', () => {
  const [program, script, ...argv] = settingOf('ExecStart').split(' ');

  test('starts a command line that the program understands', async () => {
    expect([program, script]).toEqual(['/usr/bin/node', '/opt/flowkeeper/dist/cli/main.js']);
    await expectUnderstood(argv);
    expect(optionOf(argv, 'config')).toBe('/etc/flowkeeper/flowkeeper.yaml');
  });

  test('gives more time to end than the command takes', () => {
    const stopSeconds = Number(/^(\d+)s$/.exec(settingOf('TimeoutStopSec'))?.[1]);
    expect(stopSeconds).toBeGreaterThanOrEqual(Number(optionOf(argv, 'grace')) + 10);
  });

  test('reloads by the signal that reloads, and is restarted only after a failure', () => {
    expect(settingOf('ExecReload')).toBe('/bin/kill -HUP $MAINPID');
    expect(settingOf('Restart')).toBe('on-failure');
  });

  test('may write its state folder and nothing else', () => {
    expect(settingOf('ProtectSystem')).toBe('strict');
    expect(settingOf('StateDirectory')).toBe('flowkeeper');
    expect(UNIT).not.toMatch(/^ReadWritePaths=/m);
  });
});

describeWithTool('systemd-analyze', 'systemd')('systemd', () => {
  /** The unit as it would be on this machine: what it starts has to be there. */
  async function withUnit(body: (file: string) => Promise<void>): Promise<void> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'flowkeeper-unit-')));
    try {
      const file = join(folder, 'flowkeeper.service');
      await writeFile(file, UNIT.replaceAll('/usr/bin/node ', `${process.execPath} `));
      await body(file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  test('finds no fault in the unit', () =>
    withUnit(async (file) => {
      const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
      expect(stdout + stderr).toBe('');
    }));

  test('finds it little exposed', () =>
    withUnit(async (file) => {
      const threshold = String(MAX_EXPOSURE * 10);
      const args = ['security', '--offline=yes', `--threshold=${threshold}`, file];
      const { stdout } = await run('systemd-analyze', args);
      expect(stdout).toMatch(/Overall exposure level .* OK/);
    }));
});

describeWithTool('systemd-sysusers', 'systemd')('systemd-sysusers', () => {
  test('understands who the unit runs as', async () => {
    const args = ['--dry-run', deployPath('systemd/flowkeeper.sysusers')];
    const { stdout, stderr } = await run('systemd-sysusers', args);
    expect(stdout + stderr).toContain('flowkeeper');
    expect([settingOf('User'), settingOf('Group')]).toEqual(['flowkeeper', 'flowkeeper']);
  });
});
