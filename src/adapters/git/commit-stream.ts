import type { BranchCommit } from '../../ports/status-branch.ts';
import type { Revision } from '../../domain/flow.ts';
import { FlowkeeperError } from '../../domain/errors.ts';
import type { ObjectFormat } from './mirror-folder.ts';
import { isBadPath } from './source-path.ts';

export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

export interface CommitPlan {
  readonly commit: BranchCommit;
  /** Undefined: the branch's first commit. */
  readonly parent: Revision | undefined;
  readonly author: CommitAuthor;
  /** Epoch milliseconds; git keeps whole seconds. */
  readonly at: number;
  /** Of the repository. */
  readonly format: ObjectFormat;
}

/** What `git fast-import` answers to the stream. */
export interface MadeCommit {
  readonly revision: Revision;
  readonly changesFiles: boolean;
}

/** A ref that exists only inside the stream. */
const REF = 'refs/flowkeeper/new';
const ID_LENGTH: Readonly<Record<ObjectFormat, number>> = { sha1: 40, sha256: 64 };

/**
 * A commit as input for `git fast-import --done --date-format=raw`: no index, no work tree, and no ref that
 * outlives it, so that two processes cannot meet. It answers with the ids of the commit and of its root tree,
 * and of the parent's root tree.
 * @throws bug.unexpected for a path that no commit of ours may have
 */
export function renderCommitStream(plan: CommitPlan): Buffer {
  const { commit, parent, format } = plan;
  const by = `${personOf(plan.author)} ${String(Math.floor(plan.at / 1000))} +0000`;
  const chunks: (string | Buffer)[] = [
    `commit ${REF}\nmark :1\nauthor ${by}\ncommitter ${by}\n`,
    ...data(messageOf(commit)),
    parent === undefined ? '' : `from ${parent}\n`,
  ];
  const entries = [...commit.files].map(([path, text]) => ({ path: quotedPath(path), text }));
  // a deletion after a write could take away a folder that the write has just made
  for (const { path, text } of entries) if (text === null) chunks.push(`D ${path}\n`);
  for (const { path, text } of entries)
    if (text !== null) chunks.push(`M 100644 inline ${path}\n`, ...data(text));
  chunks.push('\nget-mark :1\nls :1 ""\n', parent === undefined ? '' : `ls ${parent} ""\n`);
  chunks.push(`reset ${REF}\nfrom ${'0'.repeat(ID_LENGTH[format])}\n\ndone\n`);
  return Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
}

/** @throws git.failed when the answer is not whole */
export function parseCommitAnswer(output: Buffer, plan: CommitPlan): MadeCommit {
  const [revision = '', tree = '', parentTree] = output.toString('utf8').split('\n');
  if (!/^[0-9a-f]{40,64}$/.test(revision)) {
    const reason = 'git fast-import did not say what it made';
    const details = { command: 'git fast-import', exitCode: 0, reason };
    throw new FlowkeeperError('git.failed', reason, details);
  }
  const hasContent = [...plan.commit.files.values()].some((text) => text !== null);
  return { revision, changesFiles: plan.parent === undefined ? hasContent : tree !== parentTree };
}

/** Subject, body and trailers, as `git interpret-trailers` reads them. */
export function messageOf(commit: BranchCommit): string {
  const trailers = commit.trailers.map(({ key, value }) => `${key}: ${oneLine(value)}`);
  const paragraphs = [
    oneLine(commit.subject),
    cleaned(commit.body ?? '').trim(),
    trailers.join('\n'),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function data(text: string): (string | Buffer)[] {
  const bytes = Buffer.from(text, 'utf8');
  return [`data ${String(bytes.length)}\n`, bytes, '\n'];
}

function personOf({ name, email }: CommitAuthor): string {
  return `${oneLine(name).replace(/[<>]/g, '')} <${oneLine(email).replace(/[<>\s]/g, '')}>`;
}

function quotedPath(path: string): string {
  if (isBadPath(path)) {
    const reason = `a status file was to be named ${JSON.stringify(path)}`;
    throw new FlowkeeperError('bug.unexpected', reason, { reason });
  }
  return `"${path.replaceAll('"', String.raw`\"`)}"`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function cleaned(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, '');
}
