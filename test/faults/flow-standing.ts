import type { FlowOutcome } from '../../src/domain/outcome.ts';
import { lastOutcomesOf } from '../../src/engine/run-report.ts';
import type { OrgRunReport } from '../../src/engine/run-report.ts';
import { aFlowId } from '../support/builders.ts';
import type { Letters } from './expected-row.ts';
import { settingsOf } from './fault-world.ts';
import type { FaultWorld } from './fault-world.ts';

export const FLOWS = [1, 2, 3] as const;

/** Everything about one flow that its letter stands for. */
interface Standing {
  readonly status: FlowOutcome['status'] | 'none';
  readonly accepted: number;
  readonly audited: readonly string[];
  /** As the status branch tells it; `none` where it does not. */
  readonly state: string;
  readonly live: 'before' | 'wanted' | 'else';
  readonly inEffect: 'before' | 'wanted' | 'else';
  readonly isHeldBack: boolean;
  readonly reloadPending: boolean;
}

type Meaning = { readonly [K in keyof Standing]: readonly Standing[K][] };

const UNTOUCHED = {
  accepted: [0],
  live: ['before'],
  inEffect: ['before'],
  isHeldBack: [false],
  reloadPending: [false],
} as const;
const WRITTEN = { accepted: [1], live: ['wanted'], isHeldBack: [false] } as const;
const AT_ONCE = { inEffect: ['wanted'], reloadPending: [false] } as const;

/** What each letter of the tables means; see `Letters`. A list of texts is one of the allowed values, joined. */
const LETTERS: Readonly<
  Record<string, Omit<Meaning, 'audited'> & { readonly audited: readonly (readonly string[])[] }>
> = {
  A: { status: ['applied'], audited: [['applied']], state: ['InSync'], ...WRITTEN, ...AT_ONCE },
  P: {
    status: ['applied'],
    audited: [['applied']],
    state: ['InSync'],
    ...WRITTEN,
    // the answer may be all that was lost
    inEffect: ['before', 'wanted'],
    reloadPending: [true],
  },
  F: { status: ['failed'], audited: [[], ['failed']], state: ['Failed'], ...UNTOUCHED },
  H: {
    status: ['failed'],
    audited: [['failed']],
    state: ['Failed'],
    ...UNTOUCHED,
    isHeldBack: [true],
  },
  D: { status: ['deferred'], audited: [[], ['deferred']], state: ['Deferred'], ...UNTOUCHED },
  B: { status: ['blocked'], audited: [[]], state: ['Blocked'], ...UNTOUCHED },
  c: { status: ['conflict'], audited: [['conflict']], state: ['Conflict'], ...UNTOUCHED },
  C: { status: ['conflict'], audited: [['conflict']], state: ['Conflict'], ...WRITTEN, ...AT_ONCE },
  u: { status: ['unresolved'], audited: [[]], state: ['Unresolved'], ...UNTOUCHED },
  U: { status: ['unresolved'], audited: [[]], state: ['Unresolved'], ...WRITTEN, ...AT_ONCE },
  R: {
    status: ['rolled-back'],
    audited: [['rolled-back']],
    state: ['RolledBack'],
    ...UNTOUCHED,
    accepted: [2],
    isHeldBack: [true],
  },
  S: {
    status: ['stuck'],
    audited: [['stuck']],
    state: ['Stuck'],
    accepted: [2],
    live: ['else'],
    inEffect: ['before', 'else'],
    isHeldBack: [true],
    // what a later reload would bring into effect is nothing that anybody wanted
    reloadPending: [true, false],
  },
  '-': { status: ['none'], audited: [[]], state: ['none'], ...UNTOUCHED },
};

/** The letters of the flows after a run; what no letter stands for comes out whole. */
export async function standingOf(world: FaultWorld, report: OrgRunReport): Promise<Letters> {
  const letters = FLOWS.map(async (n) => {
    const standing = await lookAt(world, report, n);
    const found = Object.entries(LETTERS).find(([, meaning]) => means(meaning, standing));
    return found?.[0] ?? `(${String(n)}: ${JSON.stringify(standing)})`;
  });
  return (await Promise.all(letters)).join('');
}

function means(meaning: (typeof LETTERS)[string], standing: Standing): boolean {
  return Object.entries(meaning).every(([key, allowed]) => {
    const value = JSON.stringify(standing[key as keyof Standing]);
    return allowed.some((one) => JSON.stringify(one) === value);
  });
}

async function lookAt(world: FaultWorld, report: OrgRunReport, n: number): Promise<Standing> {
  const flowId = aFlowId(n);
  const outcome = lastOutcomesOf(report.outcomes).find((each) => each.flowId === flowId);
  const { settings, inEffect } = world.live(n);
  const published = world.rig.published(n);
  return {
    status: outcome?.status ?? 'none',
    accepted: world.accepted(n),
    audited: world.audited(n),
    state: published?.state ?? 'none',
    live: which(settings),
    inEffect: which(inEffect),
    isHeldBack: (await world.rig.record(n))?.heldBack !== undefined,
    reloadPending:
      report.reloadPending.includes(flowId) ||
      published?.conditions.some(({ type }) => type === 'ReloadPending') === true,
  };
}

function which(settings: object): Standing['live'] {
  const text = JSON.stringify(settings);
  const is = (when: 'before' | 'wanted'): boolean => text === JSON.stringify(settingsOf(when));
  if (is('wanted')) return 'wanted';
  return is('before') ? 'before' : 'else';
}
