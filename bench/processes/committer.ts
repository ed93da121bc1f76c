import type * as SilentModule from '../../src/app/silent.ts';
import type * as ClockModule from '../../src/adapters/clock/system-clock.ts';
import type * as StatusBranchModule from '../../src/adapters/git/simple-git-status-branch.ts';
import type { StatusBranch } from '../../src/ports/status-branch.ts';
import { builtUrl } from '../built.ts';
import { FAST_IMPORT, commitStream, git } from '../git.ts';
import { serve } from '../rpc.ts';

const { makeSimpleGitStatusBranch } = (await import(
  builtUrl('adapters/git/simple-git-status-branch.js')
)) as typeof StatusBranchModule;
const { systemClock } = (await import(
  builtUrl('adapters/clock/system-clock.js')
)) as typeof ClockModule;
const { silentLog } = (await import(builtUrl('app/silent.js'))) as typeof SilentModule;

type Files = ReadonlyMap<string, string>;

let ours: StatusBranch | undefined;
let byHand: { readonly folder: string; readonly branch: string } | undefined;

const handlers = {
  open: (options: {
    readonly repository: string;
    readonly branch: string;
    readonly mirrorDirectory: string;
  }) => {
    const author = { name: 'flowkeeper', email: 'flowkeeper@example.com' };
    const parts = { log: silentLog, clock: systemClock, random: Math.random };
    ours = makeSimpleGitStatusBranch({ ...options, author }, parts);
  },
  commit: async (files: Files) => {
    const subject = 'bench [skip ci]';
    const signal = new AbortController().signal;
    const build = () => Promise.resolve({ subject, trailers: [], files });
    const result = await ours?.commit(build, signal);
    if (result?.kind !== 'pushed') throw new Error('nothing was pushed');
  },
  openByHand: (where: { readonly folder: string; readonly branch: string }) => {
    byHand = where;
  },
  commitByHand: async (files: Files) => {
    if (!byHand) throw new Error('not open');
    const ref = `refs/heads/${byHand.branch}`;
    await git(byHand.folder, FAST_IMPORT, commitStream(ref, `${ref}^0`, files));
    await git(byHand.folder, ['push', '--quiet', 'origin', ref]);
  },
};

export type CommitterHandlers = typeof handlers;

serve(handlers);
