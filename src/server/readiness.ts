import { unverifiedWords } from '../domain/unverified-head.ts';
import type { LoopView } from '../engine/loop/run-loop.ts';
import type { RunEntry } from '../domain/trigger.ts';
import type { NoticeCounts } from '../ports/notice-store.ts';

export interface Check {
  readonly name: 'git' | 'org' | 'state' | 'clock' | 'notifications';
  readonly ok: boolean;
  /** For a person. */
  readonly detail: string;
}

/** A clock may be set back by so much before it is told. */
const CLOCK_SLACK_MS = 60_000;

/**
 * Whether the controller can do its work: git was read and the last look went well, at least one org could be read,
 * the state folder works, and the clock has not gone back behind what is remembered.
 *
 * That notifications were given up makes nothing unready: it is only told.
 *
 * @param facts `state`: why the state store fails, undefined when it works; `newest`: the last run remembered of any org;
 *   `notices`: of each destination
 */
export function checkReadiness(
  view: LoopView,
  facts: {
    readonly now: number;
    readonly state?: string;
    readonly newest?: RunEntry;
    readonly notices?: readonly NoticeCounts[];
  },
): readonly Check[] {
  const { head, orgs } = view;
  const readable = orgs.filter(({ last }) => last !== undefined && last.error === undefined);
  const newestAt = facts.newest?.startedAt ?? 0;
  return [
    {
      name: 'git',
      ok: head.pinned !== undefined && head.error === undefined,
      detail: head.error?.message ?? headWords(head.pinned),
    },
    {
      name: 'org',
      ok: readable.length > 0,
      detail: orgs.map((each) => `${each.org}: ${lastOf(each.last)}`).join('; '),
    },
    { name: 'state', ok: facts.state === undefined, detail: facts.state ?? 'works' },
    {
      name: 'clock',
      ok: facts.now >= newestAt - CLOCK_SLACK_MS,
      detail: new Date(facts.now).toISOString(),
    },
    { name: 'notifications', ok: true, detail: noticesOf(facts.notices ?? []) },
  ];
}

function noticesOf(notices: readonly NoticeCounts[]): string {
  const told = notices.filter(({ waiting, dead }) => waiting + dead > 0);
  if (told.length === 0) return 'nothing waits';
  return told
    .map(
      ({ destination, waiting, dead }) =>
        `${destination}: ${String(waiting)} wait, ${String(dead)} were given up`,
    )
    .join('; ');
}

function lastOf(last: RunEntry | undefined): string {
  return last === undefined ? 'no run yet' : (last.error?.code ?? last.summary);
}

function headWords(pinned: LoopView['head']['pinned']): string {
  if (pinned === undefined) return 'not looked at yet';
  const { revision, unverified } = pinned;
  return unverified ? `${revision}; ${unverifiedWords(unverified)}` : revision;
}
