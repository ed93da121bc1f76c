import type { World } from './world.ts';

/** One thing that happens in a program. */
export interface Step {
  /** As a line of a story. */
  readonly words: string;
  run(world: World): unknown;
}

/** `2nd`, `3rd`, … */
export function ordinal(n: number): string {
  const ends = ['th', 'st', 'nd', 'rd'];
  return `${String(n)}${ends[n] ?? 'th'}`;
}

const MINUTE_MS = 60_000;

/** `90 s`, `5 min`, `3 h` */
export function span(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${String(Math.round(ms / 1000))} s`;
  if (ms < 120 * MINUTE_MS) return `${String(Math.round(ms / MINUTE_MS))} min`;
  return `${String(Math.round(ms / (60 * MINUTE_MS)))} h`;
}
