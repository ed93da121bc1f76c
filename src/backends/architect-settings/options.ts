import type { HttpTimeouts } from '../../ports/http-client.ts';

/** Under `environment`; `flow` holds `{flowId}`. */
interface ArchitectSettingsPaths {
  readonly token: string;
  readonly flows: string;
  readonly flow: string;
  readonly reload: string;
  readonly queues: string;
  readonly users: string;
  readonly teams: string;
}

interface ArchitectSettingsAuth {
  /** `json`: credentials in a JSON body; `form-basic`: form body, `Authorization: Basic`. */
  readonly style: 'json' | 'form-basic';
  /** Where tokens are got, if not at `environment` + `paths.token`. */
  readonly url?: string;
  /** Asked for when not empty. */
  readonly scope?: string;
}

/** Where the org is, and who we are there. */
interface ArchitectSettingsOrg {
  /** Base URL; may carry a path. */
  readonly environment: string;
  readonly orgId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What has a default, that of the contract. */
interface ArchitectSettingsTuning {
  readonly auth: ArchitectSettingsAuth;
  readonly paths: ArchitectSettingsPaths;
  /** Flows per page that are asked for; the service may give fewer or more. */
  readonly pageSize: number;
  readonly timeouts: HttpTimeouts;
  readonly maxAnswerBytes: number;
  /** `expand` of the list, so that it tells settings too; empty: not sent. */
  readonly expand: string;
}

export interface ResolvedOptions extends ArchitectSettingsOrg, ArchitectSettingsTuning {}

export type ArchitectSettingsOptions = ArchitectSettingsOrg &
  Partial<Omit<ArchitectSettingsTuning, 'paths'>> & {
    readonly paths?: Partial<ArchitectSettingsPaths>;
  };

const ARCHITECT_SETTINGS_DEFAULTS: ArchitectSettingsTuning = {
  auth: { style: 'json' },
  paths: {
    token: '/api/v2/oauth/token',
    flows: '/api/v2/architect/flows',
    flow: '/api/v2/architect/flows/{flowId}',
    reload: '/api/v2/architect/flows/reload',
    queues: '/api/v2/routing/queues',
    users: '/api/v2/users',
    teams: '/api/v2/teams',
  },
  pageSize: 100,
  timeouts: { connectMs: 10_000, answerMs: 30_000, callMs: 60_000 },
  maxAnswerBytes: 32 * 1024 * 1024,
  expand: 'routing,settings',
};

export function withDefaults(options: ArchitectSettingsOptions): ResolvedOptions {
  const paths = { ...ARCHITECT_SETTINGS_DEFAULTS.paths, ...options.paths };
  return { ...ARCHITECT_SETTINGS_DEFAULTS, ...options, paths };
}

/** Joins base and path whatever slashes they have, and adds the query. */
export function urlOf(
  environment: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(`${environment.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  // "+" for a space is the form encoding; in a URL not every service reads it so
  url.search = url.search.replaceAll('+', '%20');
  return url.href;
}
