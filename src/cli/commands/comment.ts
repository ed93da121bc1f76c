import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { commentOnReview } from '../../app/comment-on-review.ts';
import type { CommentRequest } from '../../app/comment-on-review.ts';
import type { ExitCode } from '../../domain/error-catalog.ts';
import { usageError } from '../../domain/usage-error.ts';
import { showText } from '../../plan/show-value.ts';
import { write } from '../io.ts';
import type { Io } from '../io.ts';

export interface CommentOptions extends Omit<CommentRequest, 'text'> {
  readonly strict?: boolean;
}

/**
 * Puts a file on the pull request as its one comment. What the host or the network does is told and is no failure,
 * since the results stand in the log all the same; with `strict` it is.
 */
export async function runComment(
  io: Io,
  file: string,
  { strict, ...options }: CommentOptions,
): Promise<ExitCode> {
  const text = await textOf(file);
  const result = await commentOnReview({ ...options, text }, io.env, io.signal);
  if (result.kind !== 'failed') {
    const where = result.url === undefined ? '' : `: ${showText(result.url)}`;
    await write(io.stdout, `comment ${result.kind}${where}\n`);
    return 0;
  }
  await write(io.stderr, `flowkeeper: no comment was written: ${showText(result.reason)}\n`);
  return strict === true ? 1 : 0;
}

const NEXT =
  'Write it first: `flowkeeper plan --base origin/main --output markdown > plan.md`, and see what that said.';

async function textOf(file: string): Promise<string> {
  try {
    const text = file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
    if (text.trim() !== '') return text;
  } catch (error) {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`, NEXT, error);
  }
  throw usageError(`${file === '-' ? 'stdin' : file} is empty`, NEXT);
}
