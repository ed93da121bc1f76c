import { Cron } from 'croner';

/** Times that begin as a cron line says, on the clock of a time zone. */
export interface CronSchedule {
  /** Five fields; `isCron` holds. */
  readonly cron: string;
  /** `isTimezone` holds. */
  readonly timezone: string;
}

/** Some instant: what a line means is asked without the machine's clock. */
const ANY_TIME = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const MAX_KNOWN = 4096;

/**
 * Whether it is a cron line of five fields of numbers, names, ranges, lists and steps, which some day comes true:
 * 31 June does not. `L`, `W`, `#`, `?` and nicknames, which few know the same way, are not taken.
 */
export function isCron(text: string): boolean {
  const cron = text.trim();
  if (!/^[\d*,/\s-]*$/.test(cron.replaceAll(/[a-z]{3}/gi, ''))) return false;
  try {
    return compile({ cron, timezone: 'UTC' }).nextRun(new Date(ANY_TIME)) !== null;
  } catch {
    return false;
  }
}

/** Whether the machine's time zone database has it. An offset such as `+01:00` is no zone: it knows no summer. */
export function isTimezone(text: string): boolean {
  if (!/^[a-z]/i.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/**
 * The last begin at or before `at` (epoch ms); undefined where there was none.
 *
 * Around a change of the clocks: with `*` or a step in minute or hour it begins at every instant that the line
 * names. Otherwise it begins once: of an hour that comes twice in the first, and for a time that is skipped right
 * after the gap, so that no begin is lost.
 */
export function lastStartAt(schedule: CronSchedule, at: number): number | undefined {
  // no begin lies inside a minute, and many ask within the same one
  const minute = Math.floor(at / MINUTE_MS);
  const { cron, known } = compiled(schedule);
  const kept = known.get(minute);
  if (kept !== undefined) return kept === NEVER ? undefined : kept;
  const found = cron.previousRuns(1, new Date(minute * MINUTE_MS + 1))[0]?.getTime();
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(minute, found ?? NEVER);
  return found;
}

/** The first begin after `at` (epoch ms), by the same rules; undefined where none comes. */
export function nextStartAt(schedule: CronSchedule, at: number): number | undefined {
  return compiled(schedule).cron.nextRun(new Date(at))?.getTime();
}

const NEVER = -Infinity;

interface Compiled {
  readonly cron: Cron;
  /** Last begin by minute. */
  readonly known: Map<number, number>;
}

const COMPILED = new WeakMap<CronSchedule, Compiled>();

function compiled(schedule: CronSchedule): Compiled {
  const kept = COMPILED.get(schedule);
  if (kept) return kept;
  const made = { cron: compile(schedule), known: new Map<number, number>() };
  COMPILED.set(schedule, made);
  return made;
}

function compile({ cron, timezone }: CronSchedule): Cron {
  return new Cron(cron, { timezone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true });
}
