/** `FLKP`: tells a state file from any other SQLite database. */
export const APPLICATION_ID = 0x464c4b50;

/**
 * How the file came to look as it does: entry i leads from schema version i to i + 1. What was
 * released is never edited; a change is a new entry at the end.
 *
 * Instants are epoch ms and versions are whatever number the service counts in, so both are `real`.
 * What every run reads of every flow (`flows`) stands apart from what only a changed flow needs
 * (`flow_bodies`), so that the first is read without the second.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table meta (name text primary key, value text not null) strict;

  create table attempts (
    seq integer primary key autoincrement,
    attempt_id text not null unique,
    org text not null,
    flow_id text not null,
    run_id text not null,
    started_at real not null,
    data text not null,
    ended_at real
  ) strict;
  create unique index one_open_attempt_per_flow on attempts (org, flow_id) where ended_at is null;

  create table journal_entries (
    attempt_seq integer not null references attempts (seq) on delete cascade,
    entry_no integer not null,
    from_step text not null,
    event text not null,
    to_step text not null,
    at real not null,
    data text,
    primary key (attempt_seq, entry_no)
  ) strict, without rowid;

  create table snapshots (
    seq integer primary key autoincrement,
    org text not null,
    flow_id text not null,
    version real not null,
    name text not null,
    taken_at text not null,
    run_id text not null,
    hash text not null,
    settings text not null,
    published integer not null default 0,
    unique (org, flow_id, version)
  ) strict;
  create index unpublished_snapshots on snapshots (org, seq) where published = 0;

  create table flows (
    org text not null,
    flow_id text not null,
    state text not null,
    file text not null,
    desired_hash text,
    applied_hash text,
    live_version real,
    has_conditions integer not null,
    status_hash text not null,
    published_hash text,
    primary key (org, flow_id)
  ) strict, without rowid;
  create index unpublished_flows on flows (org, flow_id) where published_hash is not status_hash;

  create table flow_bodies (
    org text not null,
    flow_id text not null,
    status text not null,
    applied text,
    past_hashes text not null,
    last_update_at real,
    held_back text,
    unique (org, flow_id)
  ) strict;

  create table removed_flows (
    org text not null,
    flow_id text not null,
    primary key (org, flow_id)
  ) strict, without rowid;

  create table orgs (
    org text primary key,
    generation integer not null default 0,
    status text,
    status_hash text,
    published_hash text
  ) strict, without rowid;

  create table audits (
    seq integer primary key autoincrement,
    org text not null,
    attempt_id text not null unique,
    draft text not null,
    published integer not null default 0
  ) strict;
  create index unpublished_audits on audits (org, seq) where published = 0;

  create table parse_cache (
    key text primary key,
    value text not null,
    size integer not null,
    used_on integer not null
  ) strict;
  create index parse_cache_by_use on parse_cache (used_on, size);

  create table leases (
    org text primary key,
    fencing_token integer not null,
    holder_id text,
    host text not null,
    machine text not null,
    pid integer not null,
    process_started text not null,
    acquired_at real not null,
    renewed_at real not null,
    ttl_ms real not null
  ) strict, without rowid;

  create table rate_budgets (
    client text primary key,
    requests_tat real not null default 0,
    stalled_at real not null default 0,
    stalled_until real not null default 0
  ) strict, without rowid;
  create table rate_updates (
    seq integer primary key autoincrement,
    client text not null,
    at real not null
  ) strict;
  create index rate_updates_by_time on rate_updates (client, at);
  `,
  `
  create table triggers (
    number integer primary key autoincrement,
    org text not null,
    reason text not null,
    at real not null,
    by_whom text,
    answered_by text
  ) strict;
  create index triggers_by_org on triggers (org, number);
  create index pending_triggers on triggers (org, number) where answered_by is null;

  create table runs (
    seq integer primary key autoincrement,
    org text not null,
    run_id text not null unique,
    is_calm integer not null,
    entry text not null
  ) strict;
  create index runs_by_org on runs (org, is_calm, seq);
  `,

  // drift that was corrected, by flow: see Fight
  `alter table flow_bodies add column fight text;`,

  // what was told of flows, and to whom it is still to be told: see standing.ts; what was there before is no news
  `
  alter table flows add column standing text;
  alter table flows add column told text;
  alter table flows add column desired_revision text;
  update flows set
    desired_revision = (select json_extract(status, '$.desiredRevision') from flow_bodies
      where flow_bodies.org = flows.org and flow_bodies.flow_id = flows.flow_id),
    standing = state || coalesce((select '@' || json_extract(status, '$.lastOutcome.at')
      from flow_bodies where flow_bodies.org = flows.org and flow_bodies.flow_id = flows.flow_id
        and json_extract(status, '$.lastOutcome.status') = 'applied'), '');
  update flows set told = standing;
  create index untold_flows on flows (org, flow_id) where told is not standing;
  create index flows_by_revision on flows (org, desired_revision, state);

  alter table orgs add column told text;
  update orgs set told = json_extract(status, '$.state') where status is not null;

  create table alerts (
    destination text not null,
    org text not null,
    flow_id text not null,
    state text not null,
    primary key (org, flow_id, destination)
  ) strict, without rowid;

  create table notices (
    seq integer primary key autoincrement,
    notice_id text not null unique,
    destination text not null,
    org text not null,
    body text not null,
    created_at real not null,
    attempts integer not null default 0,
    due_at real not null,
    claimed_until real not null default 0,
    dead_at real,
    trouble text
  ) strict;
  create index waiting_notices on notices (destination, org, seq) where dead_at is null;
  create index dead_notices on notices (destination, seq) where dead_at is not null;

  create table told_commits (
    org text primary key,
    revision text not null,
    state text not null,
    text text not null
  ) strict, without rowid;

  create table report_slots (org text primary key, slot_at real not null) strict, without rowid;
  `,
];
