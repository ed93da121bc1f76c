import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { watchDesired } from '../../../src/app/watch-desired.ts';
import type { WatchView } from '../../../src/app/watch-desired.ts';
import { FlowkeeperError } from '../../../src/domain/errors.ts';
import { aLiveFlow, aFlowId } from '../../support/builders.ts';
import { SkippingClock } from '../../support/skipping-clock.ts';

const FILE = 'desired-state/acme/flows/support.yaml';
const ID = aFlowId();
const fileOf = (seconds: number): string =>
  `flowId: ${ID}\nname: Support\nsettings: { routing: { maxWaitTime: ${String(seconds)} } }\n`;

/** Views as they come: each step is done once the view before it was seen, and tells the watch that something moved. */
class Watching {
  readonly folder = mkdtempSync(join(tmpdir(), 'flowkeeper-watch-'));
  readonly views: WatchView[] = [];
  readonly reads: string[] = [];
  readonly refreshes: number[] = [];
  refreshMs = Infinity;
  /** What the next reads of the org end in. */
  errors: (Error | undefined)[] = [];

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  async run(...steps: readonly (() => void)[]): Promise<readonly WatchView[]> {
    const end = new AbortController();
    const left = [...steps];
    let hint = (): void => undefined;
    const live = aLiveFlow({
      id: ID,
      name: 'Support',
      settings: { routing: { maxWaitTime: 600 } },
    });
    const app = {
      config: { orgs: [{ name: 'acme', orgId: 'o' }] },
      knownFlows: () => Promise.resolve(new Map()),
      live: (org: string) => {
        this.reads.push(org);
        const error = this.errors.shift();
        return error ? Promise.reject(error) : Promise.resolve([live]);
      },
    };
    await watchDesired(
      {
        path: this.folder,
        clock: new SkippingClock(),
        planning: { app: app as never, orgs: ['acme'], refreshMs: this.refreshMs },
        watch: (folder, onHint) => {
          expect(folder).toBe(join(this.folder, 'desired-state'));
          hint = onHint;
          return {
            refresh: () => this.refreshes.push(1),
            close: () => Promise.resolve(),
          };
        },
      },
      (view) => {
        this.views.push(view);
        const step = left.shift();
        step?.();
        if (step) hint();
        else end.abort();
        return Promise.resolve();
      },
      end.signal,
    );
    return this.views;
  }
}

/** The wanted wait of each plan that is shown, or that there is nothing to change. */
const shown = ({ planned }: WatchView): unknown =>
  planned?.plans.map(({ plan }) =>
    plan.changes.flatMap(({ fields }) => fields.map((field) => field.desired)),
  );

describe('watching a folder of files', () => {
  let watching: Watching;

  beforeEach(() => {
    watching = new Watching();
    watching.write(FILE, fileOf(600));
  });

  afterEach(() => {
    rmSync(watching.folder, { recursive: true, force: true });
  });

  test('a save is planned against the org as it was read, which is not read again for it', async () => {
    const [first, second] = await watching.run(() => {
      watching.write(FILE, fileOf(300));
    });
    expect([first, second].map((view) => view && shown(view))).toEqual([[[]], [[300]]]);
    expect(watching.reads).toEqual(['acme']);
  });

  test.each([
    { name: 'half written', text: 'flowId: 3f6d' },
    { name: 'emptied', text: '' },
    { name: 'between the sides of a merge', text: `<<<<<<< HEAD\n${fileOf(1)}=======\n` },
  ])('the last good plan stays while a file is $name, with its faults', async ({ text }) => {
    const [, good, bad, mended] = await watching.run(
      () => {
        watching.write(FILE, fileOf(300));
      },
      () => {
        watching.write(FILE, text);
      },
      () => {
        watching.write(FILE, fileOf(200));
      },
    );
    expect(bad).toMatchObject({ isCurrent: false, planned: good?.planned });
    expect(bad?.checked.diagnostics.length).toBeGreaterThan(0);
    expect(mended).toMatchObject({ isCurrent: true, checked: { diagnostics: [] } });
    expect(mended && shown(mended)).toEqual([[200]]);
  });

  test.each(['.support.yaml.swp', 'support.yaml~', '4913', '#support.yaml#', 'support.yaml.tmp'])(
    'an editor’s %s changes nothing',
    async (name) => {
      const [before, after] = await watching.run(() => {
        watching.write(join(dirname(FILE), name), 'half: [');
      });
      expect(after?.checked).toEqual(before?.checked);
      expect(after && shown(after)).toEqual([[]]);
    },
  );

  test('a file that is renamed over the old one is seen, as editors save', async () => {
    const [, after] = await watching.run(() => {
      watching.write('support.yaml.new', fileOf(300));
      renameSync(join(watching.folder, 'support.yaml.new'), join(watching.folder, FILE));
    });
    expect(after && shown(after)).toEqual([[300]]);
  });

  test('many files at once are one look, and files that go are gone', async () => {
    const [, many, few] = await watching.run(
      () => {
        for (let i = 2; i < 200; i += 1)
          watching.write(`desired-state/acme/flows/${String(i)}.yaml`, `flowId: ${aFlowId(i)}\n`);
      },
      () => {
        rmSync(join(watching.folder, dirname(FILE)), { recursive: true });
        watching.write(FILE, fileOf(600));
      },
    );
    expect(many?.checked.orgs).toEqual([{ name: 'acme', flows: 199 }]);
    expect(few?.checked.orgs).toEqual([{ name: 'acme', flows: 1 }]);
  });

  test('while the folder is away nothing is shown, and nothing ends', async () => {
    const away = join(watching.folder, 'away');
    let looks = 0;
    const [, after] = await watching.run(() => {
      renameSync(join(watching.folder, 'desired-state'), away);
      // the third look after it finds it again
      watching.refreshes.push = (...ones: number[]) => {
        looks += ones.length;
        if (looks === 3) renameSync(away, join(watching.folder, 'desired-state'));
        return looks;
      };
    });
    expect(after?.checked.orgs).toEqual([{ name: 'acme', flows: 1 }]);
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  test('the org is read anew in the background; a read that fails leaves what was read before', async () => {
    watching.refreshMs = 1;
    const down = new FlowkeeperError('api.unreachable', 'not reached', {} as never);
    watching.errors = [undefined, down];
    const views = await watching.run(
      () => undefined,
      () => undefined,
      () => undefined,
    );
    expect(views.some(({ live }) => live?.error?.code === 'api.unreachable')).toBe(true);
    for (const view of views) expect(shown(view)).toEqual([[]]);
  });
});
