import { describe, expect, test } from '@jest/globals';
import { usePlainEnvironment } from '../../../src/app/plain-environment.ts';

describe('the environment of a program of its own', () => {
  test('is a copy that says the same', () => {
    const env = { HOME: '/home/ops', TOKEN: 'x' };
    const host: Parameters<typeof usePlainEnvironment>[0] = { env, platform: 'linux' };
    usePlainEnvironment(host);
    expect(host.env).toEqual(env);
    expect(host.env).not.toBe(env);
  });

  test('stays as it is on Windows, where the case of a name does not matter', () => {
    const env = { Path: 'C:' };
    const host: Parameters<typeof usePlainEnvironment>[0] = { env, platform: 'win32' };
    usePlainEnvironment(host);
    expect(host.env).toBe(env);
  });
});
