import type { OrgName } from '../../domain/flow.ts';
import type { FlowState, FlowStatus } from '../../domain/flow-status.ts';
import type { OrgStatus } from '../../domain/org-status.ts';
import type { Alert, FlowNews, News, NoticeStore, ToldCommit } from '../../ports/notice-store.ts';
import { addNotice } from './add-notice.ts';
import { asPromise } from './as-promise.ts';
import { splitStanding, standingOf } from './standing.ts';
import type { Connection, StateDatabase } from './state-database.ts';
import { readStored } from './stored-json.ts';

export type NewsPart = Pick<
  NoticeStore,
  'news' | 'tell' | 'flowsOf' | 'toldCommit' | 'tellCommit' | 'lastSlotAt' | 'endSlot'
>;

/** What the records say that was not told yet; see `standing.ts`. */
export function makeSqliteNews({ durable, file }: StateDatabase): NewsPart {
  return {
    news: (org) =>
      asPromise(() => {
        passCalm(durable, org);
        return durable.reading(() => newsOf(durable, file, org));
      }),
    tell: (news, told) =>
      asPromise(() =>
        durable.transaction(() => {
          if (!isStillNews(durable, news)) return false;
          markTold(durable, news);
          for (const alert of told.cleared) clearAlert(durable, news.org, alert);
          for (const alert of told.raised) raiseAlert(durable, news.org, alert);
          for (const notice of told.notices) addNotice(durable, notice);
          return true;
        }),
      ),
    flowsOf: (org, revision) =>
      asPromise(() => {
        const rows = durable.all(
          `select state, count(*) as n from flows where org = ? and desired_revision = ?
           group by state`,
          ...[org, revision],
        );
        return new Map(rows.map((row) => [row['state'] as FlowState, Number(row['n'])]));
      }),
    toldCommit: (org) =>
      asPromise(() => {
        const row = durable.get(
          'select revision, state, text from told_commits where org = ?',
          org,
        );
        return row && ({ ...row } as unknown as ToldCommit);
      }),
    tellCommit: (org, { revision, state, text }, notice) =>
      asPromise(() => {
        durable.transaction(() => {
          durable.run(
            'insert or replace into told_commits (org, revision, state, text) values (?, ?, ?, ?)',
            ...[org, revision, state, text],
          );
          addNotice(durable, notice);
        });
      }),
    ...makeSlots(durable),
  };
}

function makeSlots(durable: Connection): Pick<NewsPart, 'lastSlotAt' | 'endSlot'> {
  const lastSlotAt = (org: OrgName): number | undefined => {
    const row = durable.get('select slot_at from report_slots where org = ?', org);
    return row && Number(row['slot_at']);
  };
  return {
    lastSlotAt: (org) => asPromise(() => lastSlotAt(org)),
    endSlot: (org, slotAt, notices) =>
      asPromise(() =>
        durable.transaction(() => {
          if ((lastSlotAt(org) ?? -Infinity) >= slotAt) return false;
          durable.run(
            'insert or replace into report_slots (org, slot_at) values (?, ?)',
            ...[org, slotAt],
          );
          for (const notice of notices) addNotice(durable, notice);
          return true;
        }),
      ),
  };
}

/** That a new flow is in sync is news to nobody; an org may begin with a hundred thousand of them. */
function passCalm(durable: Connection, org: OrgName): void {
  const isCalm = `org = ? and told is null and standing = 'InSync'`;
  const some = durable.get(
    `select 1 from flows indexed by untold_flows where told is not standing and ${isCalm} limit 1`,
    org,
  );
  if (some) durable.run(`update flows set told = standing where ${isCalm}`, org);
}

function newsOf(durable: Connection, file: string, org: OrgName): News {
  // left alone, SQLite takes the primary key and looks at every flow of the org
  const flows = durable.all(
    `select flows.standing, flows.told, flow_bodies.status
     from flows indexed by untold_flows join flow_bodies using (org, flow_id)
     where flows.org = ? and flows.told is not flows.standing order by flow_id`,
    org,
  );
  const orgRow = durable.get('select status, told from orgs where org = ?', org);
  const status =
    typeof orgRow?.['status'] === 'string'
      ? (readStored(orgRow['status'], file) as OrgStatus)
      : undefined;
  const before = orgRow?.['told'] as OrgStatus['state'] | null | undefined;
  const alerts = durable.all(
    'select destination, flow_id, state from alerts where org = ? order by destination, flow_id',
    org,
  );
  const gone = durable.all(
    `select distinct flow_id from alerts where org = ?1 and flow_id <> ''
       and not exists (select 1 from flows where org = ?1 and flow_id = alerts.flow_id)
     order by flow_id`,
    org,
  );
  return {
    org,
    flows: flows.map((row) => flowNewsOf(row, file)),
    ...(status && status.state !== before && { orgNews: { status, ...(before && { before }) } }),
    alerts: alerts.map(alertOf),
    gone: gone.map((row) => String(row['flow_id'])),
  };
}

function flowNewsOf(row: Readonly<Record<string, unknown>>, file: string): FlowNews {
  const told = typeof row['told'] === 'string' ? splitStanding(row['told']) : undefined;
  const now = splitStanding(String(row['standing']));
  return {
    status: readStored(row['status'], file) as FlowStatus,
    ...(told && { before: told.state }),
    wasApplied: now.appliedAt !== undefined && now.appliedAt !== told?.appliedAt,
  };
}

function alertOf(row: Readonly<Record<string, unknown>>): Alert {
  const flowId = String(row['flow_id']);
  return {
    destination: String(row['destination']),
    state: String(row['state']),
    ...(flowId !== '' && { flowId }),
  };
}

/** Whoever told some of it meanwhile has told all of it as it was then. */
function isStillNews(durable: Connection, { org, flows, orgNews, gone, alerts }: News): boolean {
  const isUntold = flows.every(({ status, before }) => {
    const row = durable.get(
      'select told from flows where org = ? and flow_id = ?',
      ...[org, status.flowId],
    );
    // that is gone meanwhile changes nothing about what was told
    if (!row) return true;
    const told = typeof row['told'] === 'string' ? splitStanding(row['told']) : undefined;
    return told?.state === before && row['told'] !== standingOf(status);
  });
  if (!isUntold) return false;
  const orgRow = durable.get('select told from orgs where org = ?', org);
  if (orgNews && (orgRow?.['told'] ?? undefined) !== orgNews.before) return false;
  return alerts.every(
    ({ destination, flowId = '' }) =>
      !gone.includes(flowId) ||
      durable.get(
        'select 1 from alerts where destination = ? and org = ? and flow_id = ?',
        ...[destination, org, flowId],
      ) !== undefined,
  );
}

function markTold(durable: Connection, { org, flows, orgNews }: News): void {
  for (const { status } of flows)
    durable.run(
      'update flows set told = ? where org = ? and flow_id = ?',
      ...[standingOf(status), org, status.flowId],
    );
  if (orgNews)
    durable.run('update orgs set told = ? where org = ?', ...[orgNews.status.state, org]);
}

function raiseAlert(durable: Connection, org: OrgName, alert: Alert): void {
  durable.run(
    'insert or replace into alerts (destination, org, flow_id, state) values (?, ?, ?, ?)',
    ...[alert.destination, org, alert.flowId ?? '', alert.state],
  );
}

function clearAlert(durable: Connection, org: OrgName, alert: Alert): void {
  durable.run(
    'delete from alerts where destination = ? and org = ? and flow_id = ?',
    ...[alert.destination, org, alert.flowId ?? ''],
  );
}
