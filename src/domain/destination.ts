import type { FlowState } from './flow-status.ts';
import type { Notification } from './formats.generated.ts';
import type { OrgStatus } from './org-status.ts';

/** What a webhook is sent; the other channels say the same in words. Defined by schemas/notification.schema.json. */
export type { Notification, NotifiedFlow, NotifiedOrg } from './formats.generated.ts';

export type Severity = Notification['severity'];

/** What a destination may want to be told. */
export type Topic = 'changes' | 'applied' | 'reports' | 'heartbeat';

/** Somebody who is told things, and what of them. */
export interface Destination extends NewsFilter {
  /** Used once in a config. */
  readonly name: string;
  readonly tell: readonly Topic[];
  readonly channel: Channel;
}

/** Each narrows; what is missing does not. */
export interface NewsFilter {
  readonly orgs?: readonly string[];
  /** Globs on the name, or the path under the org's flows folder. */
  readonly flows?: readonly string[];
  /** In place of `severity`. */
  readonly states?: readonly string[];
  readonly severity: Severity;
}

/** How a destination is reached. */
export type Channel =
  WebhookChannel | SlackChannel | TeamsChannel | EmailChannel | CommitStatusChannel;

export interface WebhookChannel {
  readonly kind: 'webhook';
  readonly url: string;
  /** Each signs. */
  readonly secrets: readonly string[];
}

export interface SlackChannel {
  readonly kind: 'slack';
  /** A credential itself. */
  readonly url: string;
  readonly template?: string;
}

export interface TeamsChannel {
  readonly kind: 'teams';
  /** A credential itself. */
  readonly url: string;
  readonly template?: string;
}

export interface EmailChannel {
  readonly kind: 'email';
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls' | 'none';
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject?: string;
  readonly template?: string;
}

export interface CommitStatusChannel {
  readonly kind: 'commit-status';
  readonly host: 'github' | 'gitlab';
  /** Without `/` at the end. */
  readonly api: string;
  readonly repository: string;
  readonly token: string;
  /** How the check is called; the org's name follows. */
  readonly name: string;
}

/** Where a config's one commit status goes: no other destination may be called so. */
export const COMMIT_STATUS = 'commit-status';

const FLOW_SEVERITY: Readonly<Record<FlowState, Severity>> = {
  InSync: 'info',
  Deferred: 'info',
  Suspended: 'info',
  Drifted: 'warning',
  Blocked: 'warning',
  Invalid: 'warning',
  Missing: 'warning',
  Conflict: 'warning',
  Failed: 'error',
  RolledBack: 'error',
  Stuck: 'error',
  Unresolved: 'error',
};

const ORG_SEVERITY: Readonly<Record<OrgStatus['state'], Severity>> = {
  Ready: 'info',
  Reporting: 'info',
  Held: 'warning',
  Invalid: 'warning',
  Unreadable: 'error',
};

const ORDER: readonly Severity[] = ['info', 'warning', 'error'];

export function flowSeverity(state: FlowState): Severity {
  return FLOW_SEVERITY[state];
}

export function orgSeverity(state: OrgStatus['state']): Severity {
  return ORG_SEVERITY[state];
}

export function isAtLeast(severity: Severity, least: Severity): boolean {
  return ORDER.indexOf(severity) >= ORDER.indexOf(least);
}

export function worstSeverity(severities: readonly Severity[]): Severity {
  return ORDER.findLast((severity) => severities.includes(severity)) ?? 'info';
}
