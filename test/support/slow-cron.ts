import type { CronSchedule } from '../../src/domain/cron.ts';

const MINUTE = 60_000;

/**
 * Every begin in [from, until), found by looking at each minute of the zone's clock: no library, no shortcut.
 * Knows `*`, numbers, lists, ranges and steps of `*`; the day of month and the month must be `*`.
 */
export function startsBySlowCheck(
  { cron, timezone }: CronSchedule,
  from: number,
  until: number,
): readonly number[] {
  const [minutes = '', hours = '', , , weekdays = ''] = cron.split(' ');
  const isWild = `${minutes}${hours}`.includes('*');
  const times = Array.from({ length: 24 * 60 }, (_, time) => time).filter(
    (time) => matches(hours, Math.floor(time / 60)) && matches(minutes, time % 60),
  );
  // the first and the last day may be there in part only
  const days = daysOf(timezone, from, until)
    .slice(1, -1)
    .filter(({ weekday }) => matches(weekdays, weekday));
  const starts = days.flatMap(({ shown }) =>
    times.flatMap((time) => {
      const instants = shown.get(time) ?? [];
      if (isWild) return instants;
      return [instants[0] ?? afterGap(shown, time)];
    }),
  );
  return [...new Set(starts)].sort((a, b) => a - b);
}

/** A day of a zone: the instants at which its clock shows a time, in minutes; none for a time that is skipped. */
interface ShownDay {
  readonly weekday: number;
  readonly shown: Map<number, number[]>;
}

const known = new Map<string, readonly ShownDay[]>();

function daysOf(timezone: string, from: number, until: number): readonly ShownDay[] {
  const key = `${timezone} ${String(from)} ${String(until)}`;
  const kept = known.get(key);
  if (kept) return kept;
  const days = new Map<string, ShownDay>();
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  for (let at = from; at < until; at += MINUTE) {
    const [date = '', clock = ''] = format.format(at).split(' ');
    const [hour, minute] = clock.split(':').map(Number);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const day = days.get(date) ?? { weekday, shown: new Map<number, number[]>() };
    const time = (hour ?? 0) * 60 + (minute ?? 0);
    day.shown.set(time, [...(day.shown.get(time) ?? []), at]);
    days.set(date, day);
  }
  const found = [...days.values()];
  known.set(key, found);
  return found;
}

/** The first instant of the day whose clock shows more than it should. */
function afterGap(shown: ShownDay['shown'], time: number): number {
  const later = [...shown].filter(([other]) => other > time).flatMap(([, instants]) => instants);
  if (later.length === 0) throw new Error('the gap reaches into the next day');
  return Math.min(...later);
}

function matches(field: string, value: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    if (range === '*') return value % Number(step ?? 1) === 0;
    const [low, high = low] = range.split('-').map(Number);
    return low !== undefined && value >= low && value <= (high ?? low);
  });
}
