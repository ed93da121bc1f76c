import { describe, expect, test } from '@jest/globals';
import { readPushReport } from '../../../../src/adapters/git/push-report.ts';

function report(words: string, stderr = ''): ReturnType<typeof readPushReport> {
  const line = words === '' ? '' : `!\tabc:refs/heads/s\t${words}\n`;
  const stdout = Buffer.from(`To https://host/x\n${line}Done\n`);
  return readPushReport({ exitCode: 1, stdout, stderr });
}

describe('readPushReport', () => {
  test.each([
    '[rejected] (fetch first)',
    '[rejected] (non-fast-forward)',
    '[remote rejected] (failed to update ref)',
    '[remote rejected] (failed to lock)',
    "[remote rejected] (cannot lock ref 'refs/heads/s': is at abc but expected def)",
    '[remote rejected] (incorrect old value provided)',
    '[remote rejected] (reference already exists)',
  ])('%s is a lost race', (words) => {
    expect(report(words).kind).toBe('raced');
  });

  test.each([
    '[remote rejected] (pre-receive hook declined)',
    '[remote rejected] (protected branch hook declined)',
    '[remote rejected] (permission denied)',
    '[remote rejected] (branch is currently checked out)',
    '[remote rejected] (push declined due to repository rule violations)',
    "[remote rejected] (cannot lock ref 'refs/heads/s/x': 'refs/heads/s' exists; cannot create 'refs/heads/s/x')",
    '[remote rejected] (unpacker error)',
  ])('%s is a refusal', (words) => {
    expect(report(words)).toEqual({ kind: 'declined', words });
  });

  test('a branch in the way may be told beside the verdict only', () => {
    const beside = "remote: error: 'refs/heads/s' exists; cannot create 'refs/heads/s/x'";
    expect(report('[remote rejected] (failed to update ref)', beside).kind).toBe('declined');
  });

  test.each(['', '[remote failure] (remote failed to report status)'])(
    '%j says nothing of the ref',
    (words) => {
      expect(report(words)).toEqual({ kind: 'failed' });
    },
  );

  test('exit 0 is a push', () => {
    const stdout = Buffer.from('To x\n*\tabc:refs/heads/s\t[new branch]\nDone\n');
    expect(readPushReport({ exitCode: 0, stdout, stderr: '' })).toEqual({ kind: 'pushed' });
  });
});
