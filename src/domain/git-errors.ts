import type { CatalogEntry } from './error-entry.ts';
import type { ErrorCode } from './error-details.ts';

/** The codes of git: a part of ERROR_CATALOG. */
export const GIT_ERRORS = {
  'git.unreachable': {
    next: 'retry',
    exit: 1,
    advice: 'Check `source.repository` in the config and that this machine may reach it.',
  },
  'git.auth-failed': {
    next: 'stop',
    exit: 1,
    advice: 'Check the git token or SSH key in the config and what it may do.',
  },
  'git.no-branch': {
    next: 'stop',
    exit: 3,
    advice: 'Check `source.branch` in the config, or push that branch.',
  },
  'git.no-revision': {
    next: 'stop',
    exit: 3,
    advice: 'Name a commit, branch or tag that the repository has.',
  },
  'git.unverified': {
    next: 'stop',
    exit: 4,
    advice:
      'Nothing of this commit is applied. Let somebody who may sign put a signed commit on top (mode head) or instead of it (mode strict), or add the key to the files of `source.verify`: docs/security.md.',
  },
  'git.failed': { next: 'retry', exit: 1, advice: "Read git's own words above; run again." },
  'git.timeout': { next: 'retry', exit: 1, advice: 'The git server was slow. Run again.' },
  'git.push-rejected': {
    next: 'retry',
    exit: 1,
    advice:
      'Others push to the status branch all the time, or it is protected. What was not pushed is kept and goes with the next run.',
  },
} as const satisfies Readonly<Record<Extract<ErrorCode, `git.${string}`>, CatalogEntry>>;
