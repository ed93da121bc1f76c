/* eslint-disable */
// @ts-nocheck
// Generated from schemas/ by `npm run generate`; do not edit.
import { DURATION_LIMITS, FORMATS } from './schema-formats.ts';
import runtime0 from 'ajv/dist/runtime/ucs2length.js';
import runtime1 from 'ajv/dist/runtime/equal.js';

export const config = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"config.schema.json","title":"Config file","description":"flowkeeper.yaml, the controller's own file. It is never read from the watched repository. `${NAME}` in a string is replaced by the environment variable NAME; `$${` writes a literal `${`.","examples":[{"source":{"repository":"https://git.example.com/acme/contact-centre.git","token":"${FLOWKEEPER_GIT_TOKEN}"},"orgs":{"acme-prod":{"backend":"architect-settings","environment":"https://api.mypurecloud.com","orgId":"0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11","clientId":"${GENESYS_CLIENT_ID}","clientSecret":"${GENESYS_CLIENT_SECRET}"}}}],"type":"object","additionalProperties":false,"required":["source","orgs"],"properties":{"source":{"$ref":"#/$defs/source"},"status":{"$ref":"#/$defs/status","default":{}},"orgs":{"title":"Config orgs","description":"The orgs that are kept, by the name of their folder under the desired-state directory.","examples":[{}],"type":"object","minProperties":1,"propertyNames":{"title":"org name of lower-case letters, digits and `-`","description":"Begins with a letter or digit.","pattern":"^[a-z0-9][a-z0-9-]{0,62}$","examples":["acme-prod"]},"additionalProperties":{"$ref":"#/$defs/org"}},"state":{"$ref":"#/$defs/state","default":{}},"server":{"$ref":"#/$defs/server","default":{}},"notifications":{"$ref":"#/$defs/notifications","default":{}},"deadlines":{"$ref":"#/$defs/deadlines","default":{}}},"$defs":{"source":{"title":"Config source","description":"The repository that holds the desired state. It is only read.","examples":[{"repository":"https://git.example.com/acme/contact-centre.git"}],"type":"object","additionalProperties":false,"required":["repository"],"properties":{"repository":{"$ref":"#/$defs/repository"},"branch":{"$ref":"#/$defs/branch","default":"main","description":"The branch that is the truth."},"directory":{"title":"folder of the repository","description":"The folder of the repository that holds one folder for each org, without `.` and `..`.","type":"string","pattern":"^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$","default":"desired-state","examples":["desired-state"]},"poll":{"$ref":"#/$defs/from1sTo24h","description":"Time between two looks at the remote's head.","default":"60s"},"token":{"$ref":"#/$defs/secret"},"ssh":{"$ref":"#/$defs/ssh"},"verify":{"$ref":"#/$defs/verify"}}},"verify":{"title":"Config verify","description":"Which commits have to be signed, and by whom. Nothing of a commit that is not is applied. The files are the operator's: they may not lie in the watched repository.","examples":[{"mode":"strict","allowedSigners":"/etc/flowkeeper/allowed_signers"}],"type":"object","additionalProperties":false,"required":["mode"],"properties":{"mode":{"description":"head: the branch's head. strict: every commit since the head that was verified last, and the branch may not be moved by force.","enum":["head","strict"],"examples":["strict"]},"allowedSigners":{"title":"path of a file of allowed signers","description":"Who may sign with SSH keys, in the format of ssh-keygen(1). Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/allowed_signers"]},"openpgpKeys":{"title":"path of a file of OpenPGP keys","description":"Public keys that may sign, armored (`gpg --armor --export`) or not. Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/openpgp-keys.asc"]},"revokedKeys":{"title":"path of a file of revoked SSH keys","description":"SSH keys that no longer count: a key revocation list of ssh-keygen(1), or public keys, one a line. Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/revoked_keys"]}}},"status":{"title":"Config status","description":"Where runs are recorded: status files, audit records, snapshots.","examples":[{"branch":"flowkeeper/status","token":"${FLOWKEEPER_GIT_PUSH_TOKEN}"}],"type":"object","additionalProperties":false,"properties":{"repository":{"$ref":"#/$defs/repository","description":"Defaults to the source's. Where it is given, the source's credentials are never sent to it."},"branch":{"$ref":"#/$defs/branch","description":"Defaults to flowkeeper/status, or with mode same-branch to the source's branch.","examples":["flowkeeper/status"]},"mode":{"description":"branch: a branch of its own. same-branch: beside the desired state, on the watched branch.","enum":["branch","same-branch"],"default":"branch","examples":["branch"]},"token":{"$ref":"#/$defs/secret","description":"The push credential. Defaults to the source's token where the repository is the source's.","examples":["${FLOWKEEPER_GIT_PUSH_TOKEN}"]},"ssh":{"$ref":"#/$defs/ssh"},"author":{"title":"Config author","description":"Author and committer of the status commits.","examples":[{"name":"flowkeeper","email":"flowkeeper@example.com"}],"type":"object","additionalProperties":false,"default":{},"properties":{"name":{"title":"author's name","description":"Without line breaks, `<` and `>`.","type":"string","pattern":"^[^\\u0000-\\u001f<>]{1,100}$","default":"flowkeeper","examples":["flowkeeper"]},"email":{"title":"mail address","description":"Not checked for existence.","type":"string","pattern":"^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$","default":"flowkeeper@localhost","examples":["flowkeeper@example.com"]}}}}},"org":{"title":"Config org","description":"One org: where its API is and who we are there.","examples":[{"backend":"architect-settings","environment":"https://api.mypurecloud.com","orgId":"0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11","clientId":"${GENESYS_CLIENT_ID}","clientSecret":"${GENESYS_CLIENT_SECRET}"}],"type":"object","additionalProperties":false,"required":["backend","environment","orgId","clientId","clientSecret"],"properties":{"backend":{"description":"Which API the org is kept through.","enum":["architect-settings","genesys-cloud"],"examples":["architect-settings"]},"environment":{"$ref":"#/$defs/url"},"orgId":{"$ref":"#/$defs/uuid","description":"The org's own id."},"clientId":{"description":"Id of the OAuth client (client credentials grant).","type":"string","minLength":1,"maxLength":1000,"examples":["${GENESYS_CLIENT_ID}"]},"clientSecret":{"$ref":"#/$defs/secret","examples":["${GENESYS_CLIENT_SECRET}"]},"auth":{"$ref":"#/$defs/auth","default":{}},"paths":{"$ref":"#/$defs/paths","default":{}},"pageSize":{"description":"Flows per page that are asked for; the service may give fewer.","type":"integer","minimum":1,"maximum":500,"default":100,"examples":[100]},"timeouts":{"$ref":"#/$defs/timeouts","default":{}},"allowInsecureHttp":{"description":"true: plain http may be used to other machines too, so that whoever listens on the way reads the client secret.","type":"boolean","default":false,"examples":[false]}}},"auth":{"title":"Config auth","description":"How a token is got.","examples":[{"style":"form-basic","url":"https://login.mypurecloud.com/oauth/token"}],"type":"object","additionalProperties":false,"properties":{"style":{"description":"json: a JSON body with client_id and client_secret. form-basic: a form body, the client in an Authorization: Basic header.","enum":["json","form-basic"],"default":"json","examples":["json"]},"url":{"$ref":"#/$defs/url","description":"Where tokens are got, if not at `environment` with `paths.token`.","examples":["https://login.mypurecloud.com/oauth/token"]},"scope":{"description":"OAuth scopes, separated by spaces; empty: none are asked for.","type":"string","maxLength":1000,"default":"organization:read architect:read architect:write flow:read flow:write","examples":["architect:read architect:write"]}}},"paths":{"title":"Config paths","description":"Paths of the API under `environment`. The defaults are the contract's.","examples":[{"flows":"/api/v2/architect/flows"}],"type":"object","additionalProperties":false,"properties":{"token":{"$ref":"#/$defs/path","default":"/api/v2/oauth/token"},"flows":{"$ref":"#/$defs/path","default":"/api/v2/architect/flows"},"flow":{"$ref":"#/$defs/flowPath","default":"/api/v2/architect/flows/{flowId}"},"reload":{"$ref":"#/$defs/path","default":"/api/v2/architect/flows/reload"},"queues":{"$ref":"#/$defs/path","default":"/api/v2/routing/queues"},"users":{"$ref":"#/$defs/path","default":"/api/v2/users"},"teams":{"$ref":"#/$defs/path","default":"/api/v2/teams"}}},"timeouts":{"title":"Config timeouts","description":"Longest times of one HTTP request.","examples":[{"answer":"30s"}],"type":"object","additionalProperties":false,"properties":{"connect":{"$ref":"#/$defs/from10msTo10m","description":"Until the connection (with TLS) stands.","default":"10s"},"answer":{"$ref":"#/$defs/from10msTo10m","description":"Until the head of the answer is there.","default":"30s"},"call":{"$ref":"#/$defs/from10msTo10m","description":"Until the whole answer is read.","default":"60s"}}},"state":{"title":"Config state","description":"Where the controller keeps its journal, snapshots, outbox and caches.","examples":[{"directory":".flowkeeper"}],"type":"object","additionalProperties":false,"properties":{"directory":{"description":"A local folder, from the config file's folder on; no network file system.","type":"string","minLength":1,"maxLength":4096,"default":".flowkeeper","examples":[".flowkeeper"]},"postgres":{"description":"Connection string of a PostgreSQL database, for several replicas.","type":"string","minLength":1,"maxLength":4096,"examples":["${DATABASE_URL}"]}}},"server":{"title":"Config server","description":"The controller's own HTTP server.","examples":[{"listen":"127.0.0.1:8080"}],"type":"object","additionalProperties":false,"properties":{"listen":{"title":"address as host:port","description":"Address and port to listen on; port 0 takes a free one. An address that other machines can reach needs a `token` or a `proxy`.","type":"string","pattern":"^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$","default":"127.0.0.1:8080","examples":["127.0.0.1:8080","[::1]:8080"]},"token":{"$ref":"#/$defs/strongSecret","description":"Who shows it (`Authorization: Bearer TOKEN`) may see everything that the server tells. Without it everybody may who can reach the address.","examples":["${FLOWKEEPER_SERVER_TOKEN}"]},"proxy":{"$ref":"#/$defs/proxy"},"webhooks":{"title":"Config webhooks","description":"Push webhooks at /hooks/NAME. One that is not named here does not exist.","examples":[{"github":{"secrets":["${GITHUB_HOOK_SECRET}"]}}],"type":"object","additionalProperties":false,"default":{},"properties":{"github":{"$ref":"#/$defs/webhook"},"gitlab":{"$ref":"#/$defs/webhook"},"bitbucket":{"$ref":"#/$defs/webhook"},"gitea":{"$ref":"#/$defs/webhook"},"generic":{"$ref":"#/$defs/webhook"}}}}},"deadlines":{"title":"Config deadlines","description":"Longest total times. They are hard: whatever is repeated or waited for within one counts. What runs out ends with an error that names it, and the next run goes on.","examples":[{"run":"45m","live":"40m"}],"type":"object","additionalProperties":false,"properties":{"run":{"$ref":"#/$defs/from10msTo24h","description":"One run of one org, from its lease to its record; the longest of all.","default":"30m"},"source":{"$ref":"#/$defs/from10msTo24h","description":"Finding out where the branch is, and fetching it.","default":"15m"},"load":{"$ref":"#/$defs/from10msTo24h","description":"Reading and checking the desired-state files.","default":"10m"},"live":{"$ref":"#/$defs/from10msTo24h","description":"Reading the live flows, all pages.","default":"20m"},"plan":{"$ref":"#/$defs/from10msTo24h","description":"Computing the plan.","default":"5m"},"lookUp":{"$ref":"#/$defs/from10msTo24h","description":"One question about what flows depend on; each is asked once in a run.","default":"5m"},"reload":{"$ref":"#/$defs/from10msTo24h","description":"One reload, which many flows may wait for.","default":"5m"},"flow":{"$ref":"#/$defs/from10msTo24h","description":"One flow, from its gate to its end. What was sent by then is found out by the next run.","default":"10m"},"record":{"$ref":"#/$defs/from10msTo24h","description":"Recording on the status branch, once. What is not recorded by then goes with the next run.","default":"15m"},"command":{"$ref":"#/$defs/from10msTo24h","description":"A command that only looks at what is recorded, or notes a wish: status, history, audit verify, retry.","default":"15m"}}},"proxy":{"title":"Config proxy","description":"A proxy that signs people in (OIDC, SAML) and says in a header who they are. It has to take that header out of what comes from outside.","examples":[{"addresses":["10.0.0.7"],"userHeader":"X-Forwarded-Email"}],"type":"object","additionalProperties":false,"required":["addresses"],"properties":{"addresses":{"title":"addresses of a proxy","description":"Addresses or networks that its requests come from. The header is believed from nobody else.","type":"array","minItems":1,"maxItems":100,"items":{"title":"address or network","description":"As 10.0.0.7, ::1 or 10.0.0.0/8.","type":"string","maxLength":100,"format":"ip-network","examples":["10.0.0.7"]},"examples":[["10.0.0.7"]]},"userHeader":{"description":"The header that names who was signed in. Whoever is named may read, and act under that name.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9-]{0,99}$","default":"X-Forwarded-Email","examples":["X-Forwarded-Email","X-Forwarded-User"]}}},"webhook":{"title":"Config webhook","description":"A hook that one kind of git host calls after a push.","examples":[{"secrets":["${GITHUB_HOOK_SECRET}"]}],"type":"object","additionalProperties":false,"required":["secrets"],"properties":{"secrets":{"title":"secrets of a webhook","description":"What the host signs with. Two while one replaces the other.","type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/strongSecret"},"examples":[["${GITHUB_HOOK_SECRET}"]]}}},"notifications":{"title":"Config notifications","description":"Who is told when flows change their state, by whom they are reached. docs/notifications.md shows what is sent.","examples":[{"slack":{"ops":{"url":"${SLACK_HOOK_URL}"}}}],"type":"object","additionalProperties":false,"properties":{"giveUpAfter":{"$ref":"#/$defs/from1mTo7d","description":"How long a notification is tried again that its destination does not take. Then it is counted as dead, and the next one goes.","default":"24h"},"pageUrl":{"$ref":"#/$defs/url","description":"Where people reach the controller's status page; notifications then link to it.","examples":["https://flowkeeper.example.com"]},"webhook":{"title":"Config webhook destinations","description":"Receivers of a signed POST with JSON (Standard Webhooks), by name.","examples":[{"cmdb":{"url":"${CMDB_URL}","secrets":["${CMDB_SECRET}"]}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/webhookDestination"}},"slack":{"title":"Config slack destinations","description":"Incoming webhooks of Slack, by name.","examples":[{"ops":{"url":"${SLACK_HOOK_URL}"}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/chatDestination"}},"teams":{"title":"Config teams destinations","description":"Workflows of Microsoft Teams that post what a webhook brings, by name.","examples":[{"ops":{"url":"${TEAMS_HOOK_URL}"}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/chatDestination"}},"email":{"title":"Config e-mail destinations","description":"Recipients by SMTP, by name.","examples":[{"leads":{"host":"smtp.example.com","from":"flowkeeper@example.com","to":["leads@example.com"]}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/emailDestination"}},"commitStatus":{"$ref":"#/$defs/commitStatus"}}},"destinationName":{"title":"name of a destination, of lower-case letters, digits and `-`","description":"Begins with a letter or digit; used once over all kinds.","type":"string","pattern":"^[a-z0-9][a-z0-9-]{0,62}$","examples":["ops"]},"webhookDestination":{"title":"Config webhook destination","description":"A receiver of signed JSON (schemas/notification.schema.json).","examples":[{"url":"${CMDB_URL}","secrets":["${CMDB_SECRET}"]}],"type":"object","additionalProperties":false,"required":["url","secrets"],"properties":{"url":{"$ref":"#/$defs/hookUrl"},"secrets":{"title":"secrets of a webhook destination","description":"What the payload is signed with: `whsec_` and Base64, or any long text. Two while one replaces the other; it is signed with both.","type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/strongSecret"},"examples":[["${CMDB_SECRET}"]]},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}},"chatDestination":{"title":"Config chat destination","description":"A channel that a webhook posts to.","examples":[{"url":"${SLACK_HOOK_URL}","severity":"error"}],"type":"object","additionalProperties":false,"required":["url"],"properties":{"url":{"$ref":"#/$defs/hookUrl"},"template":{"$ref":"#/$defs/template"},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}},"emailDestination":{"title":"Config e-mail destination","description":"Recipients of mail.","examples":[{"host":"smtp.example.com","user":"flowkeeper","password":"${SMTP_PASSWORD}","from":"flowkeeper@example.com","to":["leads@example.com"]}],"type":"object","additionalProperties":false,"required":["host","from","to"],"properties":{"host":{"title":"host name","description":"Of the SMTP server.","type":"string","pattern":"^[A-Za-z0-9.-]{1,253}$","examples":["smtp.example.com"]},"port":{"description":"587 by default; 465 with `security: tls`.","type":"integer","minimum":1,"maximum":65535,"examples":[587]},"security":{"description":"starttls: the connection is encrypted before anything is said, or no mail is sent. tls: encrypted from the start. none: only to this machine.","enum":["starttls","tls","none"],"default":"starttls","examples":["starttls"]},"user":{"description":"Where the server asks who one is.","type":"string","minLength":1,"maxLength":1000,"examples":["flowkeeper"]},"password":{"$ref":"#/$defs/secret","examples":["${SMTP_PASSWORD}"]},"from":{"$ref":"#/$defs/mailAddress"},"to":{"title":"recipients","description":"Mail addresses; all see each other.","type":"array","minItems":1,"maxItems":50,"items":{"$ref":"#/$defs/mailAddress"},"examples":[["leads@example.com"]]},"subject":{"$ref":"#/$defs/template","description":"A template for the subject."},"template":{"$ref":"#/$defs/template"},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}},"mailAddress":{"title":"mail address","description":"An address alone, without a name.","type":"string","pattern":"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$","examples":["leads@example.com"]},"commitStatus":{"title":"Config commit status","description":"Shows at the merged commit what became of it: pending, then applied n of n, or failed.","examples":[{"host":"github","repository":"acme/contact-centre","token":"${GITHUB_STATUS_TOKEN}"}],"type":"object","additionalProperties":false,"required":["host","repository","token"],"properties":{"host":{"description":"Which kind of host.","enum":["github","gitlab"],"examples":["github"]},"api":{"$ref":"#/$defs/url","description":"Of the host's API; https://api.github.com or https://gitlab.com/api/v4 by default.","examples":["https://gitlab.example.com/api/v4"]},"repository":{"title":"owner/name, or a project of GitLab","description":"GitHub: `owner/name`. GitLab: the project's path or id.","type":"string","maxLength":500,"pattern":"^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$","examples":["acme/contact-centre"]},"token":{"$ref":"#/$defs/secret","description":"May set commit statuses and nothing else. GitHub: a fine-grained token with `Commit statuses: write`. GitLab: a project token with the scope api.","examples":["${GITHUB_STATUS_TOKEN}"]},"name":{"description":"How the check is called; the org's name follows.","type":"string","pattern":"^[\\w./ -]{1,100}$","default":"flowkeeper","examples":["flowkeeper"]}}},"tell":{"title":"Config tell","description":"changes: a flow or an org came into another state, or recovered. applied: each flow that was written. reports: the scheduled report when something differs. heartbeat: also when nothing does.","type":"array","uniqueItems":true,"minItems":1,"items":{"enum":["changes","applied","reports","heartbeat"],"description":"What is told.","examples":["changes"]},"default":["changes","reports"],"examples":[["changes","applied"]]},"orgFilter":{"title":"org filter","description":"Only of these orgs; all by default.","type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":63,"description":"Name of an org.","examples":["acme-prod"]},"examples":[["acme-prod"]]},"flowFilter":{"title":"flow filter","description":"Only of flows whose name, or path under the org's flows folder, fits one of these, where `*` stands for any text; all by default. News of the org as a whole come anyway.","type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":200,"description":"`*` stands for any text.","examples":["Support *"]},"examples":[["Support *","ivr/*"]]},"stateFilter":{"title":"state filter","description":"Only when a flow or an org comes into one of these states, and when it recovers from it; instead of `severity`.","type":"array","minItems":1,"uniqueItems":true,"items":{"enum":["Drifted","Deferred","Blocked","Suspended","Invalid","Missing","Conflict","Failed","RolledBack","Stuck","Unresolved","Held","Unreadable","Reporting"],"description":"A state of a flow or an org.","examples":["Stuck"]},"examples":[["Failed","Stuck"]]},"severity":{"title":"severity","description":"The least that is told, with its recovery. error: Failed, RolledBack, Stuck, Unresolved; Unreadable. warning: also Drifted, Blocked, Invalid, Missing, Conflict; Held. info: all.","enum":["info","warning","error"],"default":"warning","examples":["error"]},"template":{"title":"mustache template","description":"What is said, in place of the usual words. docs/notifications.md lists the names that can stand in `{{ }}`; what they bring is escaped as the channel needs it, so `{{{ }}}` and `{{> }}` are not taken.","type":"string","minLength":1,"maxLength":4000,"format":"notice-template","examples":["{{org}}: {{summary}}"]},"hookUrl":{"title":"https URL of a receiver","description":"An absolute https URL without user and fragment; plain http only to this machine. Often a credential itself: write ${NAME}. Never printed; redirects are not followed.","type":"string","minLength":1,"maxLength":2000,"format":"hook-url","examples":["${SLACK_HOOK_URL}"]},"strongSecret":{"title":"secret of 16 characters or more","description":"A long random text; write ${NAME} and keep it in the environment. Never printed.","type":"string","minLength":16,"maxLength":1000,"pattern":"^[\\u0021-\\u007e]*$","examples":["${GITHUB_HOOK_SECRET}"]},"ssh":{"title":"Config ssh","description":"For ssh remotes. Paths count from the config file's folder.","examples":[{"keyFile":"keys/deploy","knownHostsFile":"keys/known_hosts"}],"type":"object","additionalProperties":false,"properties":{"keyFile":{"description":"File of the private key, without passphrase.","type":"string","minLength":1,"maxLength":4096,"examples":["keys/deploy"]},"knownHostsFile":{"description":"File of the host keys that are trusted.","type":"string","minLength":1,"maxLength":4096,"examples":["keys/known_hosts"]}}},"repository":{"title":"git repository","description":"https://…, ssh://…, user@host:path, file://…, a local path (from the config file's folder on), or http:// to this machine; without password or token, which belong under `token`.","type":"string","minLength":1,"maxLength":4096,"format":"git-repository","examples":["https://git.example.com/acme/contact-centre.git","../contact-centre"]},"branch":{"title":"branch name","description":"A branch, without refs/heads/.","type":"string","minLength":1,"maxLength":200,"format":"git-branch","examples":["main"]},"secret":{"title":"secret","description":"A credential; write ${NAME} and keep it in the environment. Never printed.","type":"string","minLength":1,"maxLength":10000,"pattern":"^[^\\u0000-\\u001f\\u007f]*$","examples":["${FLOWKEEPER_GIT_TOKEN}"]},"url":{"title":"absolute URL","description":"An absolute http(s) URL without user, query and fragment; plain http only to this machine.","type":"string","minLength":1,"maxLength":2000,"format":"service-url","examples":["https://api.mypurecloud.com"]},"path":{"title":"path of the API","description":"Begins with `/`; without query, fragment and `..`.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$","maxLength":1000,"examples":["/api/v2/architect/flows"]},"flowPath":{"title":"path of one flow, with {flowId} in it","description":"Begins with `/` and holds `{flowId}` once; without query, fragment and `..`.","type":"string","pattern":"^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$","maxLength":1000,"examples":["/api/v2/architect/flows/{flowId}"]},"from1sTo24h":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1s","x-maxDuration":"24h","examples":["30s","5m","24h"]},"from10msTo10m":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"10ms","x-maxDuration":"10m","examples":["30s","5m","24h"]},"from10msTo24h":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"10ms","x-maxDuration":"24h","examples":["30s","5m","24h"]},"from1mTo7d":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"7d","examples":["30s","5m","24h"]},"uuid":{"title":"UUID","description":"Upper and lower case are the same.","type":"string","pattern":"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$","examples":["0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11"]}}};
const schema62 = {"title":"Config state","description":"Where the controller keeps its journal, snapshots, outbox and caches.","examples":[{"directory":".flowkeeper"}],"type":"object","additionalProperties":false,"properties":{"directory":{"description":"A local folder, from the config file's folder on; no network file system.","type":"string","minLength":1,"maxLength":4096,"default":".flowkeeper","examples":[".flowkeeper"]},"postgres":{"description":"Connection string of a PostgreSQL database, for several replicas.","type":"string","minLength":1,"maxLength":4096,"examples":["${DATABASE_URL}"]}}};
const func0 = Object.prototype.hasOwnProperty;
const func65 = runtime0.default;
const schema32 = {"title":"Config source","description":"The repository that holds the desired state. It is only read.","examples":[{"repository":"https://git.example.com/acme/contact-centre.git"}],"type":"object","additionalProperties":false,"required":["repository"],"properties":{"repository":{"$ref":"#/$defs/repository"},"branch":{"$ref":"#/$defs/branch","default":"main","description":"The branch that is the truth."},"directory":{"title":"folder of the repository","description":"The folder of the repository that holds one folder for each org, without `.` and `..`.","type":"string","pattern":"^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$","default":"desired-state","examples":["desired-state"]},"poll":{"$ref":"#/$defs/from1sTo24h","description":"Time between two looks at the remote's head.","default":"60s"},"token":{"$ref":"#/$defs/secret"},"ssh":{"$ref":"#/$defs/ssh"},"verify":{"$ref":"#/$defs/verify"}}};
const schema33 = {"title":"git repository","description":"https://…, ssh://…, user@host:path, file://…, a local path (from the config file's folder on), or http:// to this machine; without password or token, which belong under `token`.","type":"string","minLength":1,"maxLength":4096,"format":"git-repository","examples":["https://git.example.com/acme/contact-centre.git","../contact-centre"]};
const schema34 = {"title":"branch name","description":"A branch, without refs/heads/.","type":"string","minLength":1,"maxLength":200,"format":"git-branch","examples":["main"]};
const schema35 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1s","x-maxDuration":"24h","examples":["30s","5m","24h"]};
const schema36 = {"title":"secret","description":"A credential; write ${NAME} and keep it in the environment. Never printed.","type":"string","minLength":1,"maxLength":10000,"pattern":"^[^\\u0000-\\u001f\\u007f]*$","examples":["${FLOWKEEPER_GIT_TOKEN}"]};
const schema37 = {"title":"Config ssh","description":"For ssh remotes. Paths count from the config file's folder.","examples":[{"keyFile":"keys/deploy","knownHostsFile":"keys/known_hosts"}],"type":"object","additionalProperties":false,"properties":{"keyFile":{"description":"File of the private key, without passphrase.","type":"string","minLength":1,"maxLength":4096,"examples":["keys/deploy"]},"knownHostsFile":{"description":"File of the host keys that are trusted.","type":"string","minLength":1,"maxLength":4096,"examples":["keys/known_hosts"]}}};
const schema38 = {"title":"Config verify","description":"Which commits have to be signed, and by whom. Nothing of a commit that is not is applied. The files are the operator's: they may not lie in the watched repository.","examples":[{"mode":"strict","allowedSigners":"/etc/flowkeeper/allowed_signers"}],"type":"object","additionalProperties":false,"required":["mode"],"properties":{"mode":{"description":"head: the branch's head. strict: every commit since the head that was verified last, and the branch may not be moved by force.","enum":["head","strict"],"examples":["strict"]},"allowedSigners":{"title":"path of a file of allowed signers","description":"Who may sign with SSH keys, in the format of ssh-keygen(1). Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/allowed_signers"]},"openpgpKeys":{"title":"path of a file of OpenPGP keys","description":"Public keys that may sign, armored (`gpg --armor --export`) or not. Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/openpgp-keys.asc"]},"revokedKeys":{"title":"path of a file of revoked SSH keys","description":"SSH keys that no longer count: a key revocation list of ssh-keygen(1), or public keys, one a line. Relative to the config file.","type":"string","minLength":1,"examples":["/etc/flowkeeper/revoked_keys"]}}};
const func69 = DURATION_LIMITS["x-minDuration"];
const func70 = DURATION_LIMITS["x-maxDuration"];
const formats0 = FORMATS["git-repository"];
const formats2 = FORMATS["git-branch"];
const pattern4 = new RegExp("^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$", "u");
const pattern5 = new RegExp("^[0-9]{1,9}(ms|s|m|h|d)$", "u");
const pattern6 = new RegExp("^[^\\u0000-\\u001f\\u007f]*$", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.branch === undefined){
data.branch = "main";
}
if(data.directory === undefined){
data.directory = "desired-state";
}
if(data.poll === undefined){
data.poll = "60s";
}
if((data.repository === undefined) || (!(func0.call(data, "repository")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "repository"},message:"must have required property '"+"repository"+"'",schema:schema32.required,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "repository") || (key0 === "branch")) || (key0 === "directory")) || (key0 === "poll")) || (key0 === "token")) || (key0 === "ssh")) || (key0 === "verify"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.repository !== undefined && func0.call(data, "repository")){
let data0 = data.repository;
if(typeof data0 === "string"){
if(func65(data0) > 4096){
const err2 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func65(data0) < 1){
const err3 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(formats0(data0))){
const err4 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/format",keyword:"format",params:{format: "git-repository"},message:"must match format \""+"git-repository"+"\"",schema:"git-repository",parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data1 = data.branch;
if(typeof data1 === "string"){
if(func65(data1) > 200){
const err6 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func65(data1) < 1){
const err7 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!(formats2(data1))){
const err8 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/format",keyword:"format",params:{format: "git-branch"},message:"must match format \""+"git-branch"+"\"",schema:"git-branch",parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
let data2 = data.directory;
if(typeof data2 === "string"){
if(!pattern4.test(data2)){
const err10 = {instancePath:instancePath+"/directory",schemaPath:"#/properties/directory/pattern",keyword:"pattern",params:{pattern: "^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$"},message:"must match pattern \""+"^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$"+"\"",schema:"^(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*/?$",parentSchema:schema32.properties.directory,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/directory",schemaPath:"#/properties/directory/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema32.properties.directory.type,parentSchema:schema32.properties.directory,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
let data3 = data.poll;
if(!func69(data3, "1s")){
const err12 = {instancePath:instancePath+"/poll",schemaPath:"#/$defs/from1sTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1s",parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!func70(data3, "24h")){
const err13 = {instancePath:instancePath+"/poll",schemaPath:"#/$defs/from1sTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
const err14 = {instancePath:instancePath+"/poll",schemaPath:"#/$defs/from1sTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/poll",schemaPath:"#/$defs/from1sTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(data.token !== undefined && func0.call(data, "token")){
let data4 = data.token;
if(typeof data4 === "string"){
if(func65(data4) > 10000){
const err16 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func65(data4) < 1){
const err17 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(!pattern6.test(data4)){
const err18 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.ssh !== undefined && func0.call(data, "ssh")){
let data5 = data.ssh;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 of Object.keys(data5)){
if(!((key1 === "keyFile") || (key1 === "knownHostsFile"))){
const err20 = {instancePath:instancePath+"/ssh",schemaPath:"#/$defs/ssh/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema37,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data5.keyFile !== undefined && func0.call(data5, "keyFile")){
let data6 = data5.keyFile;
if(typeof data6 === "string"){
if(func65(data6) > 4096){
const err21 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema37.properties.keyFile,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(func65(data6) < 1){
const err22 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema37.properties.keyFile,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.keyFile.type,parentSchema:schema37.properties.keyFile,data:data6};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data5.knownHostsFile !== undefined && func0.call(data5, "knownHostsFile")){
let data7 = data5.knownHostsFile;
if(typeof data7 === "string"){
if(func65(data7) > 4096){
const err24 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema37.properties.knownHostsFile,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(func65(data7) < 1){
const err25 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema37.properties.knownHostsFile,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.knownHostsFile.type,parentSchema:schema37.properties.knownHostsFile,data:data7};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/ssh",schemaPath:"#/$defs/ssh/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data:data5};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.verify !== undefined && func0.call(data, "verify")){
let data8 = data.verify;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if((data8.mode === undefined) || (!(func0.call(data8, "mode")))){
const err28 = {instancePath:instancePath+"/verify",schemaPath:"#/$defs/verify/required",keyword:"required",params:{missingProperty: "mode"},message:"must have required property '"+"mode"+"'",schema:schema38.required,parentSchema:schema38,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
for(const key2 of Object.keys(data8)){
if(!((((key2 === "mode") || (key2 === "allowedSigners")) || (key2 === "openpgpKeys")) || (key2 === "revokedKeys"))){
const err29 = {instancePath:instancePath+"/verify",schemaPath:"#/$defs/verify/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema38,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data8.mode !== undefined && func0.call(data8, "mode")){
let data9 = data8.mode;
if(!((data9 === "head") || (data9 === "strict"))){
const err30 = {instancePath:instancePath+"/verify/mode",schemaPath:"#/$defs/verify/properties/mode/enum",keyword:"enum",params:{allowedValues: schema38.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema38.properties.mode.enum,parentSchema:schema38.properties.mode,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data8.allowedSigners !== undefined && func0.call(data8, "allowedSigners")){
let data10 = data8.allowedSigners;
if(typeof data10 === "string"){
if(func65(data10) < 1){
const err31 = {instancePath:instancePath+"/verify/allowedSigners",schemaPath:"#/$defs/verify/properties/allowedSigners/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.allowedSigners,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/verify/allowedSigners",schemaPath:"#/$defs/verify/properties/allowedSigners/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.allowedSigners.type,parentSchema:schema38.properties.allowedSigners,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data8.openpgpKeys !== undefined && func0.call(data8, "openpgpKeys")){
let data11 = data8.openpgpKeys;
if(typeof data11 === "string"){
if(func65(data11) < 1){
const err33 = {instancePath:instancePath+"/verify/openpgpKeys",schemaPath:"#/$defs/verify/properties/openpgpKeys/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.openpgpKeys,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/verify/openpgpKeys",schemaPath:"#/$defs/verify/properties/openpgpKeys/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.openpgpKeys.type,parentSchema:schema38.properties.openpgpKeys,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data8.revokedKeys !== undefined && func0.call(data8, "revokedKeys")){
let data12 = data8.revokedKeys;
if(typeof data12 === "string"){
if(func65(data12) < 1){
const err35 = {instancePath:instancePath+"/verify/revokedKeys",schemaPath:"#/$defs/verify/properties/revokedKeys/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema38.properties.revokedKeys,data:data12};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/verify/revokedKeys",schemaPath:"#/$defs/verify/properties/revokedKeys/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema38.properties.revokedKeys.type,parentSchema:schema38.properties.revokedKeys,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/verify",schemaPath:"#/$defs/verify/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema38.type,parentSchema:schema38,data:data8};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = {"title":"Config status","description":"Where runs are recorded: status files, audit records, snapshots.","examples":[{"branch":"flowkeeper/status","token":"${FLOWKEEPER_GIT_PUSH_TOKEN}"}],"type":"object","additionalProperties":false,"properties":{"repository":{"$ref":"#/$defs/repository","description":"Defaults to the source's. Where it is given, the source's credentials are never sent to it."},"branch":{"$ref":"#/$defs/branch","description":"Defaults to flowkeeper/status, or with mode same-branch to the source's branch.","examples":["flowkeeper/status"]},"mode":{"description":"branch: a branch of its own. same-branch: beside the desired state, on the watched branch.","enum":["branch","same-branch"],"default":"branch","examples":["branch"]},"token":{"$ref":"#/$defs/secret","description":"The push credential. Defaults to the source's token where the repository is the source's.","examples":["${FLOWKEEPER_GIT_PUSH_TOKEN}"]},"ssh":{"$ref":"#/$defs/ssh"},"author":{"title":"Config author","description":"Author and committer of the status commits.","examples":[{"name":"flowkeeper","email":"flowkeeper@example.com"}],"type":"object","additionalProperties":false,"default":{},"properties":{"name":{"title":"author's name","description":"Without line breaks, `<` and `>`.","type":"string","pattern":"^[^\\u0000-\\u001f<>]{1,100}$","default":"flowkeeper","examples":["flowkeeper"]},"email":{"title":"mail address","description":"Not checked for existence.","type":"string","pattern":"^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$","default":"flowkeeper@localhost","examples":["flowkeeper@example.com"]}}}}};
const pattern8 = new RegExp("^[^\\u0000-\\u001f<>]{1,100}$", "u");
const pattern9 = new RegExp("^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$", "u");

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mode === undefined){
data.mode = "branch";
}
if(data.author === undefined){
data.author = {};
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "repository") || (key0 === "branch")) || (key0 === "mode")) || (key0 === "token")) || (key0 === "ssh")) || (key0 === "author"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.repository !== undefined && func0.call(data, "repository")){
let data0 = data.repository;
if(typeof data0 === "string"){
if(func65(data0) > 4096){
const err1 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(func65(data0) < 1){
const err2 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(formats0(data0))){
const err3 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/format",keyword:"format",params:{format: "git-repository"},message:"must match format \""+"git-repository"+"\"",schema:"git-repository",parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/repository",schemaPath:"#/$defs/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.branch !== undefined && func0.call(data, "branch")){
let data1 = data.branch;
if(typeof data1 === "string"){
if(func65(data1) > 200){
const err5 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data1) < 1){
const err6 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!(formats2(data1))){
const err7 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/format",keyword:"format",params:{format: "git-branch"},message:"must match format \""+"git-branch"+"\"",schema:"git-branch",parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/branch",schemaPath:"#/$defs/branch/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema34.type,parentSchema:schema34,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
let data2 = data.mode;
if(!((data2 === "branch") || (data2 === "same-branch"))){
const err9 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema39.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema39.properties.mode.enum,parentSchema:schema39.properties.mode,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.token !== undefined && func0.call(data, "token")){
let data3 = data.token;
if(typeof data3 === "string"){
if(func65(data3) > 10000){
const err10 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(func65(data3) < 1){
const err11 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!pattern6.test(data3)){
const err12 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.ssh !== undefined && func0.call(data, "ssh")){
let data4 = data.ssh;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 of Object.keys(data4)){
if(!((key1 === "keyFile") || (key1 === "knownHostsFile"))){
const err14 = {instancePath:instancePath+"/ssh",schemaPath:"#/$defs/ssh/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema37,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.keyFile !== undefined && func0.call(data4, "keyFile")){
let data5 = data4.keyFile;
if(typeof data5 === "string"){
if(func65(data5) > 4096){
const err15 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema37.properties.keyFile,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(func65(data5) < 1){
const err16 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema37.properties.keyFile,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/ssh/keyFile",schemaPath:"#/$defs/ssh/properties/keyFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.keyFile.type,parentSchema:schema37.properties.keyFile,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.knownHostsFile !== undefined && func0.call(data4, "knownHostsFile")){
let data6 = data4.knownHostsFile;
if(typeof data6 === "string"){
if(func65(data6) > 4096){
const err18 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema37.properties.knownHostsFile,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(func65(data6) < 1){
const err19 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema37.properties.knownHostsFile,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/ssh/knownHostsFile",schemaPath:"#/$defs/ssh/properties/knownHostsFile/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.properties.knownHostsFile.type,parentSchema:schema37.properties.knownHostsFile,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/ssh",schemaPath:"#/$defs/ssh/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema37.type,parentSchema:schema37,data:data4};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let data7 = data.author;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.name === undefined){
data7.name = "flowkeeper";
}
if(data7.email === undefined){
data7.email = "flowkeeper@localhost";
}
for(const key2 of Object.keys(data7)){
if(!((key2 === "name") || (key2 === "email"))){
const err22 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema39.properties.author,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
let data8 = data7.name;
if(typeof data8 === "string"){
if(!pattern8.test(data8)){
const err23 = {instancePath:instancePath+"/author/name",schemaPath:"#/properties/author/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f<>]{1,100}$"},message:"must match pattern \""+"^[^\\u0000-\\u001f<>]{1,100}$"+"\"",schema:"^[^\\u0000-\\u001f<>]{1,100}$",parentSchema:schema39.properties.author.properties.name,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/author/name",schemaPath:"#/properties/author/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.author.properties.name.type,parentSchema:schema39.properties.author.properties.name,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
let data9 = data7.email;
if(typeof data9 === "string"){
if(!pattern9.test(data9)){
const err25 = {instancePath:instancePath+"/author/email",schemaPath:"#/properties/author/properties/email/pattern",keyword:"pattern",params:{pattern: "^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$"},message:"must match pattern \""+"^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$"+"\"",schema:"^[^\\s<>@]{1,100}@[^\\s<>@]{1,100}$",parentSchema:schema39.properties.author.properties.email,data:data9};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/author/email",schemaPath:"#/properties/author/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema39.properties.author.properties.email.type,parentSchema:schema39.properties.author.properties.email,data:data9};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.properties.author.type,parentSchema:schema39.properties.author,data:data7};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema39.type,parentSchema:schema39,data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema44 = {"title":"Config org","description":"One org: where its API is and who we are there.","examples":[{"backend":"architect-settings","environment":"https://api.mypurecloud.com","orgId":"0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11","clientId":"${GENESYS_CLIENT_ID}","clientSecret":"${GENESYS_CLIENT_SECRET}"}],"type":"object","additionalProperties":false,"required":["backend","environment","orgId","clientId","clientSecret"],"properties":{"backend":{"description":"Which API the org is kept through.","enum":["architect-settings","genesys-cloud"],"examples":["architect-settings"]},"environment":{"$ref":"#/$defs/url"},"orgId":{"$ref":"#/$defs/uuid","description":"The org's own id."},"clientId":{"description":"Id of the OAuth client (client credentials grant).","type":"string","minLength":1,"maxLength":1000,"examples":["${GENESYS_CLIENT_ID}"]},"clientSecret":{"$ref":"#/$defs/secret","examples":["${GENESYS_CLIENT_SECRET}"]},"auth":{"$ref":"#/$defs/auth","default":{}},"paths":{"$ref":"#/$defs/paths","default":{}},"pageSize":{"description":"Flows per page that are asked for; the service may give fewer.","type":"integer","minimum":1,"maximum":500,"default":100,"examples":[100]},"timeouts":{"$ref":"#/$defs/timeouts","default":{}},"allowInsecureHttp":{"description":"true: plain http may be used to other machines too, so that whoever listens on the way reads the client secret.","type":"boolean","default":false,"examples":[false]}}};
const schema45 = {"title":"absolute URL","description":"An absolute http(s) URL without user, query and fragment; plain http only to this machine.","type":"string","minLength":1,"maxLength":2000,"format":"service-url","examples":["https://api.mypurecloud.com"]};
const schema46 = {"title":"UUID","description":"Upper and lower case are the same.","type":"string","pattern":"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$","examples":["0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11"]};
const formats8 = FORMATS["service-url"];
const pattern11 = new RegExp("^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$", "u");
const schema48 = {"title":"Config auth","description":"How a token is got.","examples":[{"style":"form-basic","url":"https://login.mypurecloud.com/oauth/token"}],"type":"object","additionalProperties":false,"properties":{"style":{"description":"json: a JSON body with client_id and client_secret. form-basic: a form body, the client in an Authorization: Basic header.","enum":["json","form-basic"],"default":"json","examples":["json"]},"url":{"$ref":"#/$defs/url","description":"Where tokens are got, if not at `environment` with `paths.token`.","examples":["https://login.mypurecloud.com/oauth/token"]},"scope":{"description":"OAuth scopes, separated by spaces; empty: none are asked for.","type":"string","maxLength":1000,"default":"organization:read architect:read architect:write flow:read flow:write","examples":["architect:read architect:write"]}}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.style === undefined){
data.style = "json";
}
if(data.scope === undefined){
data.scope = "organization:read architect:read architect:write flow:read flow:write";
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "style") || (key0 === "url")) || (key0 === "scope"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.style;
if(!((data0 === "json") || (data0 === "form-basic"))){
const err1 = {instancePath:instancePath+"/style",schemaPath:"#/properties/style/enum",keyword:"enum",params:{allowedValues: schema48.properties.style.enum},message:"must be equal to one of the allowed values",schema:schema48.properties.style.enum,parentSchema:schema48.properties.style,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.url !== undefined && func0.call(data, "url")){
let data1 = data.url;
if(typeof data1 === "string"){
if(func65(data1) > 2000){
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/url/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func65(data1) < 1){
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(formats8(data1))){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/url/format",keyword:"format",params:{format: "service-url"},message:"must match format \""+"service-url"+"\"",schema:"service-url",parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
let data2 = data.scope;
if(typeof data2 === "string"){
if(func65(data2) > 1000){
const err6 = {instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema48.properties.scope,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/scope",schemaPath:"#/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema48.properties.scope.type,parentSchema:schema48.properties.scope,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema48.type,parentSchema:schema48,data};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema50 = {"title":"Config paths","description":"Paths of the API under `environment`. The defaults are the contract's.","examples":[{"flows":"/api/v2/architect/flows"}],"type":"object","additionalProperties":false,"properties":{"token":{"$ref":"#/$defs/path","default":"/api/v2/oauth/token"},"flows":{"$ref":"#/$defs/path","default":"/api/v2/architect/flows"},"flow":{"$ref":"#/$defs/flowPath","default":"/api/v2/architect/flows/{flowId}"},"reload":{"$ref":"#/$defs/path","default":"/api/v2/architect/flows/reload"},"queues":{"$ref":"#/$defs/path","default":"/api/v2/routing/queues"},"users":{"$ref":"#/$defs/path","default":"/api/v2/users"},"teams":{"$ref":"#/$defs/path","default":"/api/v2/teams"}}};
const schema51 = {"title":"path of the API","description":"Begins with `/`; without query, fragment and `..`.","type":"string","pattern":"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$","maxLength":1000,"examples":["/api/v2/architect/flows"]};
const schema53 = {"title":"path of one flow, with {flowId} in it","description":"Begins with `/` and holds `{flowId}` once; without query, fragment and `..`.","type":"string","pattern":"^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$","maxLength":1000,"examples":["/api/v2/architect/flows/{flowId}"]};
const pattern13 = new RegExp("^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$", "u");
const pattern15 = new RegExp("^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$", "u");

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.token === undefined){
data.token = "/api/v2/oauth/token";
}
if(data.flows === undefined){
data.flows = "/api/v2/architect/flows";
}
if(data.flow === undefined){
data.flow = "/api/v2/architect/flows/{flowId}";
}
if(data.reload === undefined){
data.reload = "/api/v2/architect/flows/reload";
}
if(data.queues === undefined){
data.queues = "/api/v2/routing/queues";
}
if(data.users === undefined){
data.users = "/api/v2/users";
}
if(data.teams === undefined){
data.teams = "/api/v2/teams";
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "token") || (key0 === "flows")) || (key0 === "flow")) || (key0 === "reload")) || (key0 === "queues")) || (key0 === "users")) || (key0 === "teams"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.token;
if(typeof data0 === "string"){
if(func65(data0) > 1000){
const err1 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!pattern13.test(data0)){
const err2 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
let data1 = data.flows;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err4 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!pattern13.test(data1)){
const err5 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
let data2 = data.flow;
if(typeof data2 === "string"){
if(func65(data2) > 1000){
const err7 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/flowPath/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema53,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!pattern15.test(data2)){
const err8 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/flowPath/pattern",keyword:"pattern",params:{pattern: "^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$"},message:"must match pattern \""+"^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$"+"\"",schema:"^(?=[^{}]*\\{flowId\\}[^{}]*$)(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%{}-]+)+$",parentSchema:schema53,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/flowPath/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema53.type,parentSchema:schema53,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
let data3 = data.reload;
if(typeof data3 === "string"){
if(func65(data3) > 1000){
const err10 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern13.test(data3)){
const err11 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data4 = data.queues;
if(typeof data4 === "string"){
if(func65(data4) > 1000){
const err13 = {instancePath:instancePath+"/queues",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(!pattern13.test(data4)){
const err14 = {instancePath:instancePath+"/queues",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/queues",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
let data5 = data.users;
if(typeof data5 === "string"){
if(func65(data5) > 1000){
const err16 = {instancePath:instancePath+"/users",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(!pattern13.test(data5)){
const err17 = {instancePath:instancePath+"/users",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/users",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
let data6 = data.teams;
if(typeof data6 === "string"){
if(func65(data6) > 1000){
const err19 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema51,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!pattern13.test(data6)){
const err20 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/path/pattern",keyword:"pattern",params:{pattern: "^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"},message:"must match pattern \""+"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$"+"\"",schema:"^(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+$",parentSchema:schema51,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema51.type,parentSchema:schema51,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema58 = {"title":"Config timeouts","description":"Longest times of one HTTP request.","examples":[{"answer":"30s"}],"type":"object","additionalProperties":false,"properties":{"connect":{"$ref":"#/$defs/from10msTo10m","description":"Until the connection (with TLS) stands.","default":"10s"},"answer":{"$ref":"#/$defs/from10msTo10m","description":"Until the head of the answer is there.","default":"30s"},"call":{"$ref":"#/$defs/from10msTo10m","description":"Until the whole answer is read.","default":"60s"}}};
const schema59 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"10ms","x-maxDuration":"10m","examples":["30s","5m","24h"]};

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.connect === undefined){
data.connect = "10s";
}
if(data.answer === undefined){
data.answer = "30s";
}
if(data.call === undefined){
data.call = "60s";
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "connect") || (key0 === "answer")) || (key0 === "call"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.connect;
if(!func69(data0, "10ms")){
const err1 = {instancePath:instancePath+"/connect",schemaPath:"#/$defs/from10msTo10m/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema59,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!func70(data0, "10m")){
const err2 = {instancePath:instancePath+"/connect",schemaPath:"#/$defs/from10msTo10m/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"10m",parentSchema:schema59,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err3 = {instancePath:instancePath+"/connect",schemaPath:"#/$defs/from10msTo10m/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema59,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/connect",schemaPath:"#/$defs/from10msTo10m/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.type,parentSchema:schema59,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
let data1 = data.answer;
if(!func69(data1, "10ms")){
const err5 = {instancePath:instancePath+"/answer",schemaPath:"#/$defs/from10msTo10m/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema59,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!func70(data1, "10m")){
const err6 = {instancePath:instancePath+"/answer",schemaPath:"#/$defs/from10msTo10m/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"10m",parentSchema:schema59,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err7 = {instancePath:instancePath+"/answer",schemaPath:"#/$defs/from10msTo10m/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema59,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/answer",schemaPath:"#/$defs/from10msTo10m/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.type,parentSchema:schema59,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
let data2 = data.call;
if(!func69(data2, "10ms")){
const err9 = {instancePath:instancePath+"/call",schemaPath:"#/$defs/from10msTo10m/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema59,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!func70(data2, "10m")){
const err10 = {instancePath:instancePath+"/call",schemaPath:"#/$defs/from10msTo10m/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"10m",parentSchema:schema59,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err11 = {instancePath:instancePath+"/call",schemaPath:"#/$defs/from10msTo10m/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema59,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/call",schemaPath:"#/$defs/from10msTo10m/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema59.type,parentSchema:schema59,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema58.type,parentSchema:schema58,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate25(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate25.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.auth === undefined){
data.auth = {};
}
if(data.paths === undefined){
data.paths = {};
}
if(data.pageSize === undefined){
data.pageSize = 100;
}
if(data.timeouts === undefined){
data.timeouts = {};
}
if(data.allowInsecureHttp === undefined){
data.allowInsecureHttp = false;
}
if((data.backend === undefined) || (!(func0.call(data, "backend")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "backend"},message:"must have required property '"+"backend"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.environment === undefined) || (!(func0.call(data, "environment")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "environment"},message:"must have required property '"+"environment"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((data.orgId === undefined) || (!(func0.call(data, "orgId")))){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "orgId"},message:"must have required property '"+"orgId"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((data.clientId === undefined) || (!(func0.call(data, "clientId")))){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "clientId"},message:"must have required property '"+"clientId"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if((data.clientSecret === undefined) || (!(func0.call(data, "clientSecret")))){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "clientSecret"},message:"must have required property '"+"clientSecret"+"'",schema:schema44.required,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema44.properties, key0))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.backend !== undefined && func0.call(data, "backend")){
let data0 = data.backend;
if(!((data0 === "architect-settings") || (data0 === "genesys-cloud"))){
const err6 = {instancePath:instancePath+"/backend",schemaPath:"#/properties/backend/enum",keyword:"enum",params:{allowedValues: schema44.properties.backend.enum},message:"must be equal to one of the allowed values",schema:schema44.properties.backend.enum,parentSchema:schema44.properties.backend,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.environment !== undefined && func0.call(data, "environment")){
let data1 = data.environment;
if(typeof data1 === "string"){
if(func65(data1) > 2000){
const err7 = {instancePath:instancePath+"/environment",schemaPath:"#/$defs/url/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(func65(data1) < 1){
const err8 = {instancePath:instancePath+"/environment",schemaPath:"#/$defs/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(!(formats8(data1))){
const err9 = {instancePath:instancePath+"/environment",schemaPath:"#/$defs/url/format",keyword:"format",params:{format: "service-url"},message:"must match format \""+"service-url"+"\"",schema:"service-url",parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/environment",schemaPath:"#/$defs/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.orgId !== undefined && func0.call(data, "orgId")){
let data2 = data.orgId;
if(typeof data2 === "string"){
if(!pattern11.test(data2)){
const err11 = {instancePath:instancePath+"/orgId",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"+"\"",schema:"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",parentSchema:schema46,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/orgId",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema46.type,parentSchema:schema46,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.clientId !== undefined && func0.call(data, "clientId")){
let data3 = data.clientId;
if(typeof data3 === "string"){
if(func65(data3) > 1000){
const err13 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema44.properties.clientId,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(func65(data3) < 1){
const err14 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema44.properties.clientId,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/clientId",schemaPath:"#/properties/clientId/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema44.properties.clientId.type,parentSchema:schema44.properties.clientId,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.clientSecret !== undefined && func0.call(data, "clientSecret")){
let data4 = data.clientSecret;
if(typeof data4 === "string"){
if(func65(data4) > 10000){
const err16 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/$defs/secret/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func65(data4) < 1){
const err17 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/$defs/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(!pattern6.test(data4)){
const err18 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/$defs/secret/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/clientSecret",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(!(validate26(data.auth, {instancePath:instancePath+"/auth",parentData:data,parentDataProperty:"auth",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
if(!(validate28(data.paths, {instancePath:instancePath+"/paths",parentData:data,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
let data7 = data.pageSize;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err20 = {instancePath:instancePath+"/pageSize",schemaPath:"#/properties/pageSize/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema44.properties.pageSize.type,parentSchema:schema44.properties.pageSize,data:data7};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if(data7 > 500 || isNaN(data7)){
const err21 = {instancePath:instancePath+"/pageSize",schemaPath:"#/properties/pageSize/maximum",keyword:"maximum",params:{comparison: "<=", limit: 500},message:"must be <= 500",schema:500,parentSchema:schema44.properties.pageSize,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data7 < 1 || isNaN(data7)){
const err22 = {instancePath:instancePath+"/pageSize",schemaPath:"#/properties/pageSize/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema44.properties.pageSize,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(!(validate30(data.timeouts, {instancePath:instancePath+"/timeouts",parentData:data,parentDataProperty:"timeouts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate30.errors : vErrors.concat(validate30.errors);
errors = vErrors.length;
}
let data9 = data.allowInsecureHttp;
if(typeof data9 !== "boolean"){
const err23 = {instancePath:instancePath+"/allowInsecureHttp",schemaPath:"#/properties/allowInsecureHttp/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema44.properties.allowInsecureHttp.type,parentSchema:schema44.properties.allowInsecureHttp,data:data9};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema44.type,parentSchema:schema44,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate25.errors = vErrors;
return errors === 0;
}
validate25.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema63 = {"title":"Config server","description":"The controller's own HTTP server.","examples":[{"listen":"127.0.0.1:8080"}],"type":"object","additionalProperties":false,"properties":{"listen":{"title":"address as host:port","description":"Address and port to listen on; port 0 takes a free one. An address that other machines can reach needs a `token` or a `proxy`.","type":"string","pattern":"^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$","default":"127.0.0.1:8080","examples":["127.0.0.1:8080","[::1]:8080"]},"token":{"$ref":"#/$defs/strongSecret","description":"Who shows it (`Authorization: Bearer TOKEN`) may see everything that the server tells. Without it everybody may who can reach the address.","examples":["${FLOWKEEPER_SERVER_TOKEN}"]},"proxy":{"$ref":"#/$defs/proxy"},"webhooks":{"title":"Config webhooks","description":"Push webhooks at /hooks/NAME. One that is not named here does not exist.","examples":[{"github":{"secrets":["${GITHUB_HOOK_SECRET}"]}}],"type":"object","additionalProperties":false,"default":{},"properties":{"github":{"$ref":"#/$defs/webhook"},"gitlab":{"$ref":"#/$defs/webhook"},"bitbucket":{"$ref":"#/$defs/webhook"},"gitea":{"$ref":"#/$defs/webhook"},"generic":{"$ref":"#/$defs/webhook"}}}}};
const schema64 = {"title":"secret of 16 characters or more","description":"A long random text; write ${NAME} and keep it in the environment. Never printed.","type":"string","minLength":16,"maxLength":1000,"pattern":"^[\\u0021-\\u007e]*$","examples":["${GITHUB_HOOK_SECRET}"]};
const schema65 = {"title":"Config proxy","description":"A proxy that signs people in (OIDC, SAML) and says in a header who they are. It has to take that header out of what comes from outside.","examples":[{"addresses":["10.0.0.7"],"userHeader":"X-Forwarded-Email"}],"type":"object","additionalProperties":false,"required":["addresses"],"properties":{"addresses":{"title":"addresses of a proxy","description":"Addresses or networks that its requests come from. The header is believed from nobody else.","type":"array","minItems":1,"maxItems":100,"items":{"title":"address or network","description":"As 10.0.0.7, ::1 or 10.0.0.0/8.","type":"string","maxLength":100,"format":"ip-network","examples":["10.0.0.7"]},"examples":[["10.0.0.7"]]},"userHeader":{"description":"The header that names who was signed in. Whoever is named may read, and act under that name.","type":"string","pattern":"^[A-Za-z][A-Za-z0-9-]{0,99}$","default":"X-Forwarded-Email","examples":["X-Forwarded-Email","X-Forwarded-User"]}}};
const pattern23 = new RegExp("^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$", "u");
const pattern24 = new RegExp("^[\\u0021-\\u007e]*$", "u");
const pattern25 = new RegExp("^[A-Za-z][A-Za-z0-9-]{0,99}$", "u");
const formats12 = FORMATS["ip-network"];
const schema66 = {"title":"Config webhook","description":"A hook that one kind of git host calls after a push.","examples":[{"secrets":["${GITHUB_HOOK_SECRET}"]}],"type":"object","additionalProperties":false,"required":["secrets"],"properties":{"secrets":{"title":"secrets of a webhook","description":"What the host signs with. Two while one replaces the other.","type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/strongSecret"},"examples":[["${GITHUB_HOOK_SECRET}"]]}}};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.secrets === undefined) || (!(func0.call(data, "secrets")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "secrets"},message:"must have required property '"+"secrets"+"'",schema:schema66.required,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(key0 === "secrets")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.secrets !== undefined && func0.call(data, "secrets")){
let data0 = data.secrets;
if(Array.isArray(data0)){
if(data0.length > 2){
const err2 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema66.properties.secrets,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema66.properties.secrets,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err4 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func65(data1) < 16){
const err5 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/minLength",keyword:"minLength",params:{limit: 16},message:"must NOT have fewer than 16 characters",schema:16,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!pattern24.test(data1)){
const err6 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/pattern",keyword:"pattern",params:{pattern: "^[\\u0021-\\u007e]*$"},message:"must match pattern \""+"^[\\u0021-\\u007e]*$"+"\"",schema:"^[\\u0021-\\u007e]*$",parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.type,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema66.properties.secrets.type,parentSchema:schema66.properties.secrets,data:data0};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema66.type,parentSchema:schema66,data};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate33(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate33.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.listen === undefined){
data.listen = "127.0.0.1:8080";
}
if(data.webhooks === undefined){
data.webhooks = {};
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "listen") || (key0 === "token")) || (key0 === "proxy")) || (key0 === "webhooks"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.listen;
if(typeof data0 === "string"){
if(!pattern23.test(data0)){
const err1 = {instancePath:instancePath+"/listen",schemaPath:"#/properties/listen/pattern",keyword:"pattern",params:{pattern: "^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$"},message:"must match pattern \""+"^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$"+"\"",schema:"^([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$",parentSchema:schema63.properties.listen,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/listen",schemaPath:"#/properties/listen/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema63.properties.listen.type,parentSchema:schema63.properties.listen,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.token !== undefined && func0.call(data, "token")){
let data1 = data.token;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err3 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/strongSecret/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(func65(data1) < 16){
const err4 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/strongSecret/minLength",keyword:"minLength",params:{limit: 16},message:"must NOT have fewer than 16 characters",schema:16,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!pattern24.test(data1)){
const err5 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/strongSecret/pattern",keyword:"pattern",params:{pattern: "^[\\u0021-\\u007e]*$"},message:"must match pattern \""+"^[\\u0021-\\u007e]*$"+"\"",schema:"^[\\u0021-\\u007e]*$",parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/strongSecret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.type,parentSchema:schema64,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.proxy !== undefined && func0.call(data, "proxy")){
let data2 = data.proxy;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.userHeader === undefined){
data2.userHeader = "X-Forwarded-Email";
}
if((data2.addresses === undefined) || (!(func0.call(data2, "addresses")))){
const err7 = {instancePath:instancePath+"/proxy",schemaPath:"#/$defs/proxy/required",keyword:"required",params:{missingProperty: "addresses"},message:"must have required property '"+"addresses"+"'",schema:schema65.required,parentSchema:schema65,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 of Object.keys(data2)){
if(!((key1 === "addresses") || (key1 === "userHeader"))){
const err8 = {instancePath:instancePath+"/proxy",schemaPath:"#/$defs/proxy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema65,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.addresses !== undefined && func0.call(data2, "addresses")){
let data3 = data2.addresses;
if(Array.isArray(data3)){
if(data3.length > 100){
const err9 = {instancePath:instancePath+"/proxy/addresses",schemaPath:"#/$defs/proxy/properties/addresses/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema65.properties.addresses,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/proxy/addresses",schemaPath:"#/$defs/proxy/properties/addresses/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema65.properties.addresses,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func65(data4) > 100){
const err11 = {instancePath:instancePath+"/proxy/addresses/" + i0,schemaPath:"#/$defs/proxy/properties/addresses/items/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema65.properties.addresses.items,data:data4};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(!(formats12(data4))){
const err12 = {instancePath:instancePath+"/proxy/addresses/" + i0,schemaPath:"#/$defs/proxy/properties/addresses/items/format",keyword:"format",params:{format: "ip-network"},message:"must match format \""+"ip-network"+"\"",schema:"ip-network",parentSchema:schema65.properties.addresses.items,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/proxy/addresses/" + i0,schemaPath:"#/$defs/proxy/properties/addresses/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.properties.addresses.items.type,parentSchema:schema65.properties.addresses.items,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/proxy/addresses",schemaPath:"#/$defs/proxy/properties/addresses/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema65.properties.addresses.type,parentSchema:schema65.properties.addresses,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
let data5 = data2.userHeader;
if(typeof data5 === "string"){
if(!pattern25.test(data5)){
const err15 = {instancePath:instancePath+"/proxy/userHeader",schemaPath:"#/$defs/proxy/properties/userHeader/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9-]{0,99}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9-]{0,99}$"+"\"",schema:"^[A-Za-z][A-Za-z0-9-]{0,99}$",parentSchema:schema65.properties.userHeader,data:data5};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/proxy/userHeader",schemaPath:"#/$defs/proxy/properties/userHeader/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema65.properties.userHeader.type,parentSchema:schema65.properties.userHeader,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/proxy",schemaPath:"#/$defs/proxy/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema65.type,parentSchema:schema65,data:data2};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
let data6 = data.webhooks;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 of Object.keys(data6)){
if(!(((((key2 === "github") || (key2 === "gitlab")) || (key2 === "bitbucket")) || (key2 === "gitea")) || (key2 === "generic"))){
const err18 = {instancePath:instancePath+"/webhooks",schemaPath:"#/properties/webhooks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema63.properties.webhooks,data:data6};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.github !== undefined && func0.call(data6, "github")){
if(!(validate34(data6.github, {instancePath:instancePath+"/webhooks/github",parentData:data6,parentDataProperty:"github",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data6.gitlab !== undefined && func0.call(data6, "gitlab")){
if(!(validate34(data6.gitlab, {instancePath:instancePath+"/webhooks/gitlab",parentData:data6,parentDataProperty:"gitlab",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data6.bitbucket !== undefined && func0.call(data6, "bitbucket")){
if(!(validate34(data6.bitbucket, {instancePath:instancePath+"/webhooks/bitbucket",parentData:data6,parentDataProperty:"bitbucket",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data6.gitea !== undefined && func0.call(data6, "gitea")){
if(!(validate34(data6.gitea, {instancePath:instancePath+"/webhooks/gitea",parentData:data6,parentDataProperty:"gitea",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
if(data6.generic !== undefined && func0.call(data6, "generic")){
if(!(validate34(data6.generic, {instancePath:instancePath+"/webhooks/generic",parentData:data6,parentDataProperty:"generic",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/webhooks",schemaPath:"#/properties/webhooks/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.properties.webhooks.type,parentSchema:schema63.properties.webhooks,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema63.type,parentSchema:schema63,data};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
validate33.errors = vErrors;
return errors === 0;
}
validate33.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema68 = {"title":"Config notifications","description":"Who is told when flows change their state, by whom they are reached. docs/notifications.md shows what is sent.","examples":[{"slack":{"ops":{"url":"${SLACK_HOOK_URL}"}}}],"type":"object","additionalProperties":false,"properties":{"giveUpAfter":{"$ref":"#/$defs/from1mTo7d","description":"How long a notification is tried again that its destination does not take. Then it is counted as dead, and the next one goes.","default":"24h"},"pageUrl":{"$ref":"#/$defs/url","description":"Where people reach the controller's status page; notifications then link to it.","examples":["https://flowkeeper.example.com"]},"webhook":{"title":"Config webhook destinations","description":"Receivers of a signed POST with JSON (Standard Webhooks), by name.","examples":[{"cmdb":{"url":"${CMDB_URL}","secrets":["${CMDB_SECRET}"]}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/webhookDestination"}},"slack":{"title":"Config slack destinations","description":"Incoming webhooks of Slack, by name.","examples":[{"ops":{"url":"${SLACK_HOOK_URL}"}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/chatDestination"}},"teams":{"title":"Config teams destinations","description":"Workflows of Microsoft Teams that post what a webhook brings, by name.","examples":[{"ops":{"url":"${TEAMS_HOOK_URL}"}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/chatDestination"}},"email":{"title":"Config e-mail destinations","description":"Recipients by SMTP, by name.","examples":[{"leads":{"host":"smtp.example.com","from":"flowkeeper@example.com","to":["leads@example.com"]}}],"type":"object","default":{},"propertyNames":{"$ref":"#/$defs/destinationName"},"additionalProperties":{"$ref":"#/$defs/emailDestination"}},"commitStatus":{"$ref":"#/$defs/commitStatus"}}};
const schema69 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"7d","examples":["30s","5m","24h"]};
const schema71 = {"title":"name of a destination, of lower-case letters, digits and `-`","description":"Begins with a letter or digit; used once over all kinds.","type":"string","pattern":"^[a-z0-9][a-z0-9-]{0,62}$","examples":["ops"]};
const pattern10 = new RegExp("^[a-z0-9][a-z0-9-]{0,62}$", "u");
const schema72 = {"title":"Config webhook destination","description":"A receiver of signed JSON (schemas/notification.schema.json).","examples":[{"url":"${CMDB_URL}","secrets":["${CMDB_SECRET}"]}],"type":"object","additionalProperties":false,"required":["url","secrets"],"properties":{"url":{"$ref":"#/$defs/hookUrl"},"secrets":{"title":"secrets of a webhook destination","description":"What the payload is signed with: `whsec_` and Base64, or any long text. Two while one replaces the other; it is signed with both.","type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/strongSecret"},"examples":[["${CMDB_SECRET}"]]},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}};
const schema73 = {"title":"https URL of a receiver","description":"An absolute https URL without user and fragment; plain http only to this machine. Often a credential itself: write ${NAME}. Never printed; redirects are not followed.","type":"string","minLength":1,"maxLength":2000,"format":"hook-url","examples":["${SLACK_HOOK_URL}"]};
const schema75 = {"title":"Config tell","description":"changes: a flow or an org came into another state, or recovered. applied: each flow that was written. reports: the scheduled report when something differs. heartbeat: also when nothing does.","type":"array","uniqueItems":true,"minItems":1,"items":{"enum":["changes","applied","reports","heartbeat"],"description":"What is told.","examples":["changes"]},"default":["changes","reports"],"examples":[["changes","applied"]]};
const schema76 = {"title":"org filter","description":"Only of these orgs; all by default.","type":"array","minItems":1,"maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":63,"description":"Name of an org.","examples":["acme-prod"]},"examples":[["acme-prod"]]};
const schema77 = {"title":"flow filter","description":"Only of flows whose name, or path under the org's flows folder, fits one of these, where `*` stands for any text; all by default. News of the org as a whole come anyway.","type":"array","minItems":1,"maxItems":100,"items":{"type":"string","minLength":1,"maxLength":200,"description":"`*` stands for any text.","examples":["Support *"]},"examples":[["Support *","ivr/*"]]};
const schema78 = {"title":"state filter","description":"Only when a flow or an org comes into one of these states, and when it recovers from it; instead of `severity`.","type":"array","minItems":1,"uniqueItems":true,"items":{"enum":["Drifted","Deferred","Blocked","Suspended","Invalid","Missing","Conflict","Failed","RolledBack","Stuck","Unresolved","Held","Unreadable","Reporting"],"description":"A state of a flow or an org.","examples":["Stuck"]},"examples":[["Failed","Stuck"]]};
const schema79 = {"title":"severity","description":"The least that is told, with its recovery. error: Failed, RolledBack, Stuck, Unresolved; Unreadable. warning: also Drifted, Blocked, Invalid, Missing, Conflict; Held. info: all.","enum":["info","warning","error"],"default":"warning","examples":["error"]};
const func27 = runtime1.default;
const formats16 = FORMATS["hook-url"];

function validate42(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate42.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tell === undefined){
data.tell = ["changes","reports"];
}
if(data.severity === undefined){
data.severity = "warning";
}
if((data.url === undefined) || (!(func0.call(data, "url")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.secrets === undefined) || (!(func0.call(data, "secrets")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "secrets"},message:"must have required property '"+"secrets"+"'",schema:schema72.required,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "url") || (key0 === "secrets")) || (key0 === "tell")) || (key0 === "orgs")) || (key0 === "flows")) || (key0 === "states")) || (key0 === "severity"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
let data0 = data.url;
if(typeof data0 === "string"){
if(func65(data0) > 2000){
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(func65(data0) < 1){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!(formats16(data0))){
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/format",keyword:"format",params:{format: "hook-url"},message:"must match format \""+"hook-url"+"\"",schema:"hook-url",parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.type,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.secrets !== undefined && func0.call(data, "secrets")){
let data1 = data.secrets;
if(Array.isArray(data1)){
if(data1.length > 2){
const err7 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/maxItems",keyword:"maxItems",params:{limit: 2},message:"must NOT have more than 2 items",schema:2,parentSchema:schema72.properties.secrets,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1.length < 1){
const err8 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema72.properties.secrets,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func65(data2) > 1000){
const err9 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema64,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func65(data2) < 16){
const err10 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/minLength",keyword:"minLength",params:{limit: 16},message:"must NOT have fewer than 16 characters",schema:16,parentSchema:schema64,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(!pattern24.test(data2)){
const err11 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/pattern",keyword:"pattern",params:{pattern: "^[\\u0021-\\u007e]*$"},message:"must match pattern \""+"^[\\u0021-\\u007e]*$"+"\"",schema:"^[\\u0021-\\u007e]*$",parentSchema:schema64,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/secrets/" + i0,schemaPath:"#/$defs/strongSecret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema64.type,parentSchema:schema64,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/secrets",schemaPath:"#/properties/secrets/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema72.properties.secrets.type,parentSchema:schema72.properties.secrets,data:data1};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
let data3 = data.tell;
if(Array.isArray(data3)){
if(data3.length < 1){
const err14 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema75,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(!((((data4 === "changes") || (data4 === "applied")) || (data4 === "reports")) || (data4 === "heartbeat"))){
const err15 = {instancePath:instancePath+"/tell/" + i1,schemaPath:"#/$defs/tell/items/enum",keyword:"enum",params:{allowedValues: schema75.items.enum},message:"must be equal to one of the allowed values",schema:schema75.items.enum,parentSchema:schema75.items,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
let i2 = data3.length;
let j0;
if(i2 > 1){
outer0:
for(;i2--;){
for(j0 = i2; j0--;){
if(func27(data3[i2], data3[j0])){
const err16 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema75,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err17 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema75.type,parentSchema:schema75,data:data3};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(data.orgs !== undefined && func0.call(data, "orgs")){
let data5 = data.orgs;
if(Array.isArray(data5)){
if(data5.length > 1000){
const err18 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data5.length < 1){
const err19 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema76,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len2 = data5.length;
for(let i3=0; i3<len2; i3++){
let data6 = data5[i3];
if(typeof data6 === "string"){
if(func65(data6) > 63){
const err20 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema76.items,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(func65(data6) < 1){
const err21 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema76.items,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema76.items.type,parentSchema:schema76.items,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.type,parentSchema:schema76,data:data5};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.flows !== undefined && func0.call(data, "flows")){
let data7 = data.flows;
if(Array.isArray(data7)){
if(data7.length > 100){
const err24 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema77,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data7.length < 1){
const err25 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema77,data:data7};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len3 = data7.length;
for(let i4=0; i4<len3; i4++){
let data8 = data7[i4];
if(typeof data8 === "string"){
if(func65(data8) > 200){
const err26 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema77.items,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(func65(data8) < 1){
const err27 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema77.items,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema77.items.type,parentSchema:schema77.items,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema77.type,parentSchema:schema77,data:data7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.states !== undefined && func0.call(data, "states")){
let data9 = data.states;
if(Array.isArray(data9)){
if(data9.length < 1){
const err30 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema78,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len4 = data9.length;
for(let i5=0; i5<len4; i5++){
let data10 = data9[i5];
if(!((((((((((((((data10 === "Drifted") || (data10 === "Deferred")) || (data10 === "Blocked")) || (data10 === "Suspended")) || (data10 === "Invalid")) || (data10 === "Missing")) || (data10 === "Conflict")) || (data10 === "Failed")) || (data10 === "RolledBack")) || (data10 === "Stuck")) || (data10 === "Unresolved")) || (data10 === "Held")) || (data10 === "Unreadable")) || (data10 === "Reporting"))){
const err31 = {instancePath:instancePath+"/states/" + i5,schemaPath:"#/$defs/stateFilter/items/enum",keyword:"enum",params:{allowedValues: schema78.items.enum},message:"must be equal to one of the allowed values",schema:schema78.items.enum,parentSchema:schema78.items,data:data10};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
let i6 = data9.length;
let j1;
if(i6 > 1){
outer1:
for(;i6--;){
for(j1 = i6; j1--;){
if(func27(data9[i6], data9[j1])){
const err32 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i6+" are identical)",schema:true,parentSchema:schema78,data:data9};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err33 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema78.type,parentSchema:schema78,data:data9};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
let data11 = data.severity;
if(!(((data11 === "info") || (data11 === "warning")) || (data11 === "error"))){
const err34 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema79.enum},message:"must be equal to one of the allowed values",schema:schema79.enum,parentSchema:schema79,data:data11};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema72.type,parentSchema:schema72,data};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
validate42.errors = vErrors;
return errors === 0;
}
validate42.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema81 = {"title":"Config chat destination","description":"A channel that a webhook posts to.","examples":[{"url":"${SLACK_HOOK_URL}","severity":"error"}],"type":"object","additionalProperties":false,"required":["url"],"properties":{"url":{"$ref":"#/$defs/hookUrl"},"template":{"$ref":"#/$defs/template"},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}};
const schema83 = {"title":"mustache template","description":"What is said, in place of the usual words. docs/notifications.md lists the names that can stand in `{{ }}`; what they bring is escaped as the channel needs it, so `{{{ }}}` and `{{> }}` are not taken.","type":"string","minLength":1,"maxLength":4000,"format":"notice-template","examples":["{{org}}: {{summary}}"]};
const formats20 = FORMATS["notice-template"];

function validate44(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate44.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.tell === undefined){
data.tell = ["changes","reports"];
}
if(data.severity === undefined){
data.severity = "warning";
}
if((data.url === undefined) || (!(func0.call(data, "url")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'",schema:schema81.required,parentSchema:schema81,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "url") || (key0 === "template")) || (key0 === "tell")) || (key0 === "orgs")) || (key0 === "flows")) || (key0 === "states")) || (key0 === "severity"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema81,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.url !== undefined && func0.call(data, "url")){
let data0 = data.url;
if(typeof data0 === "string"){
if(func65(data0) > 2000){
const err2 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func65(data0) < 1){
const err3 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!(formats16(data0))){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/format",keyword:"format",params:{format: "hook-url"},message:"must match format \""+"hook-url"+"\"",schema:"hook-url",parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/hookUrl/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema73.type,parentSchema:schema73,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.template !== undefined && func0.call(data, "template")){
let data1 = data.template;
if(typeof data1 === "string"){
if(func65(data1) > 4000){
const err6 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema83,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func65(data1) < 1){
const err7 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema83,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!(formats20(data1))){
const err8 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/format",keyword:"format",params:{format: "notice-template"},message:"must match format \""+"notice-template"+"\"",schema:"notice-template",parentSchema:schema83,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema83.type,parentSchema:schema83,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let data2 = data.tell;
if(Array.isArray(data2)){
if(data2.length < 1){
const err10 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema75,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(!((((data3 === "changes") || (data3 === "applied")) || (data3 === "reports")) || (data3 === "heartbeat"))){
const err11 = {instancePath:instancePath+"/tell/" + i0,schemaPath:"#/$defs/tell/items/enum",keyword:"enum",params:{allowedValues: schema75.items.enum},message:"must be equal to one of the allowed values",schema:schema75.items.enum,parentSchema:schema75.items,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let i1 = data2.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func27(data2[i1], data2[j0])){
const err12 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema75,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err13 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema75.type,parentSchema:schema75,data:data2};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data.orgs !== undefined && func0.call(data, "orgs")){
let data4 = data.orgs;
if(Array.isArray(data4)){
if(data4.length > 1000){
const err14 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4.length < 1){
const err15 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema76,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len1 = data4.length;
for(let i2=0; i2<len1; i2++){
let data5 = data4[i2];
if(typeof data5 === "string"){
if(func65(data5) > 63){
const err16 = {instancePath:instancePath+"/orgs/" + i2,schemaPath:"#/$defs/orgFilter/items/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema76.items,data:data5};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func65(data5) < 1){
const err17 = {instancePath:instancePath+"/orgs/" + i2,schemaPath:"#/$defs/orgFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema76.items,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/orgs/" + i2,schemaPath:"#/$defs/orgFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema76.items.type,parentSchema:schema76.items,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.type,parentSchema:schema76,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.flows !== undefined && func0.call(data, "flows")){
let data6 = data.flows;
if(Array.isArray(data6)){
if(data6.length > 100){
const err20 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema77,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(data6.length < 1){
const err21 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema77,data:data6};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len2 = data6.length;
for(let i3=0; i3<len2; i3++){
let data7 = data6[i3];
if(typeof data7 === "string"){
if(func65(data7) > 200){
const err22 = {instancePath:instancePath+"/flows/" + i3,schemaPath:"#/$defs/flowFilter/items/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema77.items,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(func65(data7) < 1){
const err23 = {instancePath:instancePath+"/flows/" + i3,schemaPath:"#/$defs/flowFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema77.items,data:data7};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/flows/" + i3,schemaPath:"#/$defs/flowFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema77.items.type,parentSchema:schema77.items,data:data7};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema77.type,parentSchema:schema77,data:data6};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.states !== undefined && func0.call(data, "states")){
let data8 = data.states;
if(Array.isArray(data8)){
if(data8.length < 1){
const err26 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema78,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len3 = data8.length;
for(let i4=0; i4<len3; i4++){
let data9 = data8[i4];
if(!((((((((((((((data9 === "Drifted") || (data9 === "Deferred")) || (data9 === "Blocked")) || (data9 === "Suspended")) || (data9 === "Invalid")) || (data9 === "Missing")) || (data9 === "Conflict")) || (data9 === "Failed")) || (data9 === "RolledBack")) || (data9 === "Stuck")) || (data9 === "Unresolved")) || (data9 === "Held")) || (data9 === "Unreadable")) || (data9 === "Reporting"))){
const err27 = {instancePath:instancePath+"/states/" + i4,schemaPath:"#/$defs/stateFilter/items/enum",keyword:"enum",params:{allowedValues: schema78.items.enum},message:"must be equal to one of the allowed values",schema:schema78.items.enum,parentSchema:schema78.items,data:data9};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
let i5 = data8.length;
let j1;
if(i5 > 1){
outer1:
for(;i5--;){
for(j1 = i5; j1--;){
if(func27(data8[i5], data8[j1])){
const err28 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i5+" are identical)",schema:true,parentSchema:schema78,data:data8};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err29 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema78.type,parentSchema:schema78,data:data8};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
let data10 = data.severity;
if(!(((data10 === "info") || (data10 === "warning")) || (data10 === "error"))){
const err30 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema79.enum},message:"must be equal to one of the allowed values",schema:schema79.enum,parentSchema:schema79,data:data10};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema81.type,parentSchema:schema81,data};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate44.errors = vErrors;
return errors === 0;
}
validate44.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema91 = {"title":"Config e-mail destination","description":"Recipients of mail.","examples":[{"host":"smtp.example.com","user":"flowkeeper","password":"${SMTP_PASSWORD}","from":"flowkeeper@example.com","to":["leads@example.com"]}],"type":"object","additionalProperties":false,"required":["host","from","to"],"properties":{"host":{"title":"host name","description":"Of the SMTP server.","type":"string","pattern":"^[A-Za-z0-9.-]{1,253}$","examples":["smtp.example.com"]},"port":{"description":"587 by default; 465 with `security: tls`.","type":"integer","minimum":1,"maximum":65535,"examples":[587]},"security":{"description":"starttls: the connection is encrypted before anything is said, or no mail is sent. tls: encrypted from the start. none: only to this machine.","enum":["starttls","tls","none"],"default":"starttls","examples":["starttls"]},"user":{"description":"Where the server asks who one is.","type":"string","minLength":1,"maxLength":1000,"examples":["flowkeeper"]},"password":{"$ref":"#/$defs/secret","examples":["${SMTP_PASSWORD}"]},"from":{"$ref":"#/$defs/mailAddress"},"to":{"title":"recipients","description":"Mail addresses; all see each other.","type":"array","minItems":1,"maxItems":50,"items":{"$ref":"#/$defs/mailAddress"},"examples":[["leads@example.com"]]},"subject":{"$ref":"#/$defs/template","description":"A template for the subject."},"template":{"$ref":"#/$defs/template"},"tell":{"$ref":"#/$defs/tell","default":["changes","reports"]},"orgs":{"$ref":"#/$defs/orgFilter"},"flows":{"$ref":"#/$defs/flowFilter"},"states":{"$ref":"#/$defs/stateFilter"},"severity":{"$ref":"#/$defs/severity","default":"warning"}}};
const schema93 = {"title":"mail address","description":"An address alone, without a name.","type":"string","pattern":"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$","examples":["leads@example.com"]};
const pattern33 = new RegExp("^[A-Za-z0-9.-]{1,253}$", "u");
const pattern35 = new RegExp("^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$", "u");

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate47.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.security === undefined){
data.security = "starttls";
}
if(data.tell === undefined){
data.tell = ["changes","reports"];
}
if(data.severity === undefined){
data.severity = "warning";
}
if((data.host === undefined) || (!(func0.call(data, "host")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema91.required,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.from === undefined) || (!(func0.call(data, "from")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema91.required,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((data.to === undefined) || (!(func0.call(data, "to")))){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema91.required,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema91.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.host !== undefined && func0.call(data, "host")){
let data0 = data.host;
if(typeof data0 === "string"){
if(!pattern33.test(data0)){
const err4 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.-]{1,253}$"},message:"must match pattern \""+"^[A-Za-z0-9.-]{1,253}$"+"\"",schema:"^[A-Za-z0-9.-]{1,253}$",parentSchema:schema91.properties.host,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema91.properties.host.type,parentSchema:schema91.properties.host,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.port !== undefined && func0.call(data, "port")){
let data1 = data.port;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err6 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema91.properties.port.type,parentSchema:schema91.properties.port,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 65535 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535",schema:65535,parentSchema:schema91.properties.port,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err8 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema91.properties.port,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
let data2 = data.security;
if(!(((data2 === "starttls") || (data2 === "tls")) || (data2 === "none"))){
const err9 = {instancePath:instancePath+"/security",schemaPath:"#/properties/security/enum",keyword:"enum",params:{allowedValues: schema91.properties.security.enum},message:"must be equal to one of the allowed values",schema:schema91.properties.security.enum,parentSchema:schema91.properties.security,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.user !== undefined && func0.call(data, "user")){
let data3 = data.user;
if(typeof data3 === "string"){
if(func65(data3) > 1000){
const err10 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema91.properties.user,data:data3};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(func65(data3) < 1){
const err11 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema91.properties.user,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema91.properties.user.type,parentSchema:schema91.properties.user,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.password !== undefined && func0.call(data, "password")){
let data4 = data.password;
if(typeof data4 === "string"){
if(func65(data4) > 10000){
const err13 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(func65(data4) < 1){
const err14 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!pattern6.test(data4)){
const err15 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data5 = data.from;
if(typeof data5 === "string"){
if(!pattern35.test(data5)){
const err17 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/mailAddress/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$"},message:"must match pattern \""+"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$"+"\"",schema:"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$",parentSchema:schema93,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/mailAddress/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema93.type,parentSchema:schema93,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.to !== undefined && func0.call(data, "to")){
let data6 = data.to;
if(Array.isArray(data6)){
if(data6.length > 50){
const err19 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/maxItems",keyword:"maxItems",params:{limit: 50},message:"must NOT have more than 50 items",schema:50,parentSchema:schema91.properties.to,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data6.length < 1){
const err20 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema91.properties.to,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern35.test(data7)){
const err21 = {instancePath:instancePath+"/to/" + i0,schemaPath:"#/$defs/mailAddress/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$"},message:"must match pattern \""+"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$"+"\"",schema:"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}$",parentSchema:schema93,data:data7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/to/" + i0,schemaPath:"#/$defs/mailAddress/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema93.type,parentSchema:schema93,data:data7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema91.properties.to.type,parentSchema:schema91.properties.to,data:data6};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.subject !== undefined && func0.call(data, "subject")){
let data8 = data.subject;
if(typeof data8 === "string"){
if(func65(data8) > 4000){
const err24 = {instancePath:instancePath+"/subject",schemaPath:"#/$defs/template/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema83,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(func65(data8) < 1){
const err25 = {instancePath:instancePath+"/subject",schemaPath:"#/$defs/template/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema83,data:data8};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(!(formats20(data8))){
const err26 = {instancePath:instancePath+"/subject",schemaPath:"#/$defs/template/format",keyword:"format",params:{format: "notice-template"},message:"must match format \""+"notice-template"+"\"",schema:"notice-template",parentSchema:schema83,data:data8};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/subject",schemaPath:"#/$defs/template/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema83.type,parentSchema:schema83,data:data8};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.template !== undefined && func0.call(data, "template")){
let data9 = data.template;
if(typeof data9 === "string"){
if(func65(data9) > 4000){
const err28 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters",schema:4000,parentSchema:schema83,data:data9};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(func65(data9) < 1){
const err29 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema83,data:data9};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!(formats20(data9))){
const err30 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/format",keyword:"format",params:{format: "notice-template"},message:"must match format \""+"notice-template"+"\"",schema:"notice-template",parentSchema:schema83,data:data9};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/template",schemaPath:"#/$defs/template/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema83.type,parentSchema:schema83,data:data9};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
let data10 = data.tell;
if(Array.isArray(data10)){
if(data10.length < 1){
const err32 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema75,data:data10};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
let data11 = data10[i1];
if(!((((data11 === "changes") || (data11 === "applied")) || (data11 === "reports")) || (data11 === "heartbeat"))){
const err33 = {instancePath:instancePath+"/tell/" + i1,schemaPath:"#/$defs/tell/items/enum",keyword:"enum",params:{allowedValues: schema75.items.enum},message:"must be equal to one of the allowed values",schema:schema75.items.enum,parentSchema:schema75.items,data:data11};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
let i2 = data10.length;
let j0;
if(i2 > 1){
outer0:
for(;i2--;){
for(j0 = i2; j0--;){
if(func27(data10[i2], data10[j0])){
const err34 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/uniqueItems",keyword:"uniqueItems",params:{i: i2, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i2+" are identical)",schema:true,parentSchema:schema75,data:data10};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err35 = {instancePath:instancePath+"/tell",schemaPath:"#/$defs/tell/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema75.type,parentSchema:schema75,data:data10};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data.orgs !== undefined && func0.call(data, "orgs")){
let data12 = data.orgs;
if(Array.isArray(data12)){
if(data12.length > 1000){
const err36 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/maxItems",keyword:"maxItems",params:{limit: 1000},message:"must NOT have more than 1000 items",schema:1000,parentSchema:schema76,data:data12};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data12.length < 1){
const err37 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema76,data:data12};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
const len2 = data12.length;
for(let i3=0; i3<len2; i3++){
let data13 = data12[i3];
if(typeof data13 === "string"){
if(func65(data13) > 63){
const err38 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters",schema:63,parentSchema:schema76.items,data:data13};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(func65(data13) < 1){
const err39 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema76.items,data:data13};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/orgs/" + i3,schemaPath:"#/$defs/orgFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema76.items.type,parentSchema:schema76.items,data:data13};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/orgs",schemaPath:"#/$defs/orgFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema76.type,parentSchema:schema76,data:data12};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.flows !== undefined && func0.call(data, "flows")){
let data14 = data.flows;
if(Array.isArray(data14)){
if(data14.length > 100){
const err42 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items",schema:100,parentSchema:schema77,data:data14};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data14.length < 1){
const err43 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema77,data:data14};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
const len3 = data14.length;
for(let i4=0; i4<len3; i4++){
let data15 = data14[i4];
if(typeof data15 === "string"){
if(func65(data15) > 200){
const err44 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema77.items,data:data15};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(func65(data15) < 1){
const err45 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema77.items,data:data15};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/flows/" + i4,schemaPath:"#/$defs/flowFilter/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema77.items.type,parentSchema:schema77.items,data:data15};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/flows",schemaPath:"#/$defs/flowFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema77.type,parentSchema:schema77,data:data14};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.states !== undefined && func0.call(data, "states")){
let data16 = data.states;
if(Array.isArray(data16)){
if(data16.length < 1){
const err48 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema78,data:data16};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
const len4 = data16.length;
for(let i5=0; i5<len4; i5++){
let data17 = data16[i5];
if(!((((((((((((((data17 === "Drifted") || (data17 === "Deferred")) || (data17 === "Blocked")) || (data17 === "Suspended")) || (data17 === "Invalid")) || (data17 === "Missing")) || (data17 === "Conflict")) || (data17 === "Failed")) || (data17 === "RolledBack")) || (data17 === "Stuck")) || (data17 === "Unresolved")) || (data17 === "Held")) || (data17 === "Unreadable")) || (data17 === "Reporting"))){
const err49 = {instancePath:instancePath+"/states/" + i5,schemaPath:"#/$defs/stateFilter/items/enum",keyword:"enum",params:{allowedValues: schema78.items.enum},message:"must be equal to one of the allowed values",schema:schema78.items.enum,parentSchema:schema78.items,data:data17};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
let i6 = data16.length;
let j1;
if(i6 > 1){
outer1:
for(;i6--;){
for(j1 = i6; j1--;){
if(func27(data16[i6], data16[j1])){
const err50 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i6+" are identical)",schema:true,parentSchema:schema78,data:data16};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
break outer1;
}
}
}
}
}
else {
const err51 = {instancePath:instancePath+"/states",schemaPath:"#/$defs/stateFilter/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema78.type,parentSchema:schema78,data:data16};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
let data18 = data.severity;
if(!(((data18 === "info") || (data18 === "warning")) || (data18 === "error"))){
const err52 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema79.enum},message:"must be equal to one of the allowed values",schema:schema79.enum,parentSchema:schema79,data:data18};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema91.type,parentSchema:schema91,data};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
validate47.errors = vErrors;
return errors === 0;
}
validate47.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema102 = {"title":"Config commit status","description":"Shows at the merged commit what became of it: pending, then applied n of n, or failed.","examples":[{"host":"github","repository":"acme/contact-centre","token":"${GITHUB_STATUS_TOKEN}"}],"type":"object","additionalProperties":false,"required":["host","repository","token"],"properties":{"host":{"description":"Which kind of host.","enum":["github","gitlab"],"examples":["github"]},"api":{"$ref":"#/$defs/url","description":"Of the host's API; https://api.github.com or https://gitlab.com/api/v4 by default.","examples":["https://gitlab.example.com/api/v4"]},"repository":{"title":"owner/name, or a project of GitLab","description":"GitHub: `owner/name`. GitLab: the project's path or id.","type":"string","maxLength":500,"pattern":"^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$","examples":["acme/contact-centre"]},"token":{"$ref":"#/$defs/secret","description":"May set commit statuses and nothing else. GitHub: a fine-grained token with `Commit statuses: write`. GitLab: a project token with the scope api.","examples":["${GITHUB_STATUS_TOKEN}"]},"name":{"description":"How the check is called; the org's name follows.","type":"string","pattern":"^[\\w./ -]{1,100}$","default":"flowkeeper","examples":["flowkeeper"]}}};
const pattern37 = new RegExp("^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$", "u");
const pattern39 = new RegExp("^[\\w./ -]{1,100}$", "u");

function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
data.name = "flowkeeper";
}
if((data.host === undefined) || (!(func0.call(data, "host")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'",schema:schema102.required,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.repository === undefined) || (!(func0.call(data, "repository")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "repository"},message:"must have required property '"+"repository"+"'",schema:schema102.required,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((data.token === undefined) || (!(func0.call(data, "token")))){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "token"},message:"must have required property '"+"token"+"'",schema:schema102.required,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "host") || (key0 === "api")) || (key0 === "repository")) || (key0 === "token")) || (key0 === "name"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.host !== undefined && func0.call(data, "host")){
let data0 = data.host;
if(!((data0 === "github") || (data0 === "gitlab"))){
const err4 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/enum",keyword:"enum",params:{allowedValues: schema102.properties.host.enum},message:"must be equal to one of the allowed values",schema:schema102.properties.host.enum,parentSchema:schema102.properties.host,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.api !== undefined && func0.call(data, "api")){
let data1 = data.api;
if(typeof data1 === "string"){
if(func65(data1) > 2000){
const err5 = {instancePath:instancePath+"/api",schemaPath:"#/$defs/url/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data1) < 1){
const err6 = {instancePath:instancePath+"/api",schemaPath:"#/$defs/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!(formats8(data1))){
const err7 = {instancePath:instancePath+"/api",schemaPath:"#/$defs/url/format",keyword:"format",params:{format: "service-url"},message:"must match format \""+"service-url"+"\"",schema:"service-url",parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/api",schemaPath:"#/$defs/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.repository !== undefined && func0.call(data, "repository")){
let data2 = data.repository;
if(typeof data2 === "string"){
if(func65(data2) > 500){
const err9 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/maxLength",keyword:"maxLength",params:{limit: 500},message:"must NOT have more than 500 characters",schema:500,parentSchema:schema102.properties.repository,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!pattern37.test(data2)){
const err10 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/pattern",keyword:"pattern",params:{pattern: "^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$"},message:"must match pattern \""+"^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$"+"\"",schema:"^(?!\\.{1,2}(/|$))[\\w.-]+(/(?!\\.{1,2}(/|$))[\\w.-]+)*$",parentSchema:schema102.properties.repository,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/repository",schemaPath:"#/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema102.properties.repository.type,parentSchema:schema102.properties.repository,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.token !== undefined && func0.call(data, "token")){
let data3 = data.token;
if(typeof data3 === "string"){
if(func65(data3) > 10000){
const err12 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(func65(data3) < 1){
const err13 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(!pattern6.test(data3)){
const err14 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/token",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema36.type,parentSchema:schema36,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
let data4 = data.name;
if(typeof data4 === "string"){
if(!pattern39.test(data4)){
const err16 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[\\w./ -]{1,100}$"},message:"must match pattern \""+"^[\\w./ -]{1,100}$"+"\"",schema:"^[\\w./ -]{1,100}$",parentSchema:schema102.properties.name,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema102.properties.name.type,parentSchema:schema102.properties.name,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema102.type,parentSchema:schema102,data};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
validate49.errors = vErrors;
return errors === 0;
}
validate49.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate41(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate41.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.giveUpAfter === undefined){
data.giveUpAfter = "24h";
}
if(data.webhook === undefined){
data.webhook = {};
}
if(data.slack === undefined){
data.slack = {};
}
if(data.teams === undefined){
data.teams = {};
}
if(data.email === undefined){
data.email = {};
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "giveUpAfter") || (key0 === "pageUrl")) || (key0 === "webhook")) || (key0 === "slack")) || (key0 === "teams")) || (key0 === "email")) || (key0 === "commitStatus"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.giveUpAfter;
if(!func69(data0, "1m")){
const err1 = {instancePath:instancePath+"/giveUpAfter",schemaPath:"#/$defs/from1mTo7d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1m",parentSchema:schema69,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!func70(data0, "7d")){
const err2 = {instancePath:instancePath+"/giveUpAfter",schemaPath:"#/$defs/from1mTo7d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"7d",parentSchema:schema69,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err3 = {instancePath:instancePath+"/giveUpAfter",schemaPath:"#/$defs/from1mTo7d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema69,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/giveUpAfter",schemaPath:"#/$defs/from1mTo7d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema69.type,parentSchema:schema69,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.pageUrl !== undefined && func0.call(data, "pageUrl")){
let data1 = data.pageUrl;
if(typeof data1 === "string"){
if(func65(data1) > 2000){
const err5 = {instancePath:instancePath+"/pageUrl",schemaPath:"#/$defs/url/maxLength",keyword:"maxLength",params:{limit: 2000},message:"must NOT have more than 2000 characters",schema:2000,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data1) < 1){
const err6 = {instancePath:instancePath+"/pageUrl",schemaPath:"#/$defs/url/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!(formats8(data1))){
const err7 = {instancePath:instancePath+"/pageUrl",schemaPath:"#/$defs/url/format",keyword:"format",params:{format: "service-url"},message:"must match format \""+"service-url"+"\"",schema:"service-url",parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/pageUrl",schemaPath:"#/$defs/url/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
let data2 = data.webhook;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 of Object.keys(data2)){
const _errs10 = errors;
if(typeof key1 === "string"){
if(!pattern10.test(key1)){
const err9 = {instancePath:instancePath+"/webhook",schemaPath:"#/$defs/destinationName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]{0,62}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]{0,62}$"+"\"",schema:"^[a-z0-9][a-z0-9-]{0,62}$",parentSchema:schema71,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/webhook",schemaPath:"#/$defs/destinationName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.type,parentSchema:schema71,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var valid3 = _errs10 === errors;
if(!valid3){
const err11 = {instancePath:instancePath+"/webhook",schemaPath:"#/properties/webhook/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema68.properties.webhook.propertyNames,parentSchema:schema68.properties.webhook,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
for(const key2 of Object.keys(data2)){
if(!(validate42(data2[key2], {instancePath:instancePath+"/webhook/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate42.errors : vErrors.concat(validate42.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/webhook",schemaPath:"#/properties/webhook/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.webhook.type,parentSchema:schema68.properties.webhook,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data4 = data.slack;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 of Object.keys(data4)){
const _errs17 = errors;
if(typeof key3 === "string"){
if(!pattern10.test(key3)){
const err13 = {instancePath:instancePath+"/slack",schemaPath:"#/$defs/destinationName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]{0,62}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]{0,62}$"+"\"",schema:"^[a-z0-9][a-z0-9-]{0,62}$",parentSchema:schema71,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/slack",schemaPath:"#/$defs/destinationName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.type,parentSchema:schema71,data:key3,propertyName:key3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var valid6 = _errs17 === errors;
if(!valid6){
const err15 = {instancePath:instancePath+"/slack",schemaPath:"#/properties/slack/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid",schema:schema68.properties.slack.propertyNames,parentSchema:schema68.properties.slack,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key4 of Object.keys(data4)){
if(!(validate44(data4[key4], {instancePath:instancePath+"/slack/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/slack",schemaPath:"#/properties/slack/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.slack.type,parentSchema:schema68.properties.slack,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
let data6 = data.teams;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key5 of Object.keys(data6)){
const _errs24 = errors;
if(typeof key5 === "string"){
if(!pattern10.test(key5)){
const err17 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/destinationName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]{0,62}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]{0,62}$"+"\"",schema:"^[a-z0-9][a-z0-9-]{0,62}$",parentSchema:schema71,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/destinationName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.type,parentSchema:schema71,data:key5,propertyName:key5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var valid9 = _errs24 === errors;
if(!valid9){
const err19 = {instancePath:instancePath+"/teams",schemaPath:"#/properties/teams/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid",schema:schema68.properties.teams.propertyNames,parentSchema:schema68.properties.teams,data:data6};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
for(const key6 of Object.keys(data6)){
if(!(validate44(data6[key6], {instancePath:instancePath+"/teams/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data6,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate44.errors : vErrors.concat(validate44.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/teams",schemaPath:"#/properties/teams/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.teams.type,parentSchema:schema68.properties.teams,data:data6};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
let data8 = data.email;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key7 of Object.keys(data8)){
const _errs31 = errors;
if(typeof key7 === "string"){
if(!pattern10.test(key7)){
const err21 = {instancePath:instancePath+"/email",schemaPath:"#/$defs/destinationName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]{0,62}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]{0,62}$"+"\"",schema:"^[a-z0-9][a-z0-9-]{0,62}$",parentSchema:schema71,data:key7,propertyName:key7};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/email",schemaPath:"#/$defs/destinationName/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema71.type,parentSchema:schema71,data:key7,propertyName:key7};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
var valid12 = _errs31 === errors;
if(!valid12){
const err23 = {instancePath:instancePath+"/email",schemaPath:"#/properties/email/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid",schema:schema68.properties.email.propertyNames,parentSchema:schema68.properties.email,data:data8};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
for(const key8 of Object.keys(data8)){
if(!(validate47(data8[key8], {instancePath:instancePath+"/email/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate47.errors : vErrors.concat(validate47.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/email",schemaPath:"#/properties/email/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.properties.email.type,parentSchema:schema68.properties.email,data:data8};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data.commitStatus !== undefined && func0.call(data, "commitStatus")){
if(!(validate49(data.commitStatus, {instancePath:instancePath+"/commitStatus",parentData:data,parentDataProperty:"commitStatus",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate49.errors : vErrors.concat(validate49.errors);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema68.type,parentSchema:schema68,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate41.errors = vErrors;
return errors === 0;
}
validate41.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema105 = {"title":"Config deadlines","description":"Longest total times. They are hard: whatever is repeated or waited for within one counts. What runs out ends with an error that names it, and the next run goes on.","examples":[{"run":"45m","live":"40m"}],"type":"object","additionalProperties":false,"properties":{"run":{"$ref":"#/$defs/from10msTo24h","description":"One run of one org, from its lease to its record; the longest of all.","default":"30m"},"source":{"$ref":"#/$defs/from10msTo24h","description":"Finding out where the branch is, and fetching it.","default":"15m"},"load":{"$ref":"#/$defs/from10msTo24h","description":"Reading and checking the desired-state files.","default":"10m"},"live":{"$ref":"#/$defs/from10msTo24h","description":"Reading the live flows, all pages.","default":"20m"},"plan":{"$ref":"#/$defs/from10msTo24h","description":"Computing the plan.","default":"5m"},"lookUp":{"$ref":"#/$defs/from10msTo24h","description":"One question about what flows depend on; each is asked once in a run.","default":"5m"},"reload":{"$ref":"#/$defs/from10msTo24h","description":"One reload, which many flows may wait for.","default":"5m"},"flow":{"$ref":"#/$defs/from10msTo24h","description":"One flow, from its gate to its end. What was sent by then is found out by the next run.","default":"10m"},"record":{"$ref":"#/$defs/from10msTo24h","description":"Recording on the status branch, once. What is not recorded by then goes with the next run.","default":"15m"},"command":{"$ref":"#/$defs/from10msTo24h","description":"A command that only looks at what is recorded, or notes a wish: status, history, audit verify, retry.","default":"15m"}}};
const schema106 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"10ms","x-maxDuration":"24h","examples":["30s","5m","24h"]};

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.run === undefined){
data.run = "30m";
}
if(data.source === undefined){
data.source = "15m";
}
if(data.load === undefined){
data.load = "10m";
}
if(data.live === undefined){
data.live = "20m";
}
if(data.plan === undefined){
data.plan = "5m";
}
if(data.lookUp === undefined){
data.lookUp = "5m";
}
if(data.reload === undefined){
data.reload = "5m";
}
if(data.flow === undefined){
data.flow = "10m";
}
if(data.record === undefined){
data.record = "15m";
}
if(data.command === undefined){
data.command = "15m";
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema105.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema105,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.run;
if(!func69(data0, "10ms")){
const err1 = {instancePath:instancePath+"/run",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!func70(data0, "24h")){
const err2 = {instancePath:instancePath+"/run",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err3 = {instancePath:instancePath+"/run",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/run",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
let data1 = data.source;
if(!func69(data1, "10ms")){
const err5 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!func70(data1, "24h")){
const err6 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err7 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
let data2 = data.load;
if(!func69(data2, "10ms")){
const err9 = {instancePath:instancePath+"/load",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(!func70(data2, "24h")){
const err10 = {instancePath:instancePath+"/load",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err11 = {instancePath:instancePath+"/load",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/load",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data2};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data3 = data.live;
if(!func69(data3, "10ms")){
const err13 = {instancePath:instancePath+"/live",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(!func70(data3, "24h")){
const err14 = {instancePath:instancePath+"/live",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern5.test(data3)){
const err15 = {instancePath:instancePath+"/live",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/live",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
let data4 = data.plan;
if(!func69(data4, "10ms")){
const err17 = {instancePath:instancePath+"/plan",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(!func70(data4, "24h")){
const err18 = {instancePath:instancePath+"/plan",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(typeof data4 === "string"){
if(!pattern5.test(data4)){
const err19 = {instancePath:instancePath+"/plan",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data4};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/plan",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data4};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
let data5 = data.lookUp;
if(!func69(data5, "10ms")){
const err21 = {instancePath:instancePath+"/lookUp",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(!func70(data5, "24h")){
const err22 = {instancePath:instancePath+"/lookUp",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data5};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(typeof data5 === "string"){
if(!pattern5.test(data5)){
const err23 = {instancePath:instancePath+"/lookUp",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data5};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/lookUp",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data5};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
let data6 = data.reload;
if(!func69(data6, "10ms")){
const err25 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data6};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(!func70(data6, "24h")){
const err26 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data6};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data6 === "string"){
if(!pattern5.test(data6)){
const err27 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data6};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/reload",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data6};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
let data7 = data.flow;
if(!func69(data7, "10ms")){
const err29 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(!func70(data7, "24h")){
const err30 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data7};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err31 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data7};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/flow",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data7};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
let data8 = data.record;
if(!func69(data8, "10ms")){
const err33 = {instancePath:instancePath+"/record",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data8};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!func70(data8, "24h")){
const err34 = {instancePath:instancePath+"/record",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data8};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(typeof data8 === "string"){
if(!pattern5.test(data8)){
const err35 = {instancePath:instancePath+"/record",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data8};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/record",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data8};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
let data9 = data.command;
if(!func69(data9, "10ms")){
const err37 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/from10msTo24h/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"10ms",parentSchema:schema106,data:data9};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(!func70(data9, "24h")){
const err38 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/from10msTo24h/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"24h",parentSchema:schema106,data:data9};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(typeof data9 === "string"){
if(!pattern5.test(data9)){
const err39 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/from10msTo24h/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema106,data:data9};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/from10msTo24h/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema106.type,parentSchema:schema106,data:data9};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema105.type,parentSchema:schema105,data};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="config.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.status === undefined){
data.status = {};
}
if(data.state === undefined){
data.state = {};
}
if(data.server === undefined){
data.server = {};
}
if(data.notifications === undefined){
data.notifications = {};
}
if(data.deadlines === undefined){
data.deadlines = {};
}
if((data.source === undefined) || (!(func0.call(data, "source")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.orgs === undefined) || (!(func0.call(data, "orgs")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "orgs"},message:"must have required property '"+"orgs"+"'",schema:schema31.required,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "source") || (key0 === "status")) || (key0 === "orgs")) || (key0 === "state")) || (key0 === "server")) || (key0 === "notifications")) || (key0 === "deadlines"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.source !== undefined && func0.call(data, "source")){
if(!(validate21(data.source, {instancePath:instancePath+"/source",parentData:data,parentDataProperty:"source",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(!(validate23(data.status, {instancePath:instancePath+"/status",parentData:data,parentDataProperty:"status",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors);
errors = vErrors.length;
}
if(data.orgs !== undefined && func0.call(data, "orgs")){
let data2 = data.orgs;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length < 1){
const err3 = {instancePath:instancePath+"/orgs",schemaPath:"#/properties/orgs/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties",schema:1,parentSchema:schema31.properties.orgs,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 of Object.keys(data2)){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern10.test(key1)){
const err4 = {instancePath:instancePath+"/orgs",schemaPath:"#/properties/orgs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9-]{0,62}$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9-]{0,62}$"+"\"",schema:"^[a-z0-9][a-z0-9-]{0,62}$",parentSchema:schema31.properties.orgs.propertyNames,data:key1,propertyName:key1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var valid1 = _errs6 === errors;
if(!valid1){
const err5 = {instancePath:instancePath+"/orgs",schemaPath:"#/properties/orgs/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid",schema:schema31.properties.orgs.propertyNames,parentSchema:schema31.properties.orgs,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
for(const key2 of Object.keys(data2)){
if(!(validate25(data2[key2], {instancePath:instancePath+"/orgs/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/orgs",schemaPath:"#/properties/orgs/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.orgs.type,parentSchema:schema31.properties.orgs,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let data4 = data.state;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.directory === undefined){
data4.directory = ".flowkeeper";
}
for(const key3 of Object.keys(data4)){
if(!((key3 === "directory") || (key3 === "postgres"))){
const err7 = {instancePath:instancePath+"/state",schemaPath:"#/$defs/state/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema62,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
let data5 = data4.directory;
if(typeof data5 === "string"){
if(func65(data5) > 4096){
const err8 = {instancePath:instancePath+"/state/directory",schemaPath:"#/$defs/state/properties/directory/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema62.properties.directory,data:data5};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(func65(data5) < 1){
const err9 = {instancePath:instancePath+"/state/directory",schemaPath:"#/$defs/state/properties/directory/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema62.properties.directory,data:data5};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/state/directory",schemaPath:"#/$defs/state/properties/directory/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.directory.type,parentSchema:schema62.properties.directory,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data4.postgres !== undefined && func0.call(data4, "postgres")){
let data6 = data4.postgres;
if(typeof data6 === "string"){
if(func65(data6) > 4096){
const err11 = {instancePath:instancePath+"/state/postgres",schemaPath:"#/$defs/state/properties/postgres/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters",schema:4096,parentSchema:schema62.properties.postgres,data:data6};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func65(data6) < 1){
const err12 = {instancePath:instancePath+"/state/postgres",schemaPath:"#/$defs/state/properties/postgres/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema62.properties.postgres,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/state/postgres",schemaPath:"#/$defs/state/properties/postgres/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema62.properties.postgres.type,parentSchema:schema62.properties.postgres,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/state",schemaPath:"#/$defs/state/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema62.type,parentSchema:schema62,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!(validate33(data.server, {instancePath:instancePath+"/server",parentData:data,parentDataProperty:"server",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate33.errors : vErrors.concat(validate33.errors);
errors = vErrors.length;
}
if(!(validate41(data.notifications, {instancePath:instancePath+"/notifications",parentData:data,parentDataProperty:"notifications",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate41.errors : vErrors.concat(validate41.errors);
errors = vErrors.length;
}
if(!(validate52(data.deadlines, {instancePath:instancePath+"/deadlines",parentData:data,parentDataProperty:"deadlines",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate52.errors : vErrors.concat(validate52.errors);
errors = vErrors.length;
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const policy = validate54;
const schema116 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"policy.schema.json","title":"Policy file","description":"desired-state/<org>/policy.yaml: how carefully an org's flows are written. All of it is optional.","examples":[{"mode":"enforce","interval":"5m","massChange":{"maxFlows":50}}],"type":"object","additionalProperties":false,"properties":{"mode":{"description":"enforce: differences are corrected. report: nothing is ever written, only told.","enum":["enforce","report"],"default":"enforce","examples":["enforce"]},"interval":{"$ref":"#/$defs/from1sTo7d","description":"Time between two full reads of the live org.","default":"5m"},"rate":{"$ref":"#/$defs/rate","default":{}},"massChange":{"$ref":"#/$defs/massChange","default":{}},"freeze":{"description":"Times in which nothing is written.","type":"array","items":{"$ref":"#/$defs/freeze"},"default":[],"examples":[[{"name":"year end","from":"2026-12-20T00:00:00Z","until":"2027-01-02T00:00:00Z"}]]},"freezeOverrides":{"description":"Freeze windows that do not hold for a while.","type":"array","items":{"$ref":"#/$defs/freezeOverride"},"default":[],"examples":[[{"name":"INC-4711","windows":["year end"],"until":"2026-12-22T18:00:00Z","reason":"emergency routing for the storm","by":"ops"}]]},"apply":{"$ref":"#/$defs/apply","default":{}},"fight":{"$ref":"#/$defs/fight","default":{}},"report":{"$ref":"#/$defs/report","default":{}}},"$defs":{"rate":{"title":"Rate file","description":"How fast the org is asked and written.","examples":[{"perFlow":"60s","updatesPerMinute":30,"requestsPerMinute":240}],"type":"object","additionalProperties":false,"properties":{"perFlow":{"$ref":"#/$defs/from0sTo30d","description":"Shortest time between two updates of one flow.","default":"60s"},"updatesPerMinute":{"description":"Writes per minute, for all flows of one OAuth client.","type":"integer","minimum":1,"maximum":1000000,"default":30,"examples":[30]},"requestsPerMinute":{"description":"Requests per minute, for one OAuth client; the platform allows 300.","type":"integer","minimum":1,"maximum":1000000,"default":240,"examples":[240]}}},"massChange":{"title":"Mass change file","description":"A plan beyond these limits waits until a person approves it.","examples":[{"maxFlows":50,"maxShare":0.3,"minFlows":10}],"type":"object","additionalProperties":false,"properties":{"maxFlows":{"description":"Flows that one run may write.","type":"integer","minimum":0,"maximum":1000000,"default":50,"examples":[50]},"maxShare":{"description":"Share of the live flows that one run may write, 0 to 1.","type":"number","minimum":0,"maximum":1,"default":0.3,"examples":[0.3]},"minFlows":{"description":"Below this many live flows the share says nothing.","type":"integer","minimum":0,"maximum":1000000,"default":10,"examples":[10]}}},"freeze":{"title":"Freeze file","description":"One time in which nothing is written: from and until, or a cron start and a duration.","examples":[{"name":"weekend","cron":"0 18 * * 5","duration":"60h","timezone":"Europe/Berlin"}],"type":"object","additionalProperties":false,"required":["name"],"oneOf":[{"required":["from"]},{"required":["cron"]}],"dependentRequired":{"from":["until"],"until":["from"],"cron":["duration"],"duration":["cron"],"timezone":["cron"]},"properties":{"name":{"description":"What it is called in messages.","type":"string","minLength":1,"maxLength":200,"examples":["year end"]},"from":{"$ref":"#/$defs/instant","description":"The start; a date means the start of that day in UTC."},"until":{"$ref":"#/$defs/instant","description":"The end; a date means the end of that day in UTC.","examples":["2027-01-02T00:00:00Z"]},"cron":{"$ref":"#/$defs/cron","description":"When it starts.","examples":["0 18 * * 5"]},"duration":{"$ref":"#/$defs/from1mTo31d","description":"How long it lasts from each start.","examples":["60h"]},"timezone":{"$ref":"#/$defs/timezone"},"allowReverts":{"description":"Whether settings that were applied before may be restored meanwhile.","type":"boolean","default":true,"examples":[true]}}},"freezeOverride":{"title":"Freeze override file","description":"Until it runs out, the freeze windows that it names do not hold. The audit record of every flow that is written meanwhile names it.","examples":[{"name":"INC-4711","windows":["year end"],"until":"2026-12-22T18:00:00Z","reason":"emergency routing for the storm","by":"ops"}],"type":"object","additionalProperties":false,"required":["name","until","reason","by"],"properties":{"name":{"description":"What it is called in audit records and messages; each override has its own.","type":"string","minLength":1,"maxLength":200,"examples":["INC-4711"]},"windows":{"description":"Names of the freeze windows; all of them if left out.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"The name of a freeze window.","type":"string","minLength":1,"maxLength":200,"examples":["year end"]},"examples":[["year end"]]},"until":{"$ref":"#/$defs/instant","description":"When it runs out; a date means the end of that day in UTC."},"reason":{"description":"Why, in a few words.","type":"string","minLength":1,"maxLength":1000,"examples":["emergency routing for the storm"]},"by":{"description":"Who answers for it.","type":"string","minLength":1,"maxLength":200,"examples":["ops"]}}},"apply":{"title":"Apply file","description":"How one flow is written.","examples":[{"concurrency":4,"onReloadFailure":"keep"}],"type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Flows worked on at once. One whose request takes much longer than is usual in this run, or that waits before it tries again, does not count meanwhile.","type":"integer","minimum":1,"maximum":100,"default":4,"examples":[4]},"conflictRetries":{"description":"How often a flow is planned again in one run because others wrote it meanwhile.","type":"integer","minimum":0,"maximum":100,"default":3,"examples":[3]},"verifyTimeout":{"$ref":"#/$defs/from0sTo30m","description":"How long the service may take until it shows what was written.","default":"30s"},"onReloadFailure":{"description":"keep: stays written, the reload is tried again next run. rollback: the snapshot is put back.","enum":["keep","rollback"],"default":"keep","examples":["keep"]},"revertsSkipPerFlowRate":{"description":"Whether a revert to settings that were applied before need not wait for rate.perFlow.","type":"boolean","default":true,"examples":[true]},"pushSnapshotsFirst":{"description":"Whether the snapshots of a run go to the status branch before its first write, so that not even the loss of the machine loses one. Costs a read of each flow and a push; where the push fails, nothing is written.","type":"boolean","default":false,"examples":[false]}}},"fight":{"title":"Fight file","description":"When drift that comes back after each correction is left alone: somebody, or something, keeps changing the flow.","examples":[{"corrections":5,"within":"1h","probeAfter":"30m"}],"type":"object","additionalProperties":false,"properties":{"corrections":{"description":"So often drift of one flow is corrected within the time below; drift after that is left alone. Only what was changed in the org counts, never what git changed.","type":"integer","minimum":1,"maximum":100,"default":5,"examples":[5]},"within":{"$ref":"#/$defs/from1mTo30d","description":"How long a correction counts; and how long a flow has to stay in sync after a fight for it to be over.","default":"1h"},"probeAfter":{"$ref":"#/$defs/from1mTo30d","description":"After this time the drift is corrected once, to see. When it comes back, the next pause is twice as long, up to a day (or this time, where it is longer).","default":"30m"}}},"report":{"title":"Report file","description":"When `flowkeeper run` makes the drift report and puts it on the status branch. Of times that passed while it was not running, the last one is made up for.","examples":[{"schedule":"0 7 * * 1-5","timezone":"UTC"}],"type":"object","additionalProperties":false,"properties":{"schedule":{"$ref":"#/$defs/cron","default":"0 7 * * 1-5"},"timezone":{"$ref":"#/$defs/timezone","default":"UTC"}}},"from1sTo7d":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1s","x-maxDuration":"7d","examples":["30s","5m","24h"]},"from0sTo30d":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"0s","x-maxDuration":"30d","examples":["30s","5m","24h"]},"from1mTo31d":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"31d","examples":["30s","5m","24h"]},"from0sTo30m":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"0s","x-maxDuration":"30m","examples":["30s","5m","24h"]},"from1mTo30d":{"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"30d","examples":["30s","5m","24h"]},"cron":{"title":"cron line of five fields","description":"minute, hour, day of month, month, day of week.","type":"string","maxLength":200,"format":"cron","examples":["0 7 * * 1-5"]},"timezone":{"title":"time zone","description":"A name of the IANA time zone database.","type":"string","maxLength":100,"format":"timezone","examples":["UTC","Europe/Berlin"]},"instant":{"title":"instant or date","description":"An instant with its zone, or a date.","type":"string","format":"instant-or-date","examples":["2026-12-20T00:00:00Z","2026-12-24"]}}};
const schema117 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1s","x-maxDuration":"7d","examples":["30s","5m","24h"]};
const schema120 = {"title":"Mass change file","description":"A plan beyond these limits waits until a person approves it.","examples":[{"maxFlows":50,"maxShare":0.3,"minFlows":10}],"type":"object","additionalProperties":false,"properties":{"maxFlows":{"description":"Flows that one run may write.","type":"integer","minimum":0,"maximum":1000000,"default":50,"examples":[50]},"maxShare":{"description":"Share of the live flows that one run may write, 0 to 1.","type":"number","minimum":0,"maximum":1,"default":0.3,"examples":[0.3]},"minFlows":{"description":"Below this many live flows the share says nothing.","type":"integer","minimum":0,"maximum":1000000,"default":10,"examples":[10]}}};
const schema118 = {"title":"Rate file","description":"How fast the org is asked and written.","examples":[{"perFlow":"60s","updatesPerMinute":30,"requestsPerMinute":240}],"type":"object","additionalProperties":false,"properties":{"perFlow":{"$ref":"#/$defs/from0sTo30d","description":"Shortest time between two updates of one flow.","default":"60s"},"updatesPerMinute":{"description":"Writes per minute, for all flows of one OAuth client.","type":"integer","minimum":1,"maximum":1000000,"default":30,"examples":[30]},"requestsPerMinute":{"description":"Requests per minute, for one OAuth client; the platform allows 300.","type":"integer","minimum":1,"maximum":1000000,"default":240,"examples":[240]}}};
const schema119 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"0s","x-maxDuration":"30d","examples":["30s","5m","24h"]};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.perFlow === undefined){
data.perFlow = "60s";
}
if(data.updatesPerMinute === undefined){
data.updatesPerMinute = 30;
}
if(data.requestsPerMinute === undefined){
data.requestsPerMinute = 240;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "perFlow") || (key0 === "updatesPerMinute")) || (key0 === "requestsPerMinute"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema118,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.perFlow;
if(!func69(data0, "0s")){
const err1 = {instancePath:instancePath+"/perFlow",schemaPath:"#/$defs/from0sTo30d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"0s",parentSchema:schema119,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!func70(data0, "30d")){
const err2 = {instancePath:instancePath+"/perFlow",schemaPath:"#/$defs/from0sTo30d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"30d",parentSchema:schema119,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data0 === "string"){
if(!pattern5.test(data0)){
const err3 = {instancePath:instancePath+"/perFlow",schemaPath:"#/$defs/from0sTo30d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema119,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/perFlow",schemaPath:"#/$defs/from0sTo30d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema119.type,parentSchema:schema119,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
let data1 = data.updatesPerMinute;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err5 = {instancePath:instancePath+"/updatesPerMinute",schemaPath:"#/properties/updatesPerMinute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema118.properties.updatesPerMinute.type,parentSchema:schema118.properties.updatesPerMinute,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 1000000 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/updatesPerMinute",schemaPath:"#/properties/updatesPerMinute/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema118.properties.updatesPerMinute,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err7 = {instancePath:instancePath+"/updatesPerMinute",schemaPath:"#/properties/updatesPerMinute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema118.properties.updatesPerMinute,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
let data2 = data.requestsPerMinute;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err8 = {instancePath:instancePath+"/requestsPerMinute",schemaPath:"#/properties/requestsPerMinute/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema118.properties.requestsPerMinute.type,parentSchema:schema118.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 1000000 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/requestsPerMinute",schemaPath:"#/properties/requestsPerMinute/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema118.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err10 = {instancePath:instancePath+"/requestsPerMinute",schemaPath:"#/properties/requestsPerMinute/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema118.properties.requestsPerMinute,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema118.type,parentSchema:schema118,data};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema121 = {"title":"Freeze file","description":"One time in which nothing is written: from and until, or a cron start and a duration.","examples":[{"name":"weekend","cron":"0 18 * * 5","duration":"60h","timezone":"Europe/Berlin"}],"type":"object","additionalProperties":false,"required":["name"],"oneOf":[{"required":["from"]},{"required":["cron"]}],"dependentRequired":{"from":["until"],"until":["from"],"cron":["duration"],"duration":["cron"],"timezone":["cron"]},"properties":{"name":{"description":"What it is called in messages.","type":"string","minLength":1,"maxLength":200,"examples":["year end"]},"from":{"$ref":"#/$defs/instant","description":"The start; a date means the start of that day in UTC."},"until":{"$ref":"#/$defs/instant","description":"The end; a date means the end of that day in UTC.","examples":["2027-01-02T00:00:00Z"]},"cron":{"$ref":"#/$defs/cron","description":"When it starts.","examples":["0 18 * * 5"]},"duration":{"$ref":"#/$defs/from1mTo31d","description":"How long it lasts from each start.","examples":["60h"]},"timezone":{"$ref":"#/$defs/timezone"},"allowReverts":{"description":"Whether settings that were applied before may be restored meanwhile.","type":"boolean","default":true,"examples":[true]}}};
const schema122 = {"title":"instant or date","description":"An instant with its zone, or a date.","type":"string","format":"instant-or-date","examples":["2026-12-20T00:00:00Z","2026-12-24"]};
const schema124 = {"title":"cron line of five fields","description":"minute, hour, day of month, month, day of week.","type":"string","maxLength":200,"format":"cron","examples":["0 7 * * 1-5"]};
const schema125 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"31d","examples":["30s","5m","24h"]};
const schema126 = {"title":"time zone","description":"A name of the IANA time zone database.","type":"string","maxLength":100,"format":"timezone","examples":["UTC","Europe/Berlin"]};
const formats28 = FORMATS["instant-or-date"];
const formats32 = FORMATS.cron;
const formats34 = FORMATS.timezone;

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.from === undefined) || (!(func0.call(data, "from")))){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema121.oneOf[0].required,parentSchema:schema121.oneOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.cron === undefined) || (!(func0.call(data, "cron")))){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "cron"},message:"must have required property '"+"cron"+"'",schema:schema121.oneOf[1].required,parentSchema:schema121.oneOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf",schema:schema121.oneOf,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.allowReverts === undefined){
data.allowReverts = true;
}
if((data.name === undefined) || (!(func0.call(data, "name")))){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema121.required,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((((key0 === "name") || (key0 === "from")) || (key0 === "until")) || (key0 === "cron")) || (key0 === "duration")) || (key0 === "timezone")) || (key0 === "allowReverts"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func65(data0) > 200){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema121.properties.name,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data0) < 1){
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema121.properties.name,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema121.properties.name.type,parentSchema:schema121.properties.name,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.from !== undefined && func0.call(data, "from")){
let data1 = data.from;
if(typeof data1 === "string"){
if(!(formats28(data1))){
const err8 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/instant/format",keyword:"format",params:{format: "instant-or-date"},message:"must match format \""+"instant-or-date"+"\"",schema:"instant-or-date",parentSchema:schema122,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema122.type,parentSchema:schema122,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data2 = data.until;
if(typeof data2 === "string"){
if(!(formats28(data2))){
const err10 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/instant/format",keyword:"format",params:{format: "instant-or-date"},message:"must match format \""+"instant-or-date"+"\"",schema:"instant-or-date",parentSchema:schema122,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema122.type,parentSchema:schema122,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.cron !== undefined && func0.call(data, "cron")){
let data3 = data.cron;
if(typeof data3 === "string"){
if(func65(data3) > 200){
const err12 = {instancePath:instancePath+"/cron",schemaPath:"#/$defs/cron/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema124,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!(formats32(data3))){
const err13 = {instancePath:instancePath+"/cron",schemaPath:"#/$defs/cron/format",keyword:"format",params:{format: "cron"},message:"must match format \""+"cron"+"\"",schema:"cron",parentSchema:schema124,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/cron",schemaPath:"#/$defs/cron/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.type,parentSchema:schema124,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.duration !== undefined && func0.call(data, "duration")){
let data4 = data.duration;
if(!func69(data4, "1m")){
const err15 = {instancePath:instancePath+"/duration",schemaPath:"#/$defs/from1mTo31d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1m",parentSchema:schema125,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!func70(data4, "31d")){
const err16 = {instancePath:instancePath+"/duration",schemaPath:"#/$defs/from1mTo31d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"31d",parentSchema:schema125,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(typeof data4 === "string"){
if(!pattern5.test(data4)){
const err17 = {instancePath:instancePath+"/duration",schemaPath:"#/$defs/from1mTo31d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema125,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/duration",schemaPath:"#/$defs/from1mTo31d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema125.type,parentSchema:schema125,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.timezone !== undefined && func0.call(data, "timezone")){
let data5 = data.timezone;
if(typeof data5 === "string"){
if(func65(data5) > 100){
const err19 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema126,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(formats34(data5))){
const err20 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/format",keyword:"format",params:{format: "timezone"},message:"must match format \""+"timezone"+"\"",schema:"timezone",parentSchema:schema126,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema126.type,parentSchema:schema126,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
let data6 = data.allowReverts;
if(typeof data6 !== "boolean"){
const err22 = {instancePath:instancePath+"/allowReverts",schemaPath:"#/properties/allowReverts/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema121.properties.allowReverts.type,parentSchema:schema121.properties.allowReverts,data:data6};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data.from !== undefined && func0.call(data, "from")){
if((data.until === undefined) || (!(func0.call(data, "until")))){
const err23 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "from",
    missingProperty: "until",
    depsCount: 1,
    deps: "until"},message:"must have property until when property from is present",schema:schema121.dependentRequired,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
if((data.from === undefined) || (!(func0.call(data, "from")))){
const err24 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "until",
    missingProperty: "from",
    depsCount: 1,
    deps: "from"},message:"must have property from when property until is present",schema:schema121.dependentRequired,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.cron !== undefined && func0.call(data, "cron")){
if((data.duration === undefined) || (!(func0.call(data, "duration")))){
const err25 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "cron",
    missingProperty: "duration",
    depsCount: 1,
    deps: "duration"},message:"must have property duration when property cron is present",schema:schema121.dependentRequired,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.duration !== undefined && func0.call(data, "duration")){
if((data.cron === undefined) || (!(func0.call(data, "cron")))){
const err26 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "duration",
    missingProperty: "cron",
    depsCount: 1,
    deps: "cron"},message:"must have property cron when property duration is present",schema:schema121.dependentRequired,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.timezone !== undefined && func0.call(data, "timezone")){
if((data.cron === undefined) || (!(func0.call(data, "cron")))){
const err27 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "timezone",
    missingProperty: "cron",
    depsCount: 1,
    deps: "cron"},message:"must have property cron when property timezone is present",schema:schema121.dependentRequired,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema121.type,parentSchema:schema121,data};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema127 = {"title":"Freeze override file","description":"Until it runs out, the freeze windows that it names do not hold. The audit record of every flow that is written meanwhile names it.","examples":[{"name":"INC-4711","windows":["year end"],"until":"2026-12-22T18:00:00Z","reason":"emergency routing for the storm","by":"ops"}],"type":"object","additionalProperties":false,"required":["name","until","reason","by"],"properties":{"name":{"description":"What it is called in audit records and messages; each override has its own.","type":"string","minLength":1,"maxLength":200,"examples":["INC-4711"]},"windows":{"description":"Names of the freeze windows; all of them if left out.","type":"array","minItems":1,"uniqueItems":true,"items":{"description":"The name of a freeze window.","type":"string","minLength":1,"maxLength":200,"examples":["year end"]},"examples":[["year end"]]},"until":{"$ref":"#/$defs/instant","description":"When it runs out; a date means the end of that day in UTC."},"reason":{"description":"Why, in a few words.","type":"string","minLength":1,"maxLength":1000,"examples":["emergency routing for the storm"]},"by":{"description":"Who answers for it.","type":"string","minLength":1,"maxLength":200,"examples":["ops"]}}};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema127.required,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if((data.until === undefined) || (!(func0.call(data, "until")))){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "until"},message:"must have required property '"+"until"+"'",schema:schema127.required,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema127.required,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((data.by === undefined) || (!(func0.call(data, "by")))){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "by"},message:"must have required property '"+"by"+"'",schema:schema127.required,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((((key0 === "name") || (key0 === "windows")) || (key0 === "until")) || (key0 === "reason")) || (key0 === "by"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data0 = data.name;
if(typeof data0 === "string"){
if(func65(data0) > 200){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema127.properties.name,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data0) < 1){
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema127.properties.name,data:data0};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema127.properties.name.type,parentSchema:schema127.properties.name,data:data0};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.windows !== undefined && func0.call(data, "windows")){
let data1 = data.windows;
if(Array.isArray(data1)){
if(data1.length < 1){
const err8 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema127.properties.windows,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func65(data2) > 200){
const err9 = {instancePath:instancePath+"/windows/" + i0,schemaPath:"#/properties/windows/items/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema127.properties.windows.items,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(func65(data2) < 1){
const err10 = {instancePath:instancePath+"/windows/" + i0,schemaPath:"#/properties/windows/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema127.properties.windows.items,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/windows/" + i0,schemaPath:"#/properties/windows/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema127.properties.windows.items.type,parentSchema:schema127.properties.windows.items,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err12 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema127.properties.windows,data:data1};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err13 = {instancePath:instancePath+"/windows",schemaPath:"#/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema127.properties.windows.type,parentSchema:schema127.properties.windows,data:data1};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data3 = data.until;
if(typeof data3 === "string"){
if(!(formats28(data3))){
const err14 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/instant/format",keyword:"format",params:{format: "instant-or-date"},message:"must match format \""+"instant-or-date"+"\"",schema:"instant-or-date",parentSchema:schema122,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/instant/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema122.type,parentSchema:schema122,data:data3};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data4 = data.reason;
if(typeof data4 === "string"){
if(func65(data4) > 1000){
const err16 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema127.properties.reason,data:data4};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(func65(data4) < 1){
const err17 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema127.properties.reason,data:data4};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/reason",schemaPath:"#/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema127.properties.reason.type,parentSchema:schema127.properties.reason,data:data4};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.by !== undefined && func0.call(data, "by")){
let data5 = data.by;
if(typeof data5 === "string"){
if(func65(data5) > 200){
const err19 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema127.properties.by,data:data5};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(func65(data5) < 1){
const err20 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema127.properties.by,data:data5};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/by",schemaPath:"#/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema127.properties.by.type,parentSchema:schema127.properties.by,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema127.type,parentSchema:schema127,data};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema129 = {"title":"Apply file","description":"How one flow is written.","examples":[{"concurrency":4,"onReloadFailure":"keep"}],"type":"object","additionalProperties":false,"properties":{"concurrency":{"description":"Flows worked on at once. One whose request takes much longer than is usual in this run, or that waits before it tries again, does not count meanwhile.","type":"integer","minimum":1,"maximum":100,"default":4,"examples":[4]},"conflictRetries":{"description":"How often a flow is planned again in one run because others wrote it meanwhile.","type":"integer","minimum":0,"maximum":100,"default":3,"examples":[3]},"verifyTimeout":{"$ref":"#/$defs/from0sTo30m","description":"How long the service may take until it shows what was written.","default":"30s"},"onReloadFailure":{"description":"keep: stays written, the reload is tried again next run. rollback: the snapshot is put back.","enum":["keep","rollback"],"default":"keep","examples":["keep"]},"revertsSkipPerFlowRate":{"description":"Whether a revert to settings that were applied before need not wait for rate.perFlow.","type":"boolean","default":true,"examples":[true]},"pushSnapshotsFirst":{"description":"Whether the snapshots of a run go to the status branch before its first write, so that not even the loss of the machine loses one. Costs a read of each flow and a push; where the push fails, nothing is written.","type":"boolean","default":false,"examples":[false]}}};
const schema130 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"0s","x-maxDuration":"30m","examples":["30s","5m","24h"]};

function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.concurrency === undefined){
data.concurrency = 4;
}
if(data.conflictRetries === undefined){
data.conflictRetries = 3;
}
if(data.verifyTimeout === undefined){
data.verifyTimeout = "30s";
}
if(data.onReloadFailure === undefined){
data.onReloadFailure = "keep";
}
if(data.revertsSkipPerFlowRate === undefined){
data.revertsSkipPerFlowRate = true;
}
if(data.pushSnapshotsFirst === undefined){
data.pushSnapshotsFirst = false;
}
for(const key0 of Object.keys(data)){
if(!((((((key0 === "concurrency") || (key0 === "conflictRetries")) || (key0 === "verifyTimeout")) || (key0 === "onReloadFailure")) || (key0 === "revertsSkipPerFlowRate")) || (key0 === "pushSnapshotsFirst"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema129,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.concurrency;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema129.properties.concurrency.type,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/concurrency",schemaPath:"#/properties/concurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema129.properties.concurrency,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
let data1 = data.conflictRetries;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/conflictRetries",schemaPath:"#/properties/conflictRetries/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema129.properties.conflictRetries.type,parentSchema:schema129.properties.conflictRetries,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 100 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/conflictRetries",schemaPath:"#/properties/conflictRetries/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema129.properties.conflictRetries,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/conflictRetries",schemaPath:"#/properties/conflictRetries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema129.properties.conflictRetries,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let data2 = data.verifyTimeout;
if(!func69(data2, "0s")){
const err7 = {instancePath:instancePath+"/verifyTimeout",schemaPath:"#/$defs/from0sTo30m/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"0s",parentSchema:schema130,data:data2};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!func70(data2, "30m")){
const err8 = {instancePath:instancePath+"/verifyTimeout",schemaPath:"#/$defs/from0sTo30m/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"30m",parentSchema:schema130,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err9 = {instancePath:instancePath+"/verifyTimeout",schemaPath:"#/$defs/from0sTo30m/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema130,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/verifyTimeout",schemaPath:"#/$defs/from0sTo30m/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema130.type,parentSchema:schema130,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
let data3 = data.onReloadFailure;
if(!((data3 === "keep") || (data3 === "rollback"))){
const err11 = {instancePath:instancePath+"/onReloadFailure",schemaPath:"#/properties/onReloadFailure/enum",keyword:"enum",params:{allowedValues: schema129.properties.onReloadFailure.enum},message:"must be equal to one of the allowed values",schema:schema129.properties.onReloadFailure.enum,parentSchema:schema129.properties.onReloadFailure,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
let data4 = data.revertsSkipPerFlowRate;
if(typeof data4 !== "boolean"){
const err12 = {instancePath:instancePath+"/revertsSkipPerFlowRate",schemaPath:"#/properties/revertsSkipPerFlowRate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema129.properties.revertsSkipPerFlowRate.type,parentSchema:schema129.properties.revertsSkipPerFlowRate,data:data4};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data5 = data.pushSnapshotsFirst;
if(typeof data5 !== "boolean"){
const err13 = {instancePath:instancePath+"/pushSnapshotsFirst",schemaPath:"#/properties/pushSnapshotsFirst/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema129.properties.pushSnapshotsFirst.type,parentSchema:schema129.properties.pushSnapshotsFirst,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema129.type,parentSchema:schema129,data};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate61.errors = vErrors;
return errors === 0;
}
validate61.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema131 = {"title":"Fight file","description":"When drift that comes back after each correction is left alone: somebody, or something, keeps changing the flow.","examples":[{"corrections":5,"within":"1h","probeAfter":"30m"}],"type":"object","additionalProperties":false,"properties":{"corrections":{"description":"So often drift of one flow is corrected within the time below; drift after that is left alone. Only what was changed in the org counts, never what git changed.","type":"integer","minimum":1,"maximum":100,"default":5,"examples":[5]},"within":{"$ref":"#/$defs/from1mTo30d","description":"How long a correction counts; and how long a flow has to stay in sync after a fight for it to be over.","default":"1h"},"probeAfter":{"$ref":"#/$defs/from1mTo30d","description":"After this time the drift is corrected once, to see. When it comes back, the next pause is twice as long, up to a day (or this time, where it is longer).","default":"30m"}}};
const schema132 = {"title":"duration","description":"A whole number and a unit: ms, s, m, h or d.","type":"string","pattern":"^[0-9]{1,9}(ms|s|m|h|d)$","x-minDuration":"1m","x-maxDuration":"30d","examples":["30s","5m","24h"]};

function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.corrections === undefined){
data.corrections = 5;
}
if(data.within === undefined){
data.within = "1h";
}
if(data.probeAfter === undefined){
data.probeAfter = "30m";
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "corrections") || (key0 === "within")) || (key0 === "probeAfter"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema131,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.corrections;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/corrections",schemaPath:"#/properties/corrections/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema131.properties.corrections.type,parentSchema:schema131.properties.corrections,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/corrections",schemaPath:"#/properties/corrections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100",schema:100,parentSchema:schema131.properties.corrections,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/corrections",schemaPath:"#/properties/corrections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1",schema:1,parentSchema:schema131.properties.corrections,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
let data1 = data.within;
if(!func69(data1, "1m")){
const err4 = {instancePath:instancePath+"/within",schemaPath:"#/$defs/from1mTo30d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1m",parentSchema:schema132,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!func70(data1, "30d")){
const err5 = {instancePath:instancePath+"/within",schemaPath:"#/$defs/from1mTo30d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"30d",parentSchema:schema132,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err6 = {instancePath:instancePath+"/within",schemaPath:"#/$defs/from1mTo30d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema132,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/within",schemaPath:"#/$defs/from1mTo30d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema132.type,parentSchema:schema132,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
let data2 = data.probeAfter;
if(!func69(data2, "1m")){
const err8 = {instancePath:instancePath+"/probeAfter",schemaPath:"#/$defs/from1mTo30d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1m",parentSchema:schema132,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(!func70(data2, "30d")){
const err9 = {instancePath:instancePath+"/probeAfter",schemaPath:"#/$defs/from1mTo30d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"30d",parentSchema:schema132,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(typeof data2 === "string"){
if(!pattern5.test(data2)){
const err10 = {instancePath:instancePath+"/probeAfter",schemaPath:"#/$defs/from1mTo30d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema132,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/probeAfter",schemaPath:"#/$defs/from1mTo30d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema132.type,parentSchema:schema132,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema131.type,parentSchema:schema131,data};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema134 = {"title":"Report file","description":"When `flowkeeper run` makes the drift report and puts it on the status branch. Of times that passed while it was not running, the last one is made up for.","examples":[{"schedule":"0 7 * * 1-5","timezone":"UTC"}],"type":"object","additionalProperties":false,"properties":{"schedule":{"$ref":"#/$defs/cron","default":"0 7 * * 1-5"},"timezone":{"$ref":"#/$defs/timezone","default":"UTC"}}};

function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.schedule === undefined){
data.schedule = "0 7 * * 1-5";
}
if(data.timezone === undefined){
data.timezone = "UTC";
}
for(const key0 of Object.keys(data)){
if(!((key0 === "schedule") || (key0 === "timezone"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema134,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.schedule;
if(typeof data0 === "string"){
if(func65(data0) > 200){
const err1 = {instancePath:instancePath+"/schedule",schemaPath:"#/$defs/cron/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema124,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(!(formats32(data0))){
const err2 = {instancePath:instancePath+"/schedule",schemaPath:"#/$defs/cron/format",keyword:"format",params:{format: "cron"},message:"must match format \""+"cron"+"\"",schema:"cron",parentSchema:schema124,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/schedule",schemaPath:"#/$defs/cron/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema124.type,parentSchema:schema124,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
let data1 = data.timezone;
if(typeof data1 === "string"){
if(func65(data1) > 100){
const err4 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters",schema:100,parentSchema:schema126,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(!(formats34(data1))){
const err5 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/format",keyword:"format",params:{format: "timezone"},message:"must match format \""+"timezone"+"\"",schema:"timezone",parentSchema:schema126,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema126.type,parentSchema:schema126,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema134.type,parentSchema:schema134,data};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="policy.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.mode === undefined){
data.mode = "enforce";
}
if(data.interval === undefined){
data.interval = "5m";
}
if(data.rate === undefined){
data.rate = {};
}
if(data.massChange === undefined){
data.massChange = {};
}
if(data.freeze === undefined){
data.freeze = [];
}
if(data.freezeOverrides === undefined){
data.freezeOverrides = [];
}
if(data.apply === undefined){
data.apply = {};
}
if(data.fight === undefined){
data.fight = {};
}
if(data.report === undefined){
data.report = {};
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema116.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema116,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.mode;
if(!((data0 === "enforce") || (data0 === "report"))){
const err1 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema116.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema116.properties.mode.enum,parentSchema:schema116.properties.mode,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
let data1 = data.interval;
if(!func69(data1, "1s")){
const err2 = {instancePath:instancePath+"/interval",schemaPath:"#/$defs/from1sTo7d/x-minDuration",keyword:"x-minDuration",params:{},message:"must pass \"x-minDuration\" keyword validation",schema:"1s",parentSchema:schema117,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!func70(data1, "7d")){
const err3 = {instancePath:instancePath+"/interval",schemaPath:"#/$defs/from1sTo7d/x-maxDuration",keyword:"x-maxDuration",params:{},message:"must pass \"x-maxDuration\" keyword validation",schema:"7d",parentSchema:schema117,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
const err4 = {instancePath:instancePath+"/interval",schemaPath:"#/$defs/from1sTo7d/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(ms|s|m|h|d)$"},message:"must match pattern \""+"^[0-9]{1,9}(ms|s|m|h|d)$"+"\"",schema:"^[0-9]{1,9}(ms|s|m|h|d)$",parentSchema:schema117,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/interval",schemaPath:"#/$defs/from1sTo7d/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema117.type,parentSchema:schema117,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!(validate55(data.rate, {instancePath:instancePath+"/rate",parentData:data,parentDataProperty:"rate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : vErrors.concat(validate55.errors);
errors = vErrors.length;
}
let data3 = data.massChange;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.maxFlows === undefined){
data3.maxFlows = 50;
}
if(data3.maxShare === undefined){
data3.maxShare = 0.3;
}
if(data3.minFlows === undefined){
data3.minFlows = 10;
}
for(const key1 of Object.keys(data3)){
if(!(((key1 === "maxFlows") || (key1 === "maxShare")) || (key1 === "minFlows"))){
const err6 = {instancePath:instancePath+"/massChange",schemaPath:"#/$defs/massChange/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema120,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let data4 = data3.maxFlows;
if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
const err7 = {instancePath:instancePath+"/massChange/maxFlows",schemaPath:"#/$defs/massChange/properties/maxFlows/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema120.properties.maxFlows.type,parentSchema:schema120.properties.maxFlows,data:data4};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if((typeof data4 == "number") && (isFinite(data4))){
if(data4 > 1000000 || isNaN(data4)){
const err8 = {instancePath:instancePath+"/massChange/maxFlows",schemaPath:"#/$defs/massChange/properties/maxFlows/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema120.properties.maxFlows,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data4 < 0 || isNaN(data4)){
const err9 = {instancePath:instancePath+"/massChange/maxFlows",schemaPath:"#/$defs/massChange/properties/maxFlows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema120.properties.maxFlows,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
let data5 = data3.maxShare;
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 1 || isNaN(data5)){
const err10 = {instancePath:instancePath+"/massChange/maxShare",schemaPath:"#/$defs/massChange/properties/maxShare/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1},message:"must be <= 1",schema:1,parentSchema:schema120.properties.maxShare,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data5 < 0 || isNaN(data5)){
const err11 = {instancePath:instancePath+"/massChange/maxShare",schemaPath:"#/$defs/massChange/properties/maxShare/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema120.properties.maxShare,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/massChange/maxShare",schemaPath:"#/$defs/massChange/properties/maxShare/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema120.properties.maxShare.type,parentSchema:schema120.properties.maxShare,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
let data6 = data3.minFlows;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err13 = {instancePath:instancePath+"/massChange/minFlows",schemaPath:"#/$defs/massChange/properties/minFlows/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema120.properties.minFlows.type,parentSchema:schema120.properties.minFlows,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 1000000 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/massChange/minFlows",schemaPath:"#/$defs/massChange/properties/minFlows/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000",schema:1000000,parentSchema:schema120.properties.minFlows,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data6 < 0 || isNaN(data6)){
const err15 = {instancePath:instancePath+"/massChange/minFlows",schemaPath:"#/$defs/massChange/properties/minFlows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema120.properties.minFlows,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/massChange",schemaPath:"#/$defs/massChange/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema120.type,parentSchema:schema120,data:data3};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
let data7 = data.freeze;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate57(data7[i0], {instancePath:instancePath+"/freeze/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath:instancePath+"/freeze",schemaPath:"#/properties/freeze/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema116.properties.freeze.type,parentSchema:schema116.properties.freeze,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
let data9 = data.freezeOverrides;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
if(!(validate59(data9[i1], {instancePath:instancePath+"/freezeOverrides/" + i1,parentData:data9,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/freezeOverrides",schemaPath:"#/properties/freezeOverrides/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema116.properties.freezeOverrides.type,parentSchema:schema116.properties.freezeOverrides,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(!(validate61(data.apply, {instancePath:instancePath+"/apply",parentData:data,parentDataProperty:"apply",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : vErrors.concat(validate61.errors);
errors = vErrors.length;
}
if(!(validate63(data.fight, {instancePath:instancePath+"/fight",parentData:data,parentDataProperty:"fight",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : vErrors.concat(validate63.errors);
errors = vErrors.length;
}
if(!(validate65(data.report, {instancePath:instancePath+"/report",parentData:data,parentDataProperty:"report",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema116.type,parentSchema:schema116,data};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const flow = validate67;
const schema137 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"flow.schema.json","title":"Flow file","description":"desired-state/<org>/flows/**/*.yaml: one flow as it should be.","examples":[{"flowId":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","name":"Primary Architecture Flow","extends":"../../_shared/ivr.yaml","settings":{"routing":{"type":"longestAvailable","maxWaitTime":600}}}],"type":"object","additionalProperties":false,"anyOf":[{"required":["flowId"]},{"required":["name"]}],"properties":{"flowId":{"$ref":"#/$defs/uuid","description":"The flow's id in the org."},"name":{"title":"name on one line","description":"The flow's name in the org. Without `flowId` exactly one live flow must bear it; with `flowId` the live flow must bear it. Nothing is renamed.","type":"string","minLength":1,"maxLength":1000,"pattern":"^[^\\u0000-\\u001f\\u007f]*$","examples":["Primary Architecture Flow"]},"description":{"$ref":"base.schema.json#/$defs/description"},"extends":{"$ref":"base.schema.json#/$defs/extends"},"settings":{"$ref":"base.schema.json#/$defs/settings","default":{}},"dependsOn":{"description":"flowIds of the same org that are applied and in sync before this flow is written.","type":"array","uniqueItems":true,"items":{"$ref":"#/$defs/uuid"},"default":[],"examples":[["a1b2c3d4-e5f6-7890-abcd-ef1234567890"]]},"requires":{"$ref":"#/$defs/requires","default":{}},"mode":{"description":"report: this flow is compared and never written.","enum":["enforce","report"],"default":"enforce","examples":["enforce"]},"suspend":{"$ref":"#/$defs/suspend"},"ignore":{"description":"Fields that git does not decide, for a while.","type":"array","items":{"$ref":"#/$defs/ignore"},"default":[],"examples":[[{"path":"/routing/maxWaitTime","reason":"tuned live","until":"2026-12-31"}]]}},"$defs":{"requires":{"title":"Requires file","description":"Names that must exist in the org before this flow is written, compared exactly.","examples":[{"queues":["Support"]}],"type":"object","additionalProperties":false,"properties":{"queues":{"$ref":"#/$defs/names","default":[]},"users":{"$ref":"#/$defs/names","default":[]},"teams":{"$ref":"#/$defs/names","default":[]}}},"names":{"description":"Names, each once.","type":"array","uniqueItems":true,"items":{"description":"A name as the org spells it.","type":"string","minLength":1,"maxLength":1000,"examples":["Support"]},"examples":[["Support"]]},"suspend":{"title":"Suspend file","description":"While this stands, the flow is compared and never written.","examples":[{"reason":"INC-4711","by":"ops","until":"2026-12-01T00:00:00Z"}],"type":"object","additionalProperties":false,"required":["reason"],"properties":{"reason":{"$ref":"#/$defs/words"},"by":{"$ref":"#/$defs/words","description":"Who wants it so.","examples":["ops"]},"until":{"$ref":"#/$defs/until"}}},"ignore":{"title":"Ignore file","description":"One field, and everything below it, that git does not decide.","examples":[{"path":"/routing/maxWaitTime","owner":"wfm","until":"2026-12-31"}],"type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"title":"JSON pointer under `settings`","description":"`/` before each key; `~1` stands for `/` and `~0` for `~` inside a key.","type":"string","pattern":"^(/([^~/]|~[01])+)+$","maxLength":1000,"examples":["/routing/maxWaitTime"]},"reason":{"$ref":"#/$defs/words"},"owner":{"$ref":"#/$defs/words","description":"Who decides the field meanwhile.","examples":["wfm"]},"until":{"$ref":"#/$defs/until"}}},"words":{"description":"Why, in a few words.","type":"string","minLength":1,"maxLength":1000,"examples":["INC-4711"]},"until":{"title":"instant or date","description":"An instant with its zone, or a date, which means the end of that day in UTC. From then on it no longer holds.","type":"string","format":"instant-or-date","examples":["2026-12-01T00:00:00Z","2026-12-31"]},"uuid":{"title":"UUID","description":"Upper and lower case are the same.","type":"string","pattern":"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$","examples":["a1b2c3d4-e5f6-7890-abcd-ef1234567890"]}}};
const schema138 = {"title":"UUID","description":"Upper and lower case are the same.","type":"string","pattern":"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$","examples":["a1b2c3d4-e5f6-7890-abcd-ef1234567890"]};
const schema140 = {"description":"For people; has no effect.","type":"string","maxLength":10000,"examples":["What all voice flows have in common."]};
const schema141 = {"title":"path of a YAML file","description":"Relative path of another file of the desired-state directory whose settings are merged under these: maps deeply, lists and values replaced; `null` makes absent.","type":"string","pattern":"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$","maxLength":1000,"examples":["../../_shared/ivr.yaml"]};
const pattern58 = new RegExp("^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$", "u");
const schema142 = {"title":"Settings file","description":"By block. Only what is declared is managed; other live fields stay. `null` declares that a field or block is absent. Blocks of other names go to the service as they are.","examples":[{"routing":{"type":"longestAvailable","maxWaitTime":600}}],"type":"object","properties":{"routing":{"$ref":"#/$defs/routing"},"configurationMatrix":{"$ref":"#/$defs/configurationMatrix"},"scopeDirectives":{"$ref":"#/$defs/scopeDirectives"}},"additionalProperties":{"type":["object","null"]}};
const schema143 = {"title":"Routing file","description":"How interactions find an agent.","examples":[{"type":"longestAvailable","maxWaitTime":600,"scope":{"type":"org"}}],"type":["object","null"],"additionalProperties":false,"properties":{"type":{"description":"The service's name of the routing method.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["longestAvailable"]},"maxWaitTime":{"description":"Longest wait in seconds.","type":["integer","null"],"minimum":0,"examples":[600]},"scope":{"title":"Scope file","description":"What the routing looks at.","examples":[{"type":"org"}],"type":["object","null"],"additionalProperties":false,"properties":{"type":{"description":"The service's name of the kind of scope.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["org"]},"id":{"description":"Id of what the scope names; with type org it defaults to the org's own.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11"]}}}}};
const schema146 = {"title":"Scope directives file","description":"Which kinds of things the flow's settings lean on.","examples":[{"applyTo":["queue","user"],"enforceHierarchy":true}],"type":["object","null"],"additionalProperties":false,"properties":{"applyTo":{"description":"A set: the order means nothing.","type":["array","null"],"uniqueItems":true,"items":{"description":"A kind of thing.","type":"string","enum":["queue","user","team"],"examples":["queue"]},"examples":[["queue","user","team"]]},"enforceHierarchy":{"description":"Whether the hierarchy is enforced.","type":["boolean","null"],"examples":[true]}}};
const schema144 = {"title":"Configuration matrix file","description":"Parameters by the name of their place.","examples":[{"parameter_01":{"key":"queue_affinity","value":true}}],"type":["object","null"],"additionalProperties":{"$ref":"#/$defs/parameter"}};
const schema145 = {"title":"Parameter file","description":"One parameter.","examples":[{"key":"queue_affinity","value":true}],"type":["object","null"],"additionalProperties":false,"properties":{"key":{"description":"The parameter's name.","type":["string","null"],"minLength":1,"maxLength":1000,"examples":["queue_affinity"]},"value":{"description":"Any value.","examples":[true,50,"overflow"]}}};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(data && typeof data == "object" && !Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema144.type},message:"must be object,null",schema:schema144.type,parentSchema:schema144,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
let data0 = data[key0];
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/parameter/type",keyword:"type",params:{type: schema145.type},message:"must be object,null",schema:schema145.type,parentSchema:schema145,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 of Object.keys(data0)){
if(!((key1 === "key") || (key1 === "value"))){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/parameter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema145,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data0.key !== undefined && func0.call(data0, "key")){
let data1 = data0.key;
if((typeof data1 !== "string") && (data1 !== null)){
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/key",schemaPath:"#/$defs/parameter/properties/key/type",keyword:"type",params:{type: schema145.properties.key.type},message:"must be string,null",schema:schema145.properties.key.type,parentSchema:schema145.properties.key,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/key",schemaPath:"#/$defs/parameter/properties/key/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema145.properties.key,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func65(data1) < 1){
const err5 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1")+"/key",schemaPath:"#/$defs/parameter/properties/key/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema145.properties.key,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
}
}
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "routing") || (key0 === "configurationMatrix")) || (key0 === "scopeDirectives"))){
let data0 = data[key0];
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema142.additionalProperties.type},message:"must be object,null",schema:schema142.additionalProperties.type,parentSchema:schema142.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
if(data.routing !== undefined && func0.call(data, "routing")){
let data1 = data.routing;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
const err1 = {instancePath:instancePath+"/routing",schemaPath:"#/$defs/routing/type",keyword:"type",params:{type: schema143.type},message:"must be object,null",schema:schema143.type,parentSchema:schema143,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 of Object.keys(data1)){
if(!(((key1 === "type") || (key1 === "maxWaitTime")) || (key1 === "scope"))){
const err2 = {instancePath:instancePath+"/routing",schemaPath:"#/$defs/routing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema143,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.type !== undefined && func0.call(data1, "type")){
let data2 = data1.type;
if((typeof data2 !== "string") && (data2 !== null)){
const err3 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/type",keyword:"type",params:{type: schema143.properties.type.type},message:"must be string,null",schema:schema143.properties.type.type,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data2 === "string"){
if(func65(data2) > 200){
const err4 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func65(data2) < 1){
const err5 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data1.maxWaitTime !== undefined && func0.call(data1, "maxWaitTime")){
let data3 = data1.maxWaitTime;
if((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (data3 !== null)){
const err6 = {instancePath:instancePath+"/routing/maxWaitTime",schemaPath:"#/$defs/routing/properties/maxWaitTime/type",keyword:"type",params:{type: schema143.properties.maxWaitTime.type},message:"must be integer,null",schema:schema143.properties.maxWaitTime.type,parentSchema:schema143.properties.maxWaitTime,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err7 = {instancePath:instancePath+"/routing/maxWaitTime",schemaPath:"#/$defs/routing/properties/maxWaitTime/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema143.properties.maxWaitTime,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data1.scope !== undefined && func0.call(data1, "scope")){
let data4 = data1.scope;
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (data4 !== null)){
const err8 = {instancePath:instancePath+"/routing/scope",schemaPath:"#/$defs/routing/properties/scope/type",keyword:"type",params:{type: schema143.properties.scope.type},message:"must be object,null",schema:schema143.properties.scope.type,parentSchema:schema143.properties.scope,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 of Object.keys(data4)){
if(!((key2 === "type") || (key2 === "id"))){
const err9 = {instancePath:instancePath+"/routing/scope",schemaPath:"#/$defs/routing/properties/scope/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema143.properties.scope,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data4.type !== undefined && func0.call(data4, "type")){
let data5 = data4.type;
if((typeof data5 !== "string") && (data5 !== null)){
const err10 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/type",keyword:"type",params:{type: schema143.properties.scope.properties.type.type},message:"must be string,null",schema:schema143.properties.scope.properties.type.type,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data5 === "string"){
if(func65(data5) > 200){
const err11 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func65(data5) < 1){
const err12 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data4.id !== undefined && func0.call(data4, "id")){
let data6 = data4.id;
if((typeof data6 !== "string") && (data6 !== null)){
const err13 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/type",keyword:"type",params:{type: schema143.properties.scope.properties.id.type},message:"must be string,null",schema:schema143.properties.scope.properties.id.type,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(typeof data6 === "string"){
if(func65(data6) > 200){
const err14 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func65(data6) < 1){
const err15 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
}
}
}
if(data.configurationMatrix !== undefined && func0.call(data, "configurationMatrix")){
if(!(validate70(data.configurationMatrix, {instancePath:instancePath+"/configurationMatrix",parentData:data,parentDataProperty:"configurationMatrix",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.scopeDirectives !== undefined && func0.call(data, "scopeDirectives")){
let data8 = data.scopeDirectives;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err16 = {instancePath:instancePath+"/scopeDirectives",schemaPath:"#/$defs/scopeDirectives/type",keyword:"type",params:{type: schema146.type},message:"must be object,null",schema:schema146.type,parentSchema:schema146,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key3 of Object.keys(data8)){
if(!((key3 === "applyTo") || (key3 === "enforceHierarchy"))){
const err17 = {instancePath:instancePath+"/scopeDirectives",schemaPath:"#/$defs/scopeDirectives/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema146,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.applyTo !== undefined && func0.call(data8, "applyTo")){
let data9 = data8.applyTo;
if((!(Array.isArray(data9))) && (data9 !== null)){
const err18 = {instancePath:instancePath+"/scopeDirectives/applyTo",schemaPath:"#/$defs/scopeDirectives/properties/applyTo/type",keyword:"type",params:{type: schema146.properties.applyTo.type},message:"must be array,null",schema:schema146.properties.applyTo.type,parentSchema:schema146.properties.applyTo,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(Array.isArray(data9)){
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(typeof data10 !== "string"){
const err19 = {instancePath:instancePath+"/scopeDirectives/applyTo/" + i0,schemaPath:"#/$defs/scopeDirectives/properties/applyTo/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema146.properties.applyTo.items.type,parentSchema:schema146.properties.applyTo.items,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(((data10 === "queue") || (data10 === "user")) || (data10 === "team"))){
const err20 = {instancePath:instancePath+"/scopeDirectives/applyTo/" + i0,schemaPath:"#/$defs/scopeDirectives/properties/applyTo/items/enum",keyword:"enum",params:{allowedValues: schema146.properties.applyTo.items.enum},message:"must be equal to one of the allowed values",schema:schema146.properties.applyTo.items.enum,parentSchema:schema146.properties.applyTo.items,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
let i1 = data9.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data9[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err21 = {instancePath:instancePath+"/scopeDirectives/applyTo",schemaPath:"#/$defs/scopeDirectives/properties/applyTo/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema146.properties.applyTo,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
}
if(data8.enforceHierarchy !== undefined && func0.call(data8, "enforceHierarchy")){
let data11 = data8.enforceHierarchy;
if((typeof data11 !== "boolean") && (data11 !== null)){
const err22 = {instancePath:instancePath+"/scopeDirectives/enforceHierarchy",schemaPath:"#/$defs/scopeDirectives/properties/enforceHierarchy/type",keyword:"type",params:{type: schema146.properties.enforceHierarchy.type},message:"must be boolean,null",schema:schema146.properties.enforceHierarchy.type,parentSchema:schema146.properties.enforceHierarchy,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema142.type,parentSchema:schema142,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema153 = {"title":"Requires file","description":"Names that must exist in the org before this flow is written, compared exactly.","examples":[{"queues":["Support"]}],"type":"object","additionalProperties":false,"properties":{"queues":{"$ref":"#/$defs/names","default":[]},"users":{"$ref":"#/$defs/names","default":[]},"teams":{"$ref":"#/$defs/names","default":[]}}};
const schema154 = {"description":"Names, each once.","type":"array","uniqueItems":true,"items":{"description":"A name as the org spells it.","type":"string","minLength":1,"maxLength":1000,"examples":["Support"]},"examples":[["Support"]]};

function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate76.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.queues === undefined){
data.queues = [];
}
if(data.users === undefined){
data.users = [];
}
if(data.teams === undefined){
data.teams = [];
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "queues") || (key0 === "users")) || (key0 === "teams"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema153,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
let data0 = data.queues;
if(Array.isArray(data0)){
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err1 = {instancePath:instancePath+"/queues/" + i0,schemaPath:"#/$defs/names/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema154.items,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(func65(data1) < 1){
const err2 = {instancePath:instancePath+"/queues/" + i0,schemaPath:"#/$defs/names/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema154.items,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/queues/" + i0,schemaPath:"#/$defs/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema154.items.type,parentSchema:schema154.items,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
let i1 = data0.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data0[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err4 = {instancePath:instancePath+"/queues",schemaPath:"#/$defs/names/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema154,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err5 = {instancePath:instancePath+"/queues",schemaPath:"#/$defs/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema154.type,parentSchema:schema154,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
let data2 = data.users;
if(Array.isArray(data2)){
const len1 = data2.length;
for(let i2=0; i2<len1; i2++){
let data3 = data2[i2];
if(typeof data3 === "string"){
if(func65(data3) > 1000){
const err6 = {instancePath:instancePath+"/users/" + i2,schemaPath:"#/$defs/names/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema154.items,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func65(data3) < 1){
const err7 = {instancePath:instancePath+"/users/" + i2,schemaPath:"#/$defs/names/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema154.items,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/users/" + i2,schemaPath:"#/$defs/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema154.items.type,parentSchema:schema154.items,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
let i3 = data2.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data2[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err9 = {instancePath:instancePath+"/users",schemaPath:"#/$defs/names/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)",schema:true,parentSchema:schema154,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err10 = {instancePath:instancePath+"/users",schemaPath:"#/$defs/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema154.type,parentSchema:schema154,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
let data4 = data.teams;
if(Array.isArray(data4)){
const len2 = data4.length;
for(let i4=0; i4<len2; i4++){
let data5 = data4[i4];
if(typeof data5 === "string"){
if(func65(data5) > 1000){
const err11 = {instancePath:instancePath+"/teams/" + i4,schemaPath:"#/$defs/names/items/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema154.items,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func65(data5) < 1){
const err12 = {instancePath:instancePath+"/teams/" + i4,schemaPath:"#/$defs/names/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema154.items,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/teams/" + i4,schemaPath:"#/$defs/names/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema154.items.type,parentSchema:schema154.items,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
let i5 = data4.length;
let j2;
if(i5 > 1){
const indices2 = {};
for(;i5--;){
let item2 = data4[i5];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err14 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/names/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i5+" are identical)",schema:true,parentSchema:schema154,data:data4};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
break;
}
indices2[item2] = i5;
}
}
}
else {
const err15 = {instancePath:instancePath+"/teams",schemaPath:"#/$defs/names/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema154.type,parentSchema:schema154,data:data4};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema153.type,parentSchema:schema153,data};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema157 = {"title":"Suspend file","description":"While this stands, the flow is compared and never written.","examples":[{"reason":"INC-4711","by":"ops","until":"2026-12-01T00:00:00Z"}],"type":"object","additionalProperties":false,"required":["reason"],"properties":{"reason":{"$ref":"#/$defs/words"},"by":{"$ref":"#/$defs/words","description":"Who wants it so.","examples":["ops"]},"until":{"$ref":"#/$defs/until"}}};
const schema158 = {"description":"Why, in a few words.","type":"string","minLength":1,"maxLength":1000,"examples":["INC-4711"]};
const schema160 = {"title":"instant or date","description":"An instant with its zone, or a date, which means the end of that day in UTC. From then on it no longer holds.","type":"string","format":"instant-or-date","examples":["2026-12-01T00:00:00Z","2026-12-31"]};

function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate78.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.reason === undefined) || (!(func0.call(data, "reason")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'",schema:schema157.required,parentSchema:schema157,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "reason") || (key0 === "by")) || (key0 === "until"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema157,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data0 = data.reason;
if(typeof data0 === "string"){
if(func65(data0) > 1000){
const err2 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema158,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(func65(data0) < 1){
const err3 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema158,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema158.type,parentSchema:schema158,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.by !== undefined && func0.call(data, "by")){
let data1 = data.by;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err5 = {instancePath:instancePath+"/by",schemaPath:"#/$defs/words/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data1) < 1){
const err6 = {instancePath:instancePath+"/by",schemaPath:"#/$defs/words/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/by",schemaPath:"#/$defs/words/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema158.type,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data2 = data.until;
if(typeof data2 === "string"){
if(!(formats28(data2))){
const err8 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/until/format",keyword:"format",params:{format: "instant-or-date"},message:"must match format \""+"instant-or-date"+"\"",schema:"instant-or-date",parentSchema:schema160,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema160.type,parentSchema:schema160,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema157.type,parentSchema:schema157,data};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}
validate78.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema161 = {"title":"Ignore file","description":"One field, and everything below it, that git does not decide.","examples":[{"path":"/routing/maxWaitTime","owner":"wfm","until":"2026-12-31"}],"type":"object","additionalProperties":false,"required":["path"],"properties":{"path":{"title":"JSON pointer under `settings`","description":"`/` before each key; `~1` stands for `/` and `~0` for `~` inside a key.","type":"string","pattern":"^(/([^~/]|~[01])+)+$","maxLength":1000,"examples":["/routing/maxWaitTime"]},"reason":{"$ref":"#/$defs/words"},"owner":{"$ref":"#/$defs/words","description":"Who decides the field meanwhile.","examples":["wfm"]},"until":{"$ref":"#/$defs/until"}}};
const pattern61 = new RegExp("^(/([^~/]|~[01])+)+$", "u");

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate80.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.path === undefined) || (!(func0.call(data, "path")))){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'",schema:schema161.required,parentSchema:schema161,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 of Object.keys(data)){
if(!((((key0 === "path") || (key0 === "reason")) || (key0 === "owner")) || (key0 === "until"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema161,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined && func0.call(data, "path")){
let data0 = data.path;
if(typeof data0 === "string"){
if(func65(data0) > 1000){
const err2 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema161.properties.path,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!pattern61.test(data0)){
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/pattern",keyword:"pattern",params:{pattern: "^(/([^~/]|~[01])+)+$"},message:"must match pattern \""+"^(/([^~/]|~[01])+)+$"+"\"",schema:"^(/([^~/]|~[01])+)+$",parentSchema:schema161.properties.path,data:data0};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema161.properties.path.type,parentSchema:schema161.properties.path,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.reason !== undefined && func0.call(data, "reason")){
let data1 = data.reason;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err5 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(func65(data1) < 1){
const err6 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/words/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema158.type,parentSchema:schema158,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.owner !== undefined && func0.call(data, "owner")){
let data2 = data.owner;
if(typeof data2 === "string"){
if(func65(data2) > 1000){
const err8 = {instancePath:instancePath+"/owner",schemaPath:"#/$defs/words/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema158,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(func65(data2) < 1){
const err9 = {instancePath:instancePath+"/owner",schemaPath:"#/$defs/words/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema158,data:data2};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/owner",schemaPath:"#/$defs/words/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema158.type,parentSchema:schema158,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.until !== undefined && func0.call(data, "until")){
let data3 = data.until;
if(typeof data3 === "string"){
if(!(formats28(data3))){
const err11 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/until/format",keyword:"format",params:{format: "instant-or-date"},message:"must match format \""+"instant-or-date"+"\"",schema:"instant-or-date",parentSchema:schema160,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/until",schemaPath:"#/$defs/until/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema160.type,parentSchema:schema160,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema161.type,parentSchema:schema161,data};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="flow.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.flowId === undefined) || (!(func0.call(data, "flowId")))){
const err0 = {instancePath,schemaPath:"#/anyOf/0/required",keyword:"required",params:{missingProperty: "flowId"},message:"must have required property '"+"flowId"+"'",schema:schema137.anyOf[0].required,parentSchema:schema137.anyOf[0],data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
valid0 = valid0 || _valid0;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if((data.name === undefined) || (!(func0.call(data, "name")))){
const err1 = {instancePath,schemaPath:"#/anyOf/1/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema137.anyOf[1].required,parentSchema:schema137.anyOf[1],data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = valid0 || _valid0;
if(!valid0){
const err2 = {instancePath,schemaPath:"#/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf",schema:schema137.anyOf,parentSchema:schema137,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.settings === undefined){
data.settings = {};
}
if(data.dependsOn === undefined){
data.dependsOn = [];
}
if(data.requires === undefined){
data.requires = {};
}
if(data.mode === undefined){
data.mode = "enforce";
}
if(data.ignore === undefined){
data.ignore = [];
}
for(const key0 of Object.keys(data)){
if(!(func0.call(schema137.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema137,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.flowId !== undefined && func0.call(data, "flowId")){
let data0 = data.flowId;
if(typeof data0 === "string"){
if(!pattern11.test(data0)){
const err4 = {instancePath:instancePath+"/flowId",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"+"\"",schema:"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",parentSchema:schema138,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/flowId",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema138.type,parentSchema:schema138,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.name !== undefined && func0.call(data, "name")){
let data1 = data.name;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema137.properties.name,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(func65(data1) < 1){
const err7 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema137.properties.name,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!pattern6.test(data1)){
const err8 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\"",schema:"^[^\\u0000-\\u001f\\u007f]*$",parentSchema:schema137.properties.name,data:data1};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema137.properties.name.type,parentSchema:schema137.properties.name,data:data1};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
let data2 = data.description;
if(typeof data2 === "string"){
if(func65(data2) > 10000){
const err10 = {instancePath:instancePath+"/description",schemaPath:"base.schema.json#/$defs/description/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema140,data:data2};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/description",schemaPath:"base.schema.json#/$defs/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema140.type,parentSchema:schema140,data:data2};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.extends !== undefined && func0.call(data, "extends")){
let data3 = data.extends;
if(typeof data3 === "string"){
if(func65(data3) > 1000){
const err12 = {instancePath:instancePath+"/extends",schemaPath:"base.schema.json#/$defs/extends/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema141,data:data3};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(!pattern58.test(data3)){
const err13 = {instancePath:instancePath+"/extends",schemaPath:"base.schema.json#/$defs/extends/pattern",keyword:"pattern",params:{pattern: "^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$"},message:"must match pattern \""+"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$"+"\"",schema:"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$",parentSchema:schema141,data:data3};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/extends",schemaPath:"base.schema.json#/$defs/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema141.type,parentSchema:schema141,data:data3};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(!(validate73(data.settings, {instancePath:instancePath+"/settings",parentData:data,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
let data5 = data.dependsOn;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(!pattern11.test(data6)){
const err15 = {instancePath:instancePath+"/dependsOn/" + i0,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"},message:"must match pattern \""+"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"+"\"",schema:"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",parentSchema:schema138,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/dependsOn/" + i0,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema138.type,parentSchema:schema138,data:data6};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
let i1 = data5.length;
let j0;
if(i1 > 1){
outer0:
for(;i1--;){
for(j0 = i1; j0--;){
if(func27(data5[i1], data5[j0])){
const err17 = {instancePath:instancePath+"/dependsOn",schemaPath:"#/properties/dependsOn/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema137.properties.dependsOn,data:data5};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
break outer0;
}
}
}
}
}
else {
const err18 = {instancePath:instancePath+"/dependsOn",schemaPath:"#/properties/dependsOn/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema137.properties.dependsOn.type,parentSchema:schema137.properties.dependsOn,data:data5};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(!(validate76(data.requires, {instancePath:instancePath+"/requires",parentData:data,parentDataProperty:"requires",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
let data8 = data.mode;
if(!((data8 === "enforce") || (data8 === "report"))){
const err19 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema137.properties.mode.enum},message:"must be equal to one of the allowed values",schema:schema137.properties.mode.enum,parentSchema:schema137.properties.mode,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(data.suspend !== undefined && func0.call(data, "suspend")){
if(!(validate78(data.suspend, {instancePath:instancePath+"/suspend",parentData:data,parentDataProperty:"suspend",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
let data10 = data.ignore;
if(Array.isArray(data10)){
const len1 = data10.length;
for(let i2=0; i2<len1; i2++){
if(!(validate80(data10[i2], {instancePath:instancePath+"/ignore/" + i2,parentData:data10,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema137.properties.ignore.type,parentSchema:schema137.properties.ignore,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema137.type,parentSchema:schema137,data};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

export const base = validate68;
const schema139 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"base.schema.json","title":"Base file","description":"Settings that several flows share: what `extends` of a flow file, or of another base, may name.","examples":[{"settings":{"routing":{"type":"longestAvailable","maxWaitTime":600}}}],"type":"object","additionalProperties":false,"properties":{"description":{"$ref":"#/$defs/description"},"extends":{"$ref":"#/$defs/extends"},"settings":{"$ref":"#/$defs/settings","default":{}}},"$defs":{"description":{"description":"For people; has no effect.","type":"string","maxLength":10000,"examples":["What all voice flows have in common."]},"extends":{"title":"path of a YAML file","description":"Relative path of another file of the desired-state directory whose settings are merged under these: maps deeply, lists and values replaced; `null` makes absent.","type":"string","pattern":"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$","maxLength":1000,"examples":["../../_shared/ivr.yaml"]},"settings":{"title":"Settings file","description":"By block. Only what is declared is managed; other live fields stay. `null` declares that a field or block is absent. Blocks of other names go to the service as they are.","examples":[{"routing":{"type":"longestAvailable","maxWaitTime":600}}],"type":"object","properties":{"routing":{"$ref":"#/$defs/routing"},"configurationMatrix":{"$ref":"#/$defs/configurationMatrix"},"scopeDirectives":{"$ref":"#/$defs/scopeDirectives"}},"additionalProperties":{"type":["object","null"]}},"routing":{"title":"Routing file","description":"How interactions find an agent.","examples":[{"type":"longestAvailable","maxWaitTime":600,"scope":{"type":"org"}}],"type":["object","null"],"additionalProperties":false,"properties":{"type":{"description":"The service's name of the routing method.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["longestAvailable"]},"maxWaitTime":{"description":"Longest wait in seconds.","type":["integer","null"],"minimum":0,"examples":[600]},"scope":{"title":"Scope file","description":"What the routing looks at.","examples":[{"type":"org"}],"type":["object","null"],"additionalProperties":false,"properties":{"type":{"description":"The service's name of the kind of scope.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["org"]},"id":{"description":"Id of what the scope names; with type org it defaults to the org's own.","type":["string","null"],"minLength":1,"maxLength":200,"examples":["0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11"]}}}}},"configurationMatrix":{"title":"Configuration matrix file","description":"Parameters by the name of their place.","examples":[{"parameter_01":{"key":"queue_affinity","value":true}}],"type":["object","null"],"additionalProperties":{"$ref":"#/$defs/parameter"}},"parameter":{"title":"Parameter file","description":"One parameter.","examples":[{"key":"queue_affinity","value":true}],"type":["object","null"],"additionalProperties":false,"properties":{"key":{"description":"The parameter's name.","type":["string","null"],"minLength":1,"maxLength":1000,"examples":["queue_affinity"]},"value":{"description":"Any value.","examples":[true,50,"overflow"]}}},"scopeDirectives":{"title":"Scope directives file","description":"Which kinds of things the flow's settings lean on.","examples":[{"applyTo":["queue","user"],"enforceHierarchy":true}],"type":["object","null"],"additionalProperties":false,"properties":{"applyTo":{"description":"A set: the order means nothing.","type":["array","null"],"uniqueItems":true,"items":{"description":"A kind of thing.","type":"string","enum":["queue","user","team"],"examples":["queue"]},"examples":[["queue","user","team"]]},"enforceHierarchy":{"description":"Whether the hierarchy is enforced.","type":["boolean","null"],"examples":[true]}}}}};

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 of Object.keys(data)){
if(!(((key0 === "routing") || (key0 === "configurationMatrix")) || (key0 === "scopeDirectives"))){
let data0 = data[key0];
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema142.additionalProperties.type},message:"must be object,null",schema:schema142.additionalProperties.type,parentSchema:schema142.additionalProperties,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
if(data.routing !== undefined && func0.call(data, "routing")){
let data1 = data.routing;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
const err1 = {instancePath:instancePath+"/routing",schemaPath:"#/$defs/routing/type",keyword:"type",params:{type: schema143.type},message:"must be object,null",schema:schema143.type,parentSchema:schema143,data:data1};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 of Object.keys(data1)){
if(!(((key1 === "type") || (key1 === "maxWaitTime")) || (key1 === "scope"))){
const err2 = {instancePath:instancePath+"/routing",schemaPath:"#/$defs/routing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema143,data:data1};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data1.type !== undefined && func0.call(data1, "type")){
let data2 = data1.type;
if((typeof data2 !== "string") && (data2 !== null)){
const err3 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/type",keyword:"type",params:{type: schema143.properties.type.type},message:"must be string,null",schema:schema143.properties.type.type,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(typeof data2 === "string"){
if(func65(data2) > 200){
const err4 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(func65(data2) < 1){
const err5 = {instancePath:instancePath+"/routing/type",schemaPath:"#/$defs/routing/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.type,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data1.maxWaitTime !== undefined && func0.call(data1, "maxWaitTime")){
let data3 = data1.maxWaitTime;
if((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (data3 !== null)){
const err6 = {instancePath:instancePath+"/routing/maxWaitTime",schemaPath:"#/$defs/routing/properties/maxWaitTime/type",keyword:"type",params:{type: schema143.properties.maxWaitTime.type},message:"must be integer,null",schema:schema143.properties.maxWaitTime.type,parentSchema:schema143.properties.maxWaitTime,data:data3};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
const err7 = {instancePath:instancePath+"/routing/maxWaitTime",schemaPath:"#/$defs/routing/properties/maxWaitTime/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema143.properties.maxWaitTime,data:data3};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data1.scope !== undefined && func0.call(data1, "scope")){
let data4 = data1.scope;
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (data4 !== null)){
const err8 = {instancePath:instancePath+"/routing/scope",schemaPath:"#/$defs/routing/properties/scope/type",keyword:"type",params:{type: schema143.properties.scope.type},message:"must be object,null",schema:schema143.properties.scope.type,parentSchema:schema143.properties.scope,data:data4};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 of Object.keys(data4)){
if(!((key2 === "type") || (key2 === "id"))){
const err9 = {instancePath:instancePath+"/routing/scope",schemaPath:"#/$defs/routing/properties/scope/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema143.properties.scope,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data4.type !== undefined && func0.call(data4, "type")){
let data5 = data4.type;
if((typeof data5 !== "string") && (data5 !== null)){
const err10 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/type",keyword:"type",params:{type: schema143.properties.scope.properties.type.type},message:"must be string,null",schema:schema143.properties.scope.properties.type.type,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data5 === "string"){
if(func65(data5) > 200){
const err11 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(func65(data5) < 1){
const err12 = {instancePath:instancePath+"/routing/scope/type",schemaPath:"#/$defs/routing/properties/scope/properties/type/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.scope.properties.type,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data4.id !== undefined && func0.call(data4, "id")){
let data6 = data4.id;
if((typeof data6 !== "string") && (data6 !== null)){
const err13 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/type",keyword:"type",params:{type: schema143.properties.scope.properties.id.type},message:"must be string,null",schema:schema143.properties.scope.properties.id.type,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(typeof data6 === "string"){
if(func65(data6) > 200){
const err14 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",schema:200,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(func65(data6) < 1){
const err15 = {instancePath:instancePath+"/routing/scope/id",schemaPath:"#/$defs/routing/properties/scope/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",schema:1,parentSchema:schema143.properties.scope.properties.id,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
}
}
}
if(data.configurationMatrix !== undefined && func0.call(data, "configurationMatrix")){
if(!(validate70(data.configurationMatrix, {instancePath:instancePath+"/configurationMatrix",parentData:data,parentDataProperty:"configurationMatrix",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
}
if(data.scopeDirectives !== undefined && func0.call(data, "scopeDirectives")){
let data8 = data.scopeDirectives;
if((!(data8 && typeof data8 == "object" && !Array.isArray(data8))) && (data8 !== null)){
const err16 = {instancePath:instancePath+"/scopeDirectives",schemaPath:"#/$defs/scopeDirectives/type",keyword:"type",params:{type: schema146.type},message:"must be object,null",schema:schema146.type,parentSchema:schema146,data:data8};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key3 of Object.keys(data8)){
if(!((key3 === "applyTo") || (key3 === "enforceHierarchy"))){
const err17 = {instancePath:instancePath+"/scopeDirectives",schemaPath:"#/$defs/scopeDirectives/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema146,data:data8};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data8.applyTo !== undefined && func0.call(data8, "applyTo")){
let data9 = data8.applyTo;
if((!(Array.isArray(data9))) && (data9 !== null)){
const err18 = {instancePath:instancePath+"/scopeDirectives/applyTo",schemaPath:"#/$defs/scopeDirectives/properties/applyTo/type",keyword:"type",params:{type: schema146.properties.applyTo.type},message:"must be array,null",schema:schema146.properties.applyTo.type,parentSchema:schema146.properties.applyTo,data:data9};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(Array.isArray(data9)){
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(typeof data10 !== "string"){
const err19 = {instancePath:instancePath+"/scopeDirectives/applyTo/" + i0,schemaPath:"#/$defs/scopeDirectives/properties/applyTo/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema146.properties.applyTo.items.type,parentSchema:schema146.properties.applyTo.items,data:data10};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if(!(((data10 === "queue") || (data10 === "user")) || (data10 === "team"))){
const err20 = {instancePath:instancePath+"/scopeDirectives/applyTo/" + i0,schemaPath:"#/$defs/scopeDirectives/properties/applyTo/items/enum",keyword:"enum",params:{allowedValues: schema146.properties.applyTo.items.enum},message:"must be equal to one of the allowed values",schema:schema146.properties.applyTo.items.enum,parentSchema:schema146.properties.applyTo.items,data:data10};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
let i1 = data9.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data9[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err21 = {instancePath:instancePath+"/scopeDirectives/applyTo",schemaPath:"#/$defs/scopeDirectives/properties/applyTo/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)",schema:true,parentSchema:schema146.properties.applyTo,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
}
if(data8.enforceHierarchy !== undefined && func0.call(data8, "enforceHierarchy")){
let data11 = data8.enforceHierarchy;
if((typeof data11 !== "boolean") && (data11 !== null)){
const err22 = {instancePath:instancePath+"/scopeDirectives/enforceHierarchy",schemaPath:"#/$defs/scopeDirectives/properties/enforceHierarchy/type",keyword:"type",params:{type: schema146.properties.enforceHierarchy.type},message:"must be boolean,null",schema:schema146.properties.enforceHierarchy.type,parentSchema:schema146.properties.enforceHierarchy,data:data11};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema142.type,parentSchema:schema142,data};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="base.schema.json" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate68.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.settings === undefined){
data.settings = {};
}
for(const key0 of Object.keys(data)){
if(!(((key0 === "description") || (key0 === "extends")) || (key0 === "settings"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema139,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.description !== undefined && func0.call(data, "description")){
let data0 = data.description;
if(typeof data0 === "string"){
if(func65(data0) > 10000){
const err1 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/description/maxLength",keyword:"maxLength",params:{limit: 10000},message:"must NOT have more than 10000 characters",schema:10000,parentSchema:schema140,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/description",schemaPath:"#/$defs/description/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema140.type,parentSchema:schema140,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.extends !== undefined && func0.call(data, "extends")){
let data1 = data.extends;
if(typeof data1 === "string"){
if(func65(data1) > 1000){
const err3 = {instancePath:instancePath+"/extends",schemaPath:"#/$defs/extends/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters",schema:1000,parentSchema:schema141,data:data1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!pattern58.test(data1)){
const err4 = {instancePath:instancePath+"/extends",schemaPath:"#/$defs/extends/pattern",keyword:"pattern",params:{pattern: "^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$"},message:"must match pattern \""+"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$"+"\"",schema:"^(?!/)[^\\\\\\u0000-\\u001f]+\\.ya?ml$",parentSchema:schema141,data:data1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/extends",schemaPath:"#/$defs/extends/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema141.type,parentSchema:schema141,data:data1};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(!(validate69(data.settings, {instancePath:instancePath+"/settings",parentData:data,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema139.type,parentSchema:schema139,data};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}
validate68.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

