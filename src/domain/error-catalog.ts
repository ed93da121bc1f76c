import type { ErrorCode } from './error-details.ts';
import type { CatalogEntry } from './error-entry.ts';
import { GIT_ERRORS } from './git-errors.ts';

export type { CatalogEntry, ExitCode, NextMove } from './error-entry.ts';

/** Every error code; docs/errors.md is made from this, and a test compares both ways. */
export const ERROR_CATALOG: Readonly<Record<ErrorCode, CatalogEntry>> = {
  'api.unreachable': {
    next: 'retry',
    exit: 1,
    advice: 'Check `environment` in the config, DNS, and that this machine may reach it.',
  },
  'api.timeout': {
    next: 'read-back',
    exit: 1,
    advice: 'The service was slow. The next run tries again; raise `timeouts` if it always is.',
  },
  'api.reset': {
    next: 'read-back',
    exit: 1,
    advice: 'The connection broke. The next run reads what became of it and goes on.',
  },
  'api.server-error': {
    next: 'read-back',
    exit: 1,
    advice: 'The service failed. If it lasts, give its support the correlation id.',
  },
  'api.conflict': {
    next: 'replan',
    exit: 2,
    advice:
      'Somebody else wrote this flow meanwhile. The next run plans against what is there now.',
  },
  'api.rate-limited': {
    next: 'wait',
    exit: 2,
    advice: 'Lower `rate.requestsPerMinute` in policy.yaml if this is frequent.',
  },
  'api.unauthorized': {
    next: 'stop',
    exit: 1,
    advice: 'A fresh token was refused too: check the OAuth client of this org.',
  },
  'api.forbidden': {
    next: 'stall',
    exit: 1,
    advice: "Give the OAuth client's role the permission that is named.",
  },
  'api.not-found': {
    next: 'stall',
    exit: 1,
    advice: 'The flow or path does not exist: check `flowId`, and `paths` in the config.',
  },
  'api.refused': {
    next: 'stall',
    exit: 1,
    advice:
      "The service refuses these settings; its answer says why. Correct the flow's file. They are not sent again until it or the live flow changes, or `flowkeeper retry FLOW`.",
  },
  'api.bad-answer': {
    next: 'read-back',
    exit: 1,
    advice:
      'What answered is not the flow-settings API: check `environment` and any proxy between.',
  },
  'api.too-large': {
    next: 'stop',
    exit: 1,
    advice: 'The answer is larger than is believable: check `environment`; lower `pageSize`.',
  },
  'api.page-fault': {
    next: 'stop',
    exit: 1,
    advice:
      'The list of flows was not whole, so nothing was planned on it. The next run reads again.',
  },
  'api.token-refused': {
    next: 'stop',
    exit: 1,
    advice: 'Check `clientId`, `clientSecret` and `auth` of this org in the config.',
  },
  ...GIT_ERRORS,
  'config.missing': {
    next: 'stop',
    exit: 3,
    advice: 'Name the file with --config, or let `flowkeeper init` write one.',
  },
  'config.invalid': { next: 'stop', exit: 3, advice: 'Mend the lines that are named.' },
  'config.needs-restart': {
    next: 'stop',
    exit: 3,
    advice: 'Restart the controller; until then it goes on by the config that it started with.',
  },
  'desired.invalid': { next: 'stop', exit: 3, advice: 'Mend the lines that are named.' },
  'desired.no-org': {
    next: 'stop',
    exit: 3,
    advice: 'Make the folder with the name of the org, or correct the name in the config.',
  },
  'state.busy': {
    next: 'wait',
    exit: 1,
    advice: 'Another flowkeeper works on this org. Wait until it ends, or stop it.',
  },
  'state.lease-lost': {
    next: 'stop',
    exit: 1,
    advice:
      'This process was paused for so long that another flowkeeper took the org over; that one finds out what became of writes under way. Run again if it has ended.',
  },
  'state.in-use': {
    next: 'wait',
    exit: 1,
    advice: 'Stop every other flowkeeper on this state folder, or wait until it ends.',
  },
  'state.whole': {
    next: 'stop',
    exit: 1,
    advice: 'To rebuild in spite of that, move it away first, with -wal and -shm beside it.',
  },
  'state.corrupt': {
    next: 'stop',
    exit: 1,
    advice:
      'Run `flowkeeper doctor --rebuild-state`: it makes a new state file of what the status branch and the org tell, and keeps the old one.',
  },
  'state.unwritable': {
    next: 'stop',
    exit: 1,
    advice: 'Make the state folder writable for this user, and check for free space.',
  },
  'state.newer': {
    next: 'stop',
    exit: 1,
    advice: 'A newer flowkeeper wrote this state file. Run that version, or another state folder.',
  },
  'state.attempt-open': {
    next: 'stop',
    exit: 1,
    advice:
      'An earlier attempt on this flow has no end yet. Run again: each run begins by finding out what became of it.',
  },
  'state.attempt-closed': {
    next: 'stop',
    exit: 1,
    advice: 'Another flowkeeper ended this attempt meanwhile. Run again to go on from there.',
  },
  'snapshot.not-durable': {
    next: 'stall',
    exit: 1,
    advice:
      'The snapshot could not be stored and read back, so nothing was written. Check the disk.',
  },
  'snapshot.unknown': {
    next: 'stop',
    exit: 1,
    advice:
      'Name a recorded version with --to; `flowkeeper history FLOW` tells when each was taken.',
  },
  'snapshot.damaged': {
    next: 'stop',
    exit: 1,
    advice:
      'The file on the status branch was changed by hand. `git log` of its path shows its true content; or name another version with --to.',
  },
  'gate.fighting': {
    next: 'stall',
    exit: 2,
    advice:
      'Find out who or what changes the flow (its status file names them), and end that, or let git say what they want, or name the field under `ignore`. `flowkeeper retry FLOW` corrects it at once.',
  },
  'rollback.denied': {
    next: 'stop',
    exit: 4,
    advice:
      'Do what is named, or wait until then; a commit that reverts the change goes by itself.',
  },
  'run.deadline': {
    next: 'stop',
    exit: 1,
    advice:
      'Nothing is lost: the next run goes on where this one stopped. If it is always so, raise `deadlines.run` in the config.',
  },
  'run.cancelled': { next: 'stop', exit: 1, advice: 'Run again to go on.' },
  'deadline.source': {
    next: 'retry',
    exit: 1,
    advice:
      'Check that the git server of `source.repository` answers. If it is only slow, raise `deadlines.source` in the config.',
  },
  'deadline.load': {
    next: 'retry',
    exit: 1,
    advice:
      'Run again: files that were checked before are not checked again. If it is always so, raise `deadlines.load` in the config.',
  },
  'deadline.live': {
    next: 'retry',
    exit: 1,
    advice:
      "Check that the org's API answers. If it is only slow, or `rate.requestsPerMinute` in policy.yaml is low for so many flows, raise `deadlines.live` in the config.",
  },
  'deadline.plan': {
    next: 'retry',
    exit: 1,
    advice:
      'The machine is too busy for a plan that is not out of date when it is made: give it time, or raise `deadlines.plan` in the config.',
  },
  'deadline.look-up': {
    next: 'retry',
    exit: 1,
    advice:
      "The flows that depend on it wait for the next run. Check that the org's API answers; raise `deadlines.lookUp` in the config if it is only slow.",
  },
  'deadline.reload': {
    next: 'retry',
    exit: 1,
    advice:
      "What was written is stored, and the next run asks for the reload again. Check that the org's API answers; raise `deadlines.reload` in the config if it is only slow.",
  },
  'deadline.flow': {
    next: 'read-back',
    exit: 1,
    advice:
      "The next run reads the flow, finds out what became of it and goes on. Check that the org's API answers; raise `deadlines.flow` in the config if it is only slow.",
  },
  'deadline.record': {
    next: 'retry',
    exit: 1,
    advice:
      'The records are kept and go with the next run. Check that the git server takes pushes; raise `deadlines.record` in the config if it is only slow.',
  },
  'deadline.command': {
    next: 'retry',
    exit: 1,
    advice:
      'Check that the git server answers, and that no other flowkeeper keeps the org busy. If it is only slow, raise `deadlines.command` in the config.',
  },
  'cli.usage': { next: 'stop', exit: 1, advice: 'See `flowkeeper --help`.' },
  'cli.unknown-flow': {
    next: 'stop',
    exit: 1,
    advice:
      'Name a flow that git describes, by its id or its exact name; `flowkeeper status --output json` lists them.',
  },
  'cli.ambiguous-flow': {
    next: 'stop',
    exit: 1,
    advice: 'Name the flow by its id, or its org with --org.',
  },
  'http.cannot-listen': {
    next: 'stop',
    exit: 1,
    advice: 'Stop what listens there already, or set `server.listen` to another address.',
  },
  'simulator.failed': {
    next: 'stop',
    exit: 1,
    advice: 'Correct what the reason names; `--port 0` takes a free port.',
  },
  'bug.bad-transition': {
    next: 'stop',
    exit: 1,
    advice: 'This is a fault of flowkeeper: report it with the code and the words above.',
  },
  'bug.unexpected': {
    next: 'stop',
    exit: 1,
    advice: 'This is a fault of flowkeeper: report it with the code and the words above.',
  },
};
