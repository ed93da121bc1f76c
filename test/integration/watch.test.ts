import { EventEmitter, once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { watchFolder } from '../../src/adapters/files/watch-folder.ts';
import { systemClock } from '../../src/app/system-adapters.ts';
import { watchDesired } from '../../src/app/watch-desired.ts';
import type { WatchView } from '../../src/app/watch-desired.ts';
import { MemoryLog } from '../support/fakes/memory-log.ts';

jest.setTimeout(60_000);

const FILE = 'desired-state/acme/flows/support.yaml';

let folder: string;
let end: AbortController;
let views: EventEmitter;
let ended: Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flowkeeper-watching-'));
  write(FILE, 'name: Support\n');
  end = new AbortController();
  views = new EventEmitter();
});

afterEach(async () => {
  end.abort();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function start(): Promise<void> {
  const first = sees(() => true);
  ended = watchDesired(
    {
      path: folder,
      clock: systemClock,
      watch: (path, onHint) => watchFolder(path, new MemoryLog(), onHint),
    },
    (view) => {
      views.emit('view', view);
      return Promise.resolve();
    },
    end.signal,
  );
  await first;
}

/** Resolves with the first view from now on that is so. */
async function sees(isSo: (view: WatchView) => boolean): Promise<WatchView> {
  for (;;) {
    const [view] = (await once(views, 'view')) as [WatchView];
    if (isSo(view)) return view;
  }
}

const flowsOf = ({ checked }: WatchView): number => checked.orgs[0]?.flows ?? 0;
const faultsOf = ({ checked }: WatchView): number => checked.diagnostics.length;

test('the system tells of saves, renames, new folders and files that go', async () => {
  await start();
  const faulty = sees((view) => faultsOf(view) === 1);
  appendFileSync(join(folder, FILE), 'setings: {}\n');
  await faulty;

  const mended = sees((view) => faultsOf(view) === 0);
  write('draft', 'name: Support\n');
  renameSync(join(folder, 'draft'), join(folder, FILE));
  await mended;

  const more = sees((view) => flowsOf(view) === 2);
  write('desired-state/acme/flows/new/folder/sales.yaml', 'name: Sales\n');
  expect(faultsOf(await more)).toBe(0);

  const fewer = sees((view) => flowsOf(view) === 1);
  rmSync(join(folder, 'desired-state/acme/flows/new'), { recursive: true });
  await fewer;
});

test('a folder that was replaced, of which the system says nothing, is found again', async () => {
  await start();
  const other = join(folder, 'other');
  mkdirSync(join(other, 'acme/flows'), { recursive: true });
  for (const name of ['a', 'b', 'c'])
    writeFileSync(join(other, 'acme/flows', `${name}.yaml`), `name: ${name}\n`);
  const replaced = sees((view) => flowsOf(view) === 3);
  rmSync(join(folder, 'desired-state'), { recursive: true });
  renameSync(other, join(folder, 'desired-state'));
  expect(faultsOf(await replaced)).toBe(0);

  const after = sees((view) => flowsOf(view) === 4);
  write('desired-state/acme/flows/d.yaml', 'name: d\n');
  await after;
});
