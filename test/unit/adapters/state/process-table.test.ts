import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { readProcessTable } from '../../../../src/adapters/state/process-table.ts';

describe('readProcessTable', () => {
  const processes = readProcessTable();

  test('this process is not gone', () => {
    expect(processes.self.pid).toBe(process.pid);
    expect(processes.isGone(processes.self)).toBe(false);
    expect(readProcessTable().self).toEqual(processes.self);
  });

  test('a process that ended is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const other = { ...processes.self, pid: child.pid ?? 0, startedAt: '' };
    await once(child, 'exit');
    expect(processes.isGone(other)).toBe(true);
  });

  test('one whose number another process has now is gone, where the system tells starts', () => {
    const namesake = { ...processes.self, startedAt: `${processes.self.startedAt}0` };
    expect(processes.isGone(namesake)).toBe(processes.self.startedAt !== '');
  });

  test('nothing is known of the processes of another machine', () => {
    const other = { ...processes.self, machine: 'elsewhere', pid: 2 ** 22 + 1 };
    expect(processes.isGone(other)).toBe(false);
  });
});
