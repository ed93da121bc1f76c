/* eslint-disable */
// Generated from schemas/ by `npm run generate`; do not edit.
import type { JsonObject } from '../domain/json.ts';

/**
 * flowkeeper.yaml, the controller's own file. It is never read from the watched repository. `${NAME}` in a string is replaced by the environment variable NAME; `$${` writes a literal `${`.
 */
export interface ConfigFile {
  readonly source: ConfigSource;
  readonly status: ConfigStatus;
  readonly orgs: ConfigOrgs;
  readonly state: ConfigState;
  readonly server: ConfigServer;
  readonly notifications: ConfigNotifications;
  readonly deadlines: ConfigDeadlines;
}
/**
 * The repository that holds the desired state. It is only read.
 */
export interface ConfigSource {
  /**
   * https://…, ssh://…, user@host:path, file://…, a local path (from the config file's folder on), or http:// to this machine; without password or token, which belong under `token`.
   */
  readonly repository: string;
  /**
   * The branch that is the truth.
   */
  readonly branch: string;
  /**
   * The folder of the repository that holds one folder for each org, without `.` and `..`.
   */
  readonly directory: string;
  /**
   * Time between two looks at the remote's head.
   */
  readonly poll: string;
  /**
   * A credential; write ${NAME} and keep it in the environment. Never printed.
   */
  readonly token?: string;
  readonly ssh?: ConfigSsh;
  readonly verify?: ConfigVerify;
}
/**
 * For ssh remotes. Paths count from the config file's folder.
 */
export interface ConfigSsh {
  /**
   * File of the private key, without passphrase.
   */
  readonly keyFile?: string;
  /**
   * File of the host keys that are trusted.
   */
  readonly knownHostsFile?: string;
}
/**
 * Which commits have to be signed, and by whom. Nothing of a commit that is not is applied. The files are the operator's: they may not lie in the watched repository.
 */
export interface ConfigVerify {
  /**
   * head: the branch's head. strict: every commit since the head that was verified last, and the branch may not be moved by force.
   */
  readonly mode: 'head' | 'strict';
  /**
   * Who may sign with SSH keys, in the format of ssh-keygen(1). Relative to the config file.
   */
  readonly allowedSigners?: string;
  /**
   * Public keys that may sign, armored (`gpg --armor --export`) or not. Relative to the config file.
   */
  readonly openpgpKeys?: string;
  /**
   * SSH keys that no longer count: a key revocation list of ssh-keygen(1), or public keys, one a line. Relative to the config file.
   */
  readonly revokedKeys?: string;
}
/**
 * Where runs are recorded: status files, audit records, snapshots.
 */
export interface ConfigStatus {
  /**
   * Defaults to the source's. Where it is given, the source's credentials are never sent to it.
   */
  readonly repository?: string;
  /**
   * Defaults to flowkeeper/status, or with mode same-branch to the source's branch.
   */
  readonly branch?: string;
  /**
   * branch: a branch of its own. same-branch: beside the desired state, on the watched branch.
   */
  readonly mode: 'branch' | 'same-branch';
  /**
   * The push credential. Defaults to the source's token where the repository is the source's.
   */
  readonly token?: string;
  readonly ssh?: ConfigSsh;
  readonly author: ConfigAuthor;
}
/**
 * Author and committer of the status commits.
 */
export interface ConfigAuthor {
  /**
   * Without line breaks, `<` and `>`.
   */
  readonly name: string;
  /**
   * Not checked for existence.
   */
  readonly email: string;
}
/**
 * The orgs that are kept, by the name of their folder under the desired-state directory.
 */
export interface ConfigOrgs {
  readonly [k: string]: ConfigOrg;
}
/**
 * One org: where its API is and who we are there.
 */
export interface ConfigOrg {
  /**
   * Which API the org is kept through.
   */
  readonly backend: 'architect-settings' | 'genesys-cloud';
  /**
   * An absolute http(s) URL without user, query and fragment; plain http only to this machine.
   */
  readonly environment: string;
  /**
   * The org's own id.
   */
  readonly orgId: string;
  /**
   * Id of the OAuth client (client credentials grant).
   */
  readonly clientId: string;
  /**
   * A credential; write ${NAME} and keep it in the environment. Never printed.
   */
  readonly clientSecret: string;
  readonly auth: ConfigAuth;
  readonly paths: ConfigPaths;
  /**
   * Flows per page that are asked for; the service may give fewer.
   */
  readonly pageSize: number;
  readonly timeouts: ConfigTimeouts;
  /**
   * true: plain http may be used to other machines too, so that whoever listens on the way reads the client secret.
   */
  readonly allowInsecureHttp: boolean;
}
/**
 * How a token is got.
 */
export interface ConfigAuth {
  /**
   * json: a JSON body with client_id and client_secret. form-basic: a form body, the client in an Authorization: Basic header.
   */
  readonly style: 'json' | 'form-basic';
  /**
   * Where tokens are got, if not at `environment` with `paths.token`.
   */
  readonly url?: string;
  /**
   * OAuth scopes, separated by spaces; empty: none are asked for.
   */
  readonly scope: string;
}
/**
 * Paths of the API under `environment`. The defaults are the contract's.
 */
export interface ConfigPaths {
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly token: string;
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly flows: string;
  /**
   * Begins with `/` and holds `{flowId}` once; without query, fragment and `..`.
   */
  readonly flow: string;
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly reload: string;
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly queues: string;
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly users: string;
  /**
   * Begins with `/`; without query, fragment and `..`.
   */
  readonly teams: string;
}
/**
 * Longest times of one HTTP request.
 */
export interface ConfigTimeouts {
  /**
   * Until the connection (with TLS) stands.
   */
  readonly connect: string;
  /**
   * Until the head of the answer is there.
   */
  readonly answer: string;
  /**
   * Until the whole answer is read.
   */
  readonly call: string;
}
/**
 * Where the controller keeps its journal, snapshots, outbox and caches.
 */
export interface ConfigState {
  /**
   * A local folder, from the config file's folder on; no network file system.
   */
  readonly directory: string;
  /**
   * Connection string of a PostgreSQL database, for several replicas.
   */
  readonly postgres?: string;
}
/**
 * The controller's own HTTP server.
 */
export interface ConfigServer {
  /**
   * Address and port to listen on; port 0 takes a free one. An address that other machines can reach needs a `token` or a `proxy`.
   */
  readonly listen: string;
  /**
   * Who shows it (`Authorization: Bearer TOKEN`) may see everything that the server tells. Without it everybody may who can reach the address.
   */
  readonly token?: string;
  readonly proxy?: ConfigProxy;
  readonly webhooks: ConfigWebhooks;
}
/**
 * A proxy that signs people in (OIDC, SAML) and says in a header who they are. It has to take that header out of what comes from outside.
 */
export interface ConfigProxy {
  /**
   * Addresses or networks that its requests come from. The header is believed from nobody else.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: As 10.0.0.7, ::1 or 10.0.0.0/8.
   */
  readonly addresses: readonly string[];
  /**
   * The header that names who was signed in. Whoever is named may read, and act under that name.
   */
  readonly userHeader: string;
}
/**
 * Push webhooks at /hooks/NAME. One that is not named here does not exist.
 */
export interface ConfigWebhooks {
  readonly github?: ConfigWebhook;
  readonly gitlab?: ConfigWebhook;
  readonly bitbucket?: ConfigWebhook;
  readonly gitea?: ConfigWebhook;
  readonly generic?: ConfigWebhook;
}
/**
 * A hook that one kind of git host calls after a push.
 */
export interface ConfigWebhook {
  /**
   * What the host signs with. Two while one replaces the other.
   *
   * @minItems 1
   * @maxItems 2
   *
   * Items: A long random text; write ${NAME} and keep it in the environment. Never printed.
   */
  readonly secrets: readonly string[];
}
/**
 * Who is told when flows change their state, by whom they are reached. docs/notifications.md shows what is sent.
 */
export interface ConfigNotifications {
  /**
   * How long a notification is tried again that its destination does not take. Then it is counted as dead, and the next one goes.
   */
  readonly giveUpAfter: string;
  /**
   * Where people reach the controller's status page; notifications then link to it.
   */
  readonly pageUrl?: string;
  readonly webhook: ConfigWebhookDestinations;
  readonly slack: ConfigSlackDestinations;
  readonly teams: ConfigTeamsDestinations;
  readonly email: ConfigEMailDestinations;
  readonly commitStatus?: ConfigCommitStatus;
}
/**
 * Receivers of a signed POST with JSON (Standard Webhooks), by name.
 */
export interface ConfigWebhookDestinations {
  readonly [k: string]: ConfigWebhookDestination;
}
/**
 * A receiver of signed JSON (schemas/notification.schema.json).
 */
export interface ConfigWebhookDestination {
  /**
   * An absolute https URL without user and fragment; plain http only to this machine. Often a credential itself: write ${NAME}. Never printed; redirects are not followed.
   */
  readonly url: string;
  /**
   * What the payload is signed with: `whsec_` and Base64, or any long text. Two while one replaces the other; it is signed with both.
   *
   * @minItems 1
   * @maxItems 2
   *
   * Items: A long random text; write ${NAME} and keep it in the environment. Never printed.
   */
  readonly secrets: readonly string[];
  /**
   * changes: a flow or an org came into another state, or recovered. applied: each flow that was written. reports: the scheduled report when something differs. heartbeat: also when nothing does.
   *
   * @minItems 1
   *
   * Items: What is told.
   */
  readonly tell: readonly ('changes' | 'applied' | 'reports' | 'heartbeat')[];
  /**
   * Only of these orgs; all by default.
   *
   * @minItems 1
   * @maxItems 1000
   *
   * Items: Name of an org.
   */
  readonly orgs?: readonly string[];
  /**
   * Only of flows whose name, or path under the org's flows folder, fits one of these, where `*` stands for any text; all by default. News of the org as a whole come anyway.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: `*` stands for any text.
   */
  readonly flows?: readonly string[];
  /**
   * Only when a flow or an org comes into one of these states, and when it recovers from it; instead of `severity`.
   *
   * @minItems 1
   *
   * Items: A state of a flow or an org.
   */
  readonly states?: readonly (
    | 'Drifted'
    | 'Deferred'
    | 'Blocked'
    | 'Suspended'
    | 'Invalid'
    | 'Missing'
    | 'Conflict'
    | 'Failed'
    | 'RolledBack'
    | 'Stuck'
    | 'Unresolved'
    | 'Held'
    | 'Unreadable'
    | 'Reporting'
  )[];
  /**
   * The least that is told, with its recovery. error: Failed, RolledBack, Stuck, Unresolved; Unreadable. warning: also Drifted, Blocked, Invalid, Missing, Conflict; Held. info: all.
   */
  readonly severity: 'info' | 'warning' | 'error';
}
/**
 * Incoming webhooks of Slack, by name.
 */
export interface ConfigSlackDestinations {
  readonly [k: string]: ConfigChatDestination;
}
/**
 * A channel that a webhook posts to.
 */
export interface ConfigChatDestination {
  /**
   * An absolute https URL without user and fragment; plain http only to this machine. Often a credential itself: write ${NAME}. Never printed; redirects are not followed.
   */
  readonly url: string;
  /**
   * What is said, in place of the usual words. docs/notifications.md lists the names that can stand in `{{ }}`; what they bring is escaped as the channel needs it, so `{{{ }}}` and `{{> }}` are not taken.
   */
  readonly template?: string;
  /**
   * changes: a flow or an org came into another state, or recovered. applied: each flow that was written. reports: the scheduled report when something differs. heartbeat: also when nothing does.
   *
   * @minItems 1
   *
   * Items: What is told.
   */
  readonly tell: readonly ('changes' | 'applied' | 'reports' | 'heartbeat')[];
  /**
   * Only of these orgs; all by default.
   *
   * @minItems 1
   * @maxItems 1000
   *
   * Items: Name of an org.
   */
  readonly orgs?: readonly string[];
  /**
   * Only of flows whose name, or path under the org's flows folder, fits one of these, where `*` stands for any text; all by default. News of the org as a whole come anyway.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: `*` stands for any text.
   */
  readonly flows?: readonly string[];
  /**
   * Only when a flow or an org comes into one of these states, and when it recovers from it; instead of `severity`.
   *
   * @minItems 1
   *
   * Items: A state of a flow or an org.
   */
  readonly states?: readonly (
    | 'Drifted'
    | 'Deferred'
    | 'Blocked'
    | 'Suspended'
    | 'Invalid'
    | 'Missing'
    | 'Conflict'
    | 'Failed'
    | 'RolledBack'
    | 'Stuck'
    | 'Unresolved'
    | 'Held'
    | 'Unreadable'
    | 'Reporting'
  )[];
  /**
   * The least that is told, with its recovery. error: Failed, RolledBack, Stuck, Unresolved; Unreadable. warning: also Drifted, Blocked, Invalid, Missing, Conflict; Held. info: all.
   */
  readonly severity: 'info' | 'warning' | 'error';
}
/**
 * Workflows of Microsoft Teams that post what a webhook brings, by name.
 */
export interface ConfigTeamsDestinations {
  readonly [k: string]: ConfigChatDestination;
}
/**
 * Recipients by SMTP, by name.
 */
export interface ConfigEMailDestinations {
  readonly [k: string]: ConfigEMailDestination;
}
/**
 * Recipients of mail.
 */
export interface ConfigEMailDestination {
  /**
   * Of the SMTP server.
   */
  readonly host: string;
  /**
   * 587 by default; 465 with `security: tls`.
   */
  readonly port?: number;
  /**
   * starttls: the connection is encrypted before anything is said, or no mail is sent. tls: encrypted from the start. none: only to this machine.
   */
  readonly security: 'starttls' | 'tls' | 'none';
  /**
   * Where the server asks who one is.
   */
  readonly user?: string;
  /**
   * A credential; write ${NAME} and keep it in the environment. Never printed.
   */
  readonly password?: string;
  /**
   * An address alone, without a name.
   */
  readonly from: string;
  /**
   * Mail addresses; all see each other.
   *
   * @minItems 1
   * @maxItems 50
   *
   * Items: An address alone, without a name.
   */
  readonly to: readonly string[];
  /**
   * A template for the subject.
   */
  readonly subject?: string;
  /**
   * What is said, in place of the usual words. docs/notifications.md lists the names that can stand in `{{ }}`; what they bring is escaped as the channel needs it, so `{{{ }}}` and `{{> }}` are not taken.
   */
  readonly template?: string;
  /**
   * changes: a flow or an org came into another state, or recovered. applied: each flow that was written. reports: the scheduled report when something differs. heartbeat: also when nothing does.
   *
   * @minItems 1
   *
   * Items: What is told.
   */
  readonly tell: readonly ('changes' | 'applied' | 'reports' | 'heartbeat')[];
  /**
   * Only of these orgs; all by default.
   *
   * @minItems 1
   * @maxItems 1000
   *
   * Items: Name of an org.
   */
  readonly orgs?: readonly string[];
  /**
   * Only of flows whose name, or path under the org's flows folder, fits one of these, where `*` stands for any text; all by default. News of the org as a whole come anyway.
   *
   * @minItems 1
   * @maxItems 100
   *
   * Items: `*` stands for any text.
   */
  readonly flows?: readonly string[];
  /**
   * Only when a flow or an org comes into one of these states, and when it recovers from it; instead of `severity`.
   *
   * @minItems 1
   *
   * Items: A state of a flow or an org.
   */
  readonly states?: readonly (
    | 'Drifted'
    | 'Deferred'
    | 'Blocked'
    | 'Suspended'
    | 'Invalid'
    | 'Missing'
    | 'Conflict'
    | 'Failed'
    | 'RolledBack'
    | 'Stuck'
    | 'Unresolved'
    | 'Held'
    | 'Unreadable'
    | 'Reporting'
  )[];
  /**
   * The least that is told, with its recovery. error: Failed, RolledBack, Stuck, Unresolved; Unreadable. warning: also Drifted, Blocked, Invalid, Missing, Conflict; Held. info: all.
   */
  readonly severity: 'info' | 'warning' | 'error';
}
/**
 * Shows at the merged commit what became of it: pending, then applied n of n, or failed.
 */
export interface ConfigCommitStatus {
  /**
   * Which kind of host.
   */
  readonly host: 'github' | 'gitlab';
  /**
   * Of the host's API; https://api.github.com or https://gitlab.com/api/v4 by default.
   */
  readonly api?: string;
  /**
   * GitHub: `owner/name`. GitLab: the project's path or id.
   */
  readonly repository: string;
  /**
   * May set commit statuses and nothing else. GitHub: a fine-grained token with `Commit statuses: write`. GitLab: a project token with the scope api.
   */
  readonly token: string;
  /**
   * How the check is called; the org's name follows.
   */
  readonly name: string;
}
/**
 * Longest total times. They are hard: whatever is repeated or waited for within one counts. What runs out ends with an error that names it, and the next run goes on.
 */
export interface ConfigDeadlines {
  /**
   * One run of one org, from its lease to its record; the longest of all.
   */
  readonly run: string;
  /**
   * Finding out where the branch is, and fetching it.
   */
  readonly source: string;
  /**
   * Reading and checking the desired-state files.
   */
  readonly load: string;
  /**
   * Reading the live flows, all pages.
   */
  readonly live: string;
  /**
   * Computing the plan.
   */
  readonly plan: string;
  /**
   * One question about what flows depend on; each is asked once in a run.
   */
  readonly lookUp: string;
  /**
   * One reload, which many flows may wait for.
   */
  readonly reload: string;
  /**
   * One flow, from its gate to its end. What was sent by then is found out by the next run.
   */
  readonly flow: string;
  /**
   * Recording on the status branch, once. What is not recorded by then goes with the next run.
   */
  readonly record: string;
  /**
   * A command that only looks at what is recorded, or notes a wish: status, history, audit verify, retry.
   */
  readonly command: string;
}
/**
 * desired-state/<org>/policy.yaml: how carefully an org's flows are written. All of it is optional.
 */
export interface PolicyFile {
  /**
   * enforce: differences are corrected. report: nothing is ever written, only told.
   */
  readonly mode: 'enforce' | 'report';
  /**
   * Time between two full reads of the live org.
   */
  readonly interval: string;
  readonly rate: RateFile;
  readonly massChange: MassChangeFile;
  /**
   * Times in which nothing is written.
   */
  readonly freeze: readonly FreezeFile[];
  /**
   * Freeze windows that do not hold for a while.
   */
  readonly freezeOverrides: readonly FreezeOverrideFile[];
  readonly apply: ApplyFile;
  readonly fight: FightFile;
  readonly report: ReportFile;
}
/**
 * How fast the org is asked and written.
 */
export interface RateFile {
  /**
   * Shortest time between two updates of one flow.
   */
  readonly perFlow: string;
  /**
   * Writes per minute, for all flows of one OAuth client.
   */
  readonly updatesPerMinute: number;
  /**
   * Requests per minute, for one OAuth client; the platform allows 300.
   */
  readonly requestsPerMinute: number;
}
/**
 * A plan beyond these limits waits until a person approves it.
 */
export interface MassChangeFile {
  /**
   * Flows that one run may write.
   */
  readonly maxFlows: number;
  /**
   * Share of the live flows that one run may write, 0 to 1.
   */
  readonly maxShare: number;
  /**
   * Below this many live flows the share says nothing.
   */
  readonly minFlows: number;
}
/**
 * One time in which nothing is written: from and until, or a cron start and a duration.
 */
export interface FreezeFile {
  /**
   * What it is called in messages.
   */
  readonly name: string;
  /**
   * The start; a date means the start of that day in UTC.
   */
  readonly from?: string;
  /**
   * The end; a date means the end of that day in UTC.
   */
  readonly until?: string;
  /**
   * When it starts.
   */
  readonly cron?: string;
  /**
   * How long it lasts from each start.
   */
  readonly duration?: string;
  /**
   * A name of the IANA time zone database.
   */
  readonly timezone?: string;
  /**
   * Whether settings that were applied before may be restored meanwhile.
   */
  readonly allowReverts: boolean;
}
/**
 * Until it runs out, the freeze windows that it names do not hold. The audit record of every flow that is written meanwhile names it.
 */
export interface FreezeOverrideFile {
  /**
   * What it is called in audit records and messages; each override has its own.
   */
  readonly name: string;
  /**
   * Names of the freeze windows; all of them if left out.
   *
   * @minItems 1
   *
   * Items: The name of a freeze window.
   */
  readonly windows?: readonly string[];
  /**
   * When it runs out; a date means the end of that day in UTC.
   */
  readonly until: string;
  /**
   * Why, in a few words.
   */
  readonly reason: string;
  /**
   * Who answers for it.
   */
  readonly by: string;
}
/**
 * How one flow is written.
 */
export interface ApplyFile {
  /**
   * Flows worked on at once. One whose request takes much longer than is usual in this run, or that waits before it tries again, does not count meanwhile.
   */
  readonly concurrency: number;
  /**
   * How often a flow is planned again in one run because others wrote it meanwhile.
   */
  readonly conflictRetries: number;
  /**
   * How long the service may take until it shows what was written.
   */
  readonly verifyTimeout: string;
  /**
   * keep: stays written, the reload is tried again next run. rollback: the snapshot is put back.
   */
  readonly onReloadFailure: 'keep' | 'rollback';
  /**
   * Whether a revert to settings that were applied before need not wait for rate.perFlow.
   */
  readonly revertsSkipPerFlowRate: boolean;
  /**
   * Whether the snapshots of a run go to the status branch before its first write, so that not even the loss of the machine loses one. Costs a read of each flow and a push; where the push fails, nothing is written.
   */
  readonly pushSnapshotsFirst: boolean;
}
/**
 * When drift that comes back after each correction is left alone: somebody, or something, keeps changing the flow.
 */
export interface FightFile {
  /**
   * So often drift of one flow is corrected within the time below; drift after that is left alone. Only what was changed in the org counts, never what git changed.
   */
  readonly corrections: number;
  /**
   * How long a correction counts; and how long a flow has to stay in sync after a fight for it to be over.
   */
  readonly within: string;
  /**
   * After this time the drift is corrected once, to see. When it comes back, the next pause is twice as long, up to a day (or this time, where it is longer).
   */
  readonly probeAfter: string;
}
/**
 * When `flowkeeper run` makes the drift report and puts it on the status branch. Of times that passed while it was not running, the last one is made up for.
 */
export interface ReportFile {
  /**
   * minute, hour, day of month, month, day of week.
   */
  readonly schedule: string;
  /**
   * A name of the IANA time zone database.
   */
  readonly timezone: string;
}
/**
 * desired-state/<org>/flows/** /*.yaml: one flow as it should be.
 */
export interface FlowFile {
  /**
   * The flow's id in the org.
   */
  readonly flowId?: string;
  /**
   * The flow's name in the org. Without `flowId` exactly one live flow must bear it; with `flowId` the live flow must bear it. Nothing is renamed.
   */
  readonly name?: string;
  /**
   * For people; has no effect.
   */
  readonly description?: string;
  /**
   * Relative path of another file of the desired-state directory whose settings are merged under these: maps deeply, lists and values replaced; `null` makes absent.
   */
  readonly extends?: string;
  /**
   * By block. Only what is declared is managed; other live fields stay. `null` declares that a field or block is absent. Blocks of other names go to the service as they are.
   */
  readonly settings: JsonObject;
  /**
   * flowIds of the same org that are applied and in sync before this flow is written.
   *
   * Items: Upper and lower case are the same.
   */
  readonly dependsOn: readonly string[];
  readonly requires: RequiresFile;
  /**
   * report: this flow is compared and never written.
   */
  readonly mode: 'enforce' | 'report';
  readonly suspend?: SuspendFile;
  /**
   * Fields that git does not decide, for a while.
   */
  readonly ignore: readonly IgnoreFile[];
}
/**
 * Names that must exist in the org before this flow is written, compared exactly.
 */
export interface RequiresFile {
  /**
   * Names, each once.
   *
   * Items: A name as the org spells it.
   */
  readonly queues: readonly string[];
  /**
   * Names, each once.
   *
   * Items: A name as the org spells it.
   */
  readonly users: readonly string[];
  /**
   * Names, each once.
   *
   * Items: A name as the org spells it.
   */
  readonly teams: readonly string[];
}
/**
 * While this stands, the flow is compared and never written.
 */
export interface SuspendFile {
  /**
   * Why, in a few words.
   */
  readonly reason: string;
  /**
   * Who wants it so.
   */
  readonly by?: string;
  /**
   * An instant with its zone, or a date, which means the end of that day in UTC. From then on it no longer holds.
   */
  readonly until?: string;
}
/**
 * One field, and everything below it, that git does not decide.
 */
export interface IgnoreFile {
  /**
   * `/` before each key; `~1` stands for `/` and `~0` for `~` inside a key.
   */
  readonly path: string;
  /**
   * Why, in a few words.
   */
  readonly reason?: string;
  /**
   * Who decides the field meanwhile.
   */
  readonly owner?: string;
  /**
   * An instant with its zone, or a date, which means the end of that day in UTC. From then on it no longer holds.
   */
  readonly until?: string;
}
/**
 * Settings that several flows share: what `extends` of a flow file, or of another base, may name.
 */
export interface BaseFile {
  /**
   * For people; has no effect.
   */
  readonly description?: string;
  /**
   * Relative path of another file of the desired-state directory whose settings are merged under these: maps deeply, lists and values replaced; `null` makes absent.
   */
  readonly extends?: string;
  /**
   * By block. Only what is declared is managed; other live fields stay. `null` declares that a field or block is absent. Blocks of other names go to the service as they are.
   */
  readonly settings: JsonObject;
}
