import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two texts are equal; how long it takes tells nothing of them, not even their length. */
export function isEqualSecret(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
