import type { Ports } from '../../src/ports/ports.ts';
import type { FlowBackend } from '../../src/ports/flow-backend.ts';
import type { Snapshot } from '../../src/ports/state-store.ts';

/** Ports that make a faithful engine break a promise: what the model finds nothing in, it would not find in the engine. */
export type Sabotage = (ports: Ports) => Ports;

/** Promises, and what is said of an engine that breaks them. */
const FOUND_OUT = {
  'a snapshot is stored before each write': 'has no snapshot of what it writes over',
  'the journal knows before a write is sent': 'is sent while the journal is at snapshot',
  'every change has an audit record': 'changed its flow, and has no audit record',
  'the records reach the status branch': 'the status branch says of',
  'a write says what git declares, and no more': 'which git does not declare',
  'nobody writes twice at once': 'are in flight at once',
  'each write is followed by a reload': 'does not tell that a reload is due',
  'a list that was not whole is no ground for anything':
    'is written although the list of flows was not whole',
} as const;

/** By the promise that they break. */
const SABOTAGES: Readonly<Record<keyof typeof FOUND_OUT, Sabotage>> = {
  'a snapshot is stored before each write': (ports) => {
    const lost = new Map<string, Snapshot>();
    return withState(ports, {
      snapshots: {
        put: (snapshot) => {
          lost.set(`${snapshot.flowId} ${String(snapshot.version)}`, snapshot);
          return Promise.resolve();
        },
        get: (_org, flowId, version) => Promise.resolve(lost.get(`${flowId} ${String(version)}`)),
      },
    });
  },
  'the journal knows before a write is sent': (ports) => {
    const { journal } = ports.state;
    return withState(ports, {
      journal: {
        ...journal,
        append: (id, entry, token) =>
          entry.to === 'patch' ? Promise.resolve() : journal.append(id, entry, token),
      },
    });
  },
  'every change has an audit record': (ports) => {
    const { journal } = ports.state;
    return withState(ports, {
      journal: {
        ...journal,
        close: (id, entry, { record }, token) =>
          journal.close(id, entry, record ? { record } : {}, token),
      },
    });
  },
  'the records reach the status branch': (ports) => {
    const { outbox } = ports.state;
    const nothing = { statuses: [], removed: [], audits: [], snapshots: [] };
    return withState(ports, {
      outbox: { ...outbox, begin: (org) => Promise.resolve({ org, ...nothing }) },
    });
  },
  'a write says what git declares, and no more': (ports) =>
    withBackend(ports, {
      write: (base, blocks, signal) =>
        ports.backend.write(base, { ...blocks, recording: { by: 'mistake' } }, signal),
    }),
  'nobody writes twice at once': (ports) =>
    withBackend(ports, {
      write: (base, blocks, signal) => {
        ports.backend.write(base, blocks, signal).catch(() => undefined);
        return ports.backend.write(base, blocks, signal);
      },
    }),
  'each write is followed by a reload': (ports) =>
    withBackend(ports, { reload: () => Promise.resolve() }),
  'a list that was not whole is no ground for anything': (ports) =>
    withBackend(ports, {
      async *pages(signal) {
        try {
          yield* ports.backend.pages(signal);
        } catch {
          // as if it had been whole
        }
      },
    }),
};

function withState(ports: Ports, over: Partial<Ports['state']>): Ports {
  return { ...ports, state: { ...ports.state, ...over } };
}

function withBackend(ports: Ports, over: Partial<FlowBackend>): Ports {
  const backend: FlowBackend = { ...ports.backend, ...over, withPriority: () => backend };
  return { ...ports, backend };
}

/** Each sabotage with the words by which it must be found out. */
export const SABOTAGE_ROWS = Object.entries(FOUND_OUT).map(([promise, words]) => ({
  promise,
  words,
  sabotage: SABOTAGES[promise as keyof typeof FOUND_OUT],
}));
