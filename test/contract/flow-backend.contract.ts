import { afterEach, describe, expect, test } from '@jest/globals';
import { isError } from '../../src/domain/errors.ts';
import type { DependencyKind, FlowId, LiveFlow, Settings } from '../../src/domain/flow.ts';
import type { FlowBackend, LivePage } from '../../src/ports/flow-backend.ts';
import { aFlowId, aLiveFlow, someSettings } from '../support/builders.ts';

/** The org that a backend is tried on. */
export interface ContractSeed {
  readonly flows: readonly LiveFlow[];
  readonly pageSize: number;
  readonly hideSettingsInLists: boolean;
  readonly names: Readonly<Record<DependencyKind, readonly string[]>>;
  readonly forbidden: readonly DependencyKind[];
}

/** A backend, and a way behind it. */
export interface ContractWorld {
  readonly backend: FlowBackend;
  /** Somebody called Hand Writer replaces the named blocks. */
  readonly edit: (flowId: FlowId, blocks: Settings) => void | Promise<void>;
  /** What the org has stored. */
  readonly stored: (flowId: FlowId) => Settings | Promise<Settings>;
  /** What the running system goes by; undefined before the first reload. */
  readonly effective: (flowId: FlowId) => Settings | undefined | Promise<Settings | undefined>;
  readonly stop: () => void | Promise<void>;
}

const SEED: ContractSeed = {
  flows: [],
  pageSize: 10,
  hideSettingsInLists: false,
  names: { queue: [], user: [], team: [] },
  forbidden: [],
};

const someFlows = (count: number): LiveFlow[] =>
  Array.from({ length: count }, (_, i) =>
    aLiveFlow({ id: aFlowId(i + 1), name: `Flow ${String(i + 1)}`, version: i }),
  );

const live = new AbortController().signal;

async function pagesOf(backend: FlowBackend): Promise<LivePage[]> {
  const pages: LivePage[] = [];
  for await (const page of backend.pages(live)) pages.push(page);
  return pages;
}

const flowsOf = (pages: readonly LivePage[]): LiveFlow[] => pages.flatMap((page) => page.flows());

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** What every FlowBackend owes the engine. Run on the fake, and on each adapter against a simulated org. */
export function describeFlowBackend(
  name: string,
  start: (seed: ContractSeed) => ContractWorld | Promise<ContractWorld>,
): void {
  describe(`FlowBackend contract: ${name}`, () => {
    const worlds: ContractWorld[] = [];
    const world = async (seed: Partial<ContractSeed> = {}): Promise<ContractWorld> => {
      const started = await start({ ...SEED, ...seed });
      worlds.push(started);
      return started;
    };
    afterEach(async () => {
      for (const started of worlds.splice(0)) await started.stop();
    });

    describe('probe', () => {
      test('names a flow to try a read on, and asks for nothing else', async () => {
        const { backend } = await world({ flows: someFlows(3) });
        const { someFlow = '' } = await backend.probe(live);
        expect((await backend.read(someFlow, live)).id).toBe(someFlow);
      });

      test('of an org without flows names none', async () => {
        const { backend } = await world();
        expect((await backend.probe(live)).someFlow).toBeUndefined();
      });

      test('does nothing for a signal that has aborted', async () => {
        const { backend } = await world();
        const reason = new Error('enough');
        expect(await failure(backend.probe(AbortSignal.abort(reason)))).toBe(reason);
      });
    });

    describe('pages', () => {
      test.each([0, 1, 9, 10, 11, 35])('lists each of %i flows once', async (count) => {
        const flows = someFlows(count);
        const { backend } = await world({ flows });

        const pages = await pagesOf(backend);

        const listed = flowsOf(pages);
        expect(listed.map(({ id }) => id).sort()).toEqual(flows.map(({ id }) => id));
        expect(pages.map(({ count: onPage }) => onPage)).toEqual(
          pages.map((page) => page.flows().length),
        );
        const first = flows.at(0);
        if (first !== undefined) {
          const { id, name: flowName, version, settings } = first;
          const found = listed.find((flow) => flow.id === id);
          expect(found).toMatchObject({ id, name: flowName, version });
          expect(found?.settings).toEqual(settings);
        }
      });

      test('an unchanged org has the same digests, an edit changes that of its page', async () => {
        const { backend, edit } = await world({ flows: someFlows(25) });

        const first = await pagesOf(backend);
        const second = await pagesOf(backend);
        await edit(aFlowId(13), { routing: { type: 'other' } });
        const third = await pagesOf(backend);

        const digests = (pages: LivePage[]): string[] => pages.map(({ digest }) => digest);
        expect(digests(second)).toEqual(digests(first));
        expect(flowsOf(second)).toEqual(flowsOf(first));
        const changed = third.filter(({ digest }) => !digests(first).includes(digest));
        expect(changed).toHaveLength(1);
        const edited = changed[0]!.flows().find(({ id }) => id === aFlowId(13));
        expect(edited?.settings?.['routing']).toEqual({ type: 'other' });
        expect(edited?.modifiedBy?.name).toBe('Hand Writer');
      });

      test('settings that the list does not tell are undefined, not empty', async () => {
        const { backend } = await world({ flows: someFlows(3), hideSettingsInLists: true });

        const listed = flowsOf(await pagesOf(backend));

        expect(listed.map(({ settings }) => settings)).toEqual([undefined, undefined, undefined]);
        expect((await backend.read(aFlowId(1), live)).settings).toEqual(someSettings());
      });

      test('may be left early, and read again', async () => {
        const { backend } = await world({ flows: someFlows(35) });

        for await (const page of backend.pages(live)) {
          expect(page.count).toBe(10);
          break;
        }

        expect(flowsOf(await pagesOf(backend))).toHaveLength(35);
      });
    });

    describe('read', () => {
      test('tells the flow as it is now', async () => {
        const { backend, edit } = await world({ flows: someFlows(3) });

        const before = await backend.read(aFlowId(2), live);
        await edit(aFlowId(2), { routing: { type: 'other' } });
        const after = await backend.read(aFlowId(2), live);

        expect(before).toMatchObject({ id: aFlowId(2), name: 'Flow 2', version: 1 });
        expect(before.settings).toEqual(someSettings());
        expect(after.version).toBe(2);
        expect(after.settings).toEqual(someSettings({ routing: { type: 'other' } }));
        expect(after.modifiedBy?.name).toBe('Hand Writer');
      });

      test('of no flow is api.not-found', async () => {
        const { backend } = await world({ flows: someFlows(1) });

        const error = await failure(backend.read(aFlowId(9), live));

        expect(isError(error, 'api.not-found')).toBe(true);
      });
    });

    describe('write', () => {
      test('replaces the named blocks whole, leaves the others, and counts the version up', async () => {
        const { backend, stored } = await world({ flows: someFlows(2) });
        const base = await backend.read(aFlowId(2), live);

        const written = await backend.write(base, { routing: { type: 'predictive' } }, live);

        const wanted = someSettings({ routing: { type: 'predictive' } });
        expect(await stored(aFlowId(2))).toEqual(wanted);
        expect(await stored(aFlowId(1))).toEqual(someSettings());
        const after = await backend.read(aFlowId(2), live);
        expect(after.version).toBe(base.version + 1);
        if (written !== undefined) {
          expect(written).toMatchObject({ id: aFlowId(2), version: base.version + 1 });
        }
      });

      test('on an old base is api.conflict, and changes nothing', async () => {
        const { backend, edit, stored } = await world({ flows: someFlows(1) });
        const base = await backend.read(aFlowId(1), live);
        await edit(aFlowId(1), { routing: { type: 'theirs' } });

        const error = await failure(backend.write(base, { routing: { type: 'ours' } }, live));

        if (!isError(error, 'api.conflict')) throw error;
        expect(error.details.flowId).toBe(aFlowId(1));
        expect((await stored(aFlowId(1)))['routing']).toEqual({ type: 'theirs' });
      });

      test('of no flow is api.not-found', async () => {
        const { backend } = await world();

        const error = await failure(backend.write(aLiveFlow(), { routing: {} }, live));

        expect(isError(error, 'api.not-found')).toBe(true);
      });

      test('of two at once on the same base, one wins and one conflicts', async () => {
        const { backend } = await world({ flows: someFlows(1) });
        const base = await backend.read(aFlowId(1), live);

        const ends = await Promise.all([
          failure(backend.write(base, { routing: { type: 'a' } }, live)),
          failure(backend.write(base, { routing: { type: 'b' } }, live)),
        ]);

        expect(ends.filter((end) => end === undefined)).toHaveLength(1);
        expect(ends.filter((end) => isError(end, 'api.conflict'))).toHaveLength(1);
      });
    });

    test('a reload puts what is stored in effect, and may be repeated', async () => {
      const { backend, effective } = await world({ flows: someFlows(1) });
      const base = await backend.read(aFlowId(1), live);
      await backend.write(base, { routing: { type: 'ours' } }, live);

      await backend.reload(live);
      await backend.reload(live);

      expect((await effective(aFlowId(1)))?.['routing']).toEqual({ type: 'ours' });
    });

    describe('dependencies', () => {
      const names = {
        queue: Array.from({ length: 230 }, (_, i) => `Queue ${String(i)}`),
        user: ['Ann Example'],
        team: [],
      };

      test.each<{ kind: DependencyKind; permission: string }>([
        { kind: 'queue', permission: 'routing:queue:view' },
        { kind: 'user', permission: 'directory:user:view' },
        { kind: 'team', permission: 'groups:team:view' },
      ])('$kind: readable, or forbidden for want of $permission', async ({ kind, permission }) => {
        const open = await world({ names });
        const closed = await world({ names, forbidden: [kind] });

        expect(await open.backend.accessTo(kind, live)).toEqual({ kind: 'readable' });
        expect(await closed.backend.accessTo(kind, live)).toEqual({
          kind: 'forbidden',
          permission,
        });
        const error = await failure(closed.backend.missingOf(kind, ['x'], live));
        if (!isError(error, 'api.forbidden')) throw error;
        expect(error.details.permission).toBe(permission);
      });

      test.each<{ name: string; kind: DependencyKind; asked: string[]; missing: string[] }>([
        { name: 'nothing asked', kind: 'queue', asked: [], missing: [] },
        { name: 'one that is there', kind: 'queue', asked: ['Queue 1'], missing: [] },
        { name: 'on the last page', kind: 'queue', asked: ['Queue 229'], missing: [] },
        { name: 'other case', kind: 'queue', asked: ['queue 1'], missing: ['queue 1'] },
        { name: 'only a beginning', kind: 'queue', asked: ['Queue'], missing: ['Queue'] },
        { name: 'a pattern', kind: 'queue', asked: ['Queue*', 'Q.*'], missing: ['Queue*', 'Q.*'] },
        { name: 'asked twice', kind: 'user', asked: ['X', 'X'], missing: ['X'] },
        { name: 'of another kind', kind: 'team', asked: ['Queue 1'], missing: ['Queue 1'] },
        {
          name: 'many',
          kind: 'queue',
          asked: [...names.queue, 'Nowhere', 'Ann Example'],
          missing: ['Nowhere', 'Ann Example'],
        },
      ])('$name: missing $missing', async ({ kind, asked, missing }) => {
        const { backend } = await world({ names });

        expect(await backend.missingOf(kind, asked, live)).toEqual(missing);
      });
    });

    test.each(['people', 'routine'] as const)('as %s it is the same org', async (priority) => {
      const { backend, stored } = await world({ flows: someFlows(12) });
      const view = backend.withPriority(priority);

      expect(await view.read(aFlowId(2), live)).toEqual(await backend.read(aFlowId(2), live));
      expect(flowsOf(await pagesOf(view))).toEqual(flowsOf(await pagesOf(backend)));
      const base = await view.read(aFlowId(2), live);
      await view.write(base, { notes: { by: 'view' } }, live);
      await view.reload(live);
      expect(stored(aFlowId(2))).toMatchObject({ notes: { by: 'view' } });
      expect(await view.accessTo('queue', live)).toEqual(await backend.accessTo('queue', live));
      expect(await view.missingOf('queue', ['Nowhere'], live)).toEqual(['Nowhere']);
      const other = view.withPriority(priority === 'people' ? 'routine' : 'people');
      expect((await other.read(aFlowId(2), live)).version).toBe(base.version + 1);
    });

    test('an aborted signal ends every method with its reason', async () => {
      const { backend } = await world({ flows: someFlows(1) });
      const reason = new Error('stop');
      const aborted = AbortSignal.abort(reason);

      const first = backend.pages(aborted)[Symbol.asyncIterator]();
      const ends = await Promise.all(
        [
          first.next(),
          backend.read(aFlowId(1), aborted),
          backend.write(someFlows(1)[0]!, {}, aborted),
          backend.reload(aborted),
          backend.accessTo('queue', aborted),
          backend.missingOf('queue', ['x'], aborted),
        ].map(failure),
      );

      expect(ends).toEqual(Array.from({ length: 6 }, () => reason));
    });
  });
}
