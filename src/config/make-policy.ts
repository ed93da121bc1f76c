import { parseDuration } from '../domain/duration.ts';
import type { FreezeOverride, FreezeWindow, Policy } from '../domain/policy.ts';
import { closest } from './did-you-mean.ts';
import { faultAt } from './fault.ts';
import type { Fault, Place } from './fault.ts';
import type { FreezeFile, FreezeOverrideFile, PolicyFile } from './formats.generated.ts';
import { parseInstant } from './instant.ts';
import { violationsOf } from './schemas.ts';
import type { Places } from './yaml-places.ts';

let defaultPolicy: Policy | undefined;

/** The policy of an org that has no policy.yaml: the schema's defaults. */
export function policyByDefault(): Policy {
  if (defaultPolicy) return defaultPolicy;
  const file = {};
  violationsOf('policy', file);
  defaultPolicy = makePolicy(file as PolicyFile);
  return defaultPolicy;
}

/** A file that the schema has let through, its defaults filled in, as the engine wants it. */
export function makePolicy(file: PolicyFile): Policy {
  const { rate, massChange, apply, fight, report } = file;
  return {
    mode: file.mode,
    intervalMs: msOf(file.interval),
    rate: {
      perFlowMs: msOf(rate.perFlow),
      updatesPerMinute: rate.updatesPerMinute,
      requestsPerMinute: rate.requestsPerMinute,
    },
    massChange: { ...massChange },
    freeze: file.freeze.map(makeFreeze),
    freezeOverrides: file.freezeOverrides.map(makeOverride),
    apply: {
      concurrency: apply.concurrency,
      conflictRetries: apply.conflictRetries,
      verifyTimeoutMs: msOf(apply.verifyTimeout),
      onReloadFailure: apply.onReloadFailure,
      revertsSkipPerFlowRate: apply.revertsSkipPerFlowRate,
      pushSnapshotsFirst: apply.pushSnapshotsFirst,
    },
    fight: {
      corrections: fight.corrections,
      withinMs: msOf(fight.within),
      probeAfterMs: msOf(fight.probeAfter),
    },
    report: { ...report },
  };
}

/** What the schema cannot say of a policy. */
export function checkPolicy(file: PolicyFile, places: Places): readonly Fault[] {
  return [...checkFreezes(file, places), ...checkOverrides(file, places)];
}

function checkFreezes(file: PolicyFile, places: Places): readonly Fault[] {
  return file.freeze.flatMap((freeze, i) => {
    const window = makeFreeze(freeze);
    if (window.kind === 'cron' || window.fromAt < window.untilAt) return [];
    const place = places.ofValue(['freeze', String(i), 'until']);
    return [
      faultAt(place, 'schema.violation', '`until` is not after `from`', 'Swap or correct them.'),
    ];
  });
}

/** An override of a window that nobody knows would be one that does nothing when it is needed. */
function checkOverrides(file: PolicyFile, places: Places): readonly Fault[] {
  const known = file.freeze.map(({ name }) => name);
  const names = file.freezeOverrides.map(({ name }) => name);
  return file.freezeOverrides.flatMap(({ name, windows = [] }, i) => {
    const path = ['freezeOverrides', String(i)];
    const twice = names.indexOf(name) < i;
    const message = 'another freeze override has this `name`; audit records tell them apart by it';
    return [
      ...(twice ? [faultAt(places.ofValue([...path, 'name']), 'schema.violation', message)] : []),
      ...windows.flatMap((window, j) =>
        known.includes(window)
          ? []
          : [unknownWindow(window, known, places.ofValue([...path, 'windows', String(j)]))],
      ),
    ];
  });
}

function unknownWindow(window: string, known: readonly string[], place: Place): Fault {
  const meant = closest(window, known);
  const guess = meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
  const message = `no freeze window is called ${JSON.stringify(window)}${guess}`;
  return faultAt(place, 'schema.violation', message);
}

function makeOverride({ until, ...rest }: FreezeOverrideFile): FreezeOverride {
  return { ...rest, untilAt: parseInstant(until, 'end') ?? 0 };
}

function makeFreeze({ name, allowReverts, ...file }: FreezeFile): FreezeWindow {
  if (file.cron === undefined)
    return {
      kind: 'span',
      name,
      allowReverts,
      fromAt: parseInstant(file.from ?? '', 'start') ?? 0,
      untilAt: parseInstant(file.until ?? '', 'end') ?? 0,
    };
  return {
    kind: 'cron',
    name,
    allowReverts,
    cron: file.cron.trim(),
    durationMs: msOf(file.duration ?? ''),
    timezone: file.timezone ?? 'UTC',
  };
}

/** The schema has let only durations through. */
function msOf(text: string): number {
  return parseDuration(text) ?? 0;
}
