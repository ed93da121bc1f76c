import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAST_IMPORT, commitStream, git } from '../git.ts';
import { alternate, medianOf, ratioOf } from '../pairs.ts';
import type { CommitterHandlers } from '../processes/committer.ts';
import { startWorker } from '../rpc.ts';
import type { Row } from '../rows.ts';
import { costsOf } from './resident.ts';

const LIMIT = 2;
const CHANGED = 10;

/** Ten of N status files in one commit, pushed to a local remote; by hand it is `git fast-import` and `git push`. */
export async function statusCommitRow(n: number, pairs: number): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'flowkeeper-bench-'));
  const paths = statusPaths(n);
  const repository = await makeRepository(folder, paths);
  const ours = await startWorker<CommitterHandlers>(COMMITTER);
  const hand = await startWorker<CommitterHandlers>(COMMITTER);
  try {
    await ours.call('open', {
      repository,
      branch: 'ours',
      mirrorDirectory: join(folder, 'mirror'),
    });
    await git(folder, ['clone', '--quiet', '--bare', repository, 'hand.git']);
    await hand.call('openByHand', { folder: join(folder, 'hand.git'), branch: 'hand' });
    let count = 0;
    const files = (): Map<string, string> => {
      count += 1;
      return new Map(everyNth(paths, CHANGED).map((path) => [path, statusText(path, count)]));
    };
    await ours.call('commit', files());
    await hand.call('commitByHand', files());
    const measured = await alternate(
      pairs,
      () => hand.call('commitByHand', files()),
      () => ours.call('commit', files()),
    );
    const ratio = ratioOf(measured, ({ wallMs }) => wallMs);
    const base = medianOf(measured.floors.map(({ wallMs }) => wallMs));
    return {
      ...costsOf(measured.ours),
      case: `commit and push of ${String(CHANGED)} status files, wall`,
      n,
      floor: `${base.toFixed(0)} ms wall, git by hand`,
      ratio,
      target: `<= ${String(LIMIT)}`,
      met: ratio <= LIMIT,
    };
  } finally {
    await ours.stop();
    await hand.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const COMMITTER = new URL('../processes/committer.ts', import.meta.url);

async function makeRepository(folder: string, paths: readonly string[]): Promise<string> {
  const repository = join(folder, 'status.git');
  await git(folder, ['init', '--quiet', '--bare', '--initial-branch=ours', repository]);
  const files = paths.map((path) => [path, statusText(path, 0)] as const);
  await git(repository, FAST_IMPORT, commitStream('refs/heads/ours', undefined, files));
  await git(repository, ['branch', 'hand', 'ours']);
  return repository;
}

/** Ids spread as those of UUIDs are, the same in every run. */
function statusPaths(n: number): readonly string[] {
  return Array.from({ length: n }, (_none, i) => {
    const id = (Math.imul(i, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
    return `status/bench/${id.slice(0, 2)}/${id}-0000-4000-8000-000000000000.yaml`;
  });
}

function statusText(path: string, count: number): string {
  return `flowId: ${path}\nstate: InSync\nliveVersion: ${String(count)}\nnote: ${'x'.repeat(700)}\n`;
}

function everyNth<T>(items: readonly T[], count: number): T[] {
  const step = Math.floor(items.length / count);
  return items.filter((_item, i) => i % step === 0).slice(0, count);
}
