import { userInfo } from 'node:os';

/** Who uses this machine, as far as it knows; a user id without a name (in a container) has none. */
export function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return 'an unnamed user';
  }
}
