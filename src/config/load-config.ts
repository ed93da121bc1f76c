import type { Deadlines } from '../domain/deadlines.ts';
import { parseDuration } from '../domain/duration.ts';
import type {
  Config,
  OrgConfig,
  RemoteConfig,
  ServerConfig,
  SourceConfig,
  StatusConfig,
} from './config.ts';
import { checkConfig } from './check-config.ts';
import { notificationsOf } from './load-destinations.ts';
import { tidyFaults, withFile } from './fault.ts';
import type { Fault, Loaded } from './fault.ts';
import type { ConfigFile, ConfigOrg, ConfigWebhook } from './formats.generated.ts';
import { parseYaml } from './parse-yaml.ts';
import { repositoryKind } from './repository.ts';
import { schemaFaults } from './schema-faults.ts';
import { withoutEndSlash } from './service-url.ts';
import { substituteVariables } from './substitute-variables.ts';
import type { Env } from './substitute-variables.ts';

const STATUS_BRANCH = 'flowkeeper/status';

/**
 * The controller's own file: text and environment → config, or every fault of it. No fault quotes a value of the
 * file, since any of them may be a secret. Pure; never throws.
 *
 * @param file how the file is called in diagnostics
 */
export function loadConfig(file: string, text: string, env: Env): Loaded<Config> {
  const yaml = parseYaml(text);
  if (yaml.value === undefined)
    return refused(
      file,
      yaml.faults.map((fault) => withQuoteHint(fault, text)),
    );
  const { value, faults: unset } = substituteVariables(yaml.value, yaml.places, env);
  // a text that could not be filled in has one fault, not two
  const first = [...yaml.faults, ...unset];
  const then = schemaFaults('config', { ...yaml, value }, false);
  if (first.length + then.length > 0) return refused(file, tidyFaults(first, then));

  const config = value as unknown as ConfigFile;
  const clashes = checkConfig(config, yaml.places);
  return clashes.length > 0 ? refused(file, clashes) : { ok: true, value: normalize(config) };
}

/** `{ token: ${NAME} }` is what everybody writes once; to YAML a map begins in the middle of a text. */
function withQuoteHint(fault: Fault, text: string): Fault {
  const line = text.split(/\r?\n/)[fault.line - 1] ?? '';
  if (fault.code !== 'yaml.syntax' || !/[{[,].*:\s+[^"']*\$\{/.test(line)) return fault;
  return { ...fault, hint: 'Inside `{ }` write `"${NAME}"`, in quotes.' };
}

function refused(file: string, faults: readonly Fault[]): Loaded<Config> {
  return { ok: false, diagnostics: faults.map((fault) => withFile(file, fault)) };
}

function normalize(file: ConfigFile): Config {
  const source = sourceOf(file);
  return {
    source,
    status: statusOf(file, source),
    orgs: Object.entries(file.orgs).map(([name, org]) => orgOf(name, org)),
    state: { directory: file.state.directory },
    server: serverOf(file),
    notifications: notificationsOf(file.notifications),
    deadlines: deadlinesOf(file),
  };
}

function serverOf({ server }: ConfigFile): ServerConfig {
  const { listen, token, proxy } = server;
  const colon = listen.lastIndexOf(':');
  const hooks = Object.entries(server.webhooks).map(
    ([host, hook]: [string, ConfigWebhook]) => [host, hook.secrets] as const,
  );
  return {
    host: listen.slice(0, colon).replace(/^\[(.*)\]$/, '$1'),
    port: Number(listen.slice(colon + 1)),
    ...(token !== undefined && { token }),
    ...(proxy && { proxy: { ...proxy, userHeader: proxy.userHeader.toLowerCase() } }),
    webhooks: Object.fromEntries(hooks),
  };
}

function sourceOf({ source }: ConfigFile): SourceConfig {
  return {
    ...remoteOf(source.repository, source.branch, source),
    directory: withoutEndSlash(source.directory),
    pollMs: msOf(source.poll),
    ...(source.verify && { verify: source.verify }),
  };
}

function statusOf({ status }: ConfigFile, source: SourceConfig): StatusConfig {
  const branch = status.branch ?? (status.mode === 'same-branch' ? source.branch : STATUS_BRANCH);
  // the source's credentials go to the source's repository only
  const credentials = status.repository === undefined ? { ...source, ...status } : status;
  return {
    ...remoteOf(status.repository ?? source.repository, branch, credentials),
    mode: status.mode,
    author: status.author,
  };
}

function remoteOf(
  repository: string,
  branch: string,
  { token, ssh }: Pick<RemoteConfig, 'token' | 'ssh'>,
): RemoteConfig {
  return {
    repository,
    repositoryKind: repositoryKind(repository) ?? 'local',
    branch,
    ...(token !== undefined && { token }),
    ...(ssh !== undefined && { ssh }),
  };
}

function orgOf(name: string, org: ConfigOrg): OrgConfig {
  const { style, scope, url } = org.auth;
  const { connect, answer, call } = org.timeouts;
  return {
    name,
    backend: 'architect-settings',
    environment: withoutEndSlash(org.environment),
    orgId: org.orgId.toLowerCase(),
    clientId: org.clientId,
    clientSecret: org.clientSecret,
    auth: { style, scope: scope.trim(), ...(url !== undefined && { url }) },
    paths: org.paths,
    pageSize: org.pageSize,
    timeouts: { connectMs: msOf(connect), answerMs: msOf(answer), callMs: msOf(call) },
  };
}

function deadlinesOf({ deadlines }: ConfigFile): Deadlines {
  const { run, source, load, live, plan, lookUp, reload, flow, record, command } = deadlines;
  return {
    runMs: msOf(run),
    sourceMs: msOf(source),
    loadMs: msOf(load),
    liveMs: msOf(live),
    planMs: msOf(plan),
    lookUpMs: msOf(lookUp),
    reloadMs: msOf(reload),
    flowMs: msOf(flow),
    recordMs: msOf(record),
    commandMs: msOf(command),
  };
}

/** The schema has let only durations through. */
function msOf(text: string): number {
  return parseDuration(text) ?? 0;
}
