import { systemClock } from '../adapters/clock/system-clock.ts';
import { makeGitCommitVerifier } from '../adapters/git/git-commit-verifier.ts';
import { makeSimpleGitSource } from '../adapters/git/simple-git-source.ts';
import { makeSimpleGitStatusBranch } from '../adapters/git/simple-git-status-branch.ts';
import { AxiosHttpClient } from '../adapters/http/axios-http-client.ts';
import { makeIds } from '../adapters/ids/make-ids.ts';
import { makeTransports } from '../adapters/notify/make-transports.ts';
import { openSqliteLease } from '../adapters/state/sqlite-lease.ts';
import { openSqliteNotices } from '../adapters/state/sqlite-notices.ts';
import { openSqliteRateGate } from '../adapters/state/sqlite-rate-gate.ts';
import { openSqliteStateStore } from '../adapters/state/sqlite-state-store.ts';
import type { SqliteStateStore } from '../adapters/state/sqlite-state-store.ts';
import { openSqliteTriggerLog } from '../adapters/state/sqlite-trigger-log.ts';
import { openSqliteVerifiedHeads } from '../adapters/state/sqlite-verified-heads.ts';
import { makeArchitectSettingsBackend } from '../backends/architect-settings/make-architect-settings-backend.ts';
import type { Config } from '../config/config.ts';
import { verifiedSource } from '../engine/verified-source.ts';
import type { DesiredSource } from '../ports/desired-source.ts';
import type { VerifiedHeads } from '../ports/verified-heads.ts';
import type { AppPorts } from './app-ports.ts';
import { meteredHttp, meteredSource, meteredStatusBranch } from './with-meter.ts';

const PUSH_ATTEMPTS = 5;
const random = Math.random;

export { systemClock };

type Given = Pick<AppPorts, 'log'> & Partial<Pick<AppPorts, 'clock' | 'meter'>>;
type GivenGit = Given & {
  /** Where it is kept which head was verified last; undefined: nowhere, nothing is written. */
  readonly store?: SqliteStateStore | undefined;
};

/** The real world: git by simple-git, HTTP by axios, SQLite in the state folder, the system's clock. */
export async function openSystemAdapters(
  config: Config,
  given: Given & Pick<AppPorts, 'observer'>,
): Promise<AppPorts> {
  const { log, observer, clock = systemClock } = given;
  const { directory } = config.state;
  const state = await openSqliteStateStore({ directory, clock, log });
  const { backendOf, close } = makeBackends(given);
  const hooks = new AxiosHttpClient({ clock, random });
  return {
    clock,
    log,
    observer,
    state,
    ids: makeIds(clock),
    triggers: openSqliteTriggerLog(state),
    notices: openSqliteNotices(state),
    transports: makeTransports({ http: hooks, clock }),
    chance: random,
    lease: openSqliteLease({ store: state, clock, log }),
    ...makeGitAdapters(config, { ...given, store: state }),
    rateGateOf: (org) =>
      openSqliteRateGate({ store: state, clock, client: `${org.environment} ${org.clientId}` }),
    backendOf,
    close: async () => {
      close();
      hooks.close();
      await state.close();
    },
  };
}

/** The repository and the status branch, each by way of a mirror in the state folder. */
export function makeGitAdapters(
  config: Config,
  { log, clock = systemClock, meter, store }: GivenGit,
): Pick<AppPorts, 'source' | 'statusBranch'> {
  const { directory } = config.state;
  const source = makeSource(config, { log, clock, store });
  const statusBranch = makeSimpleGitStatusBranch(
    {
      ...config.status,
      mirrorDirectory: `${directory}/status.git`,
      pushAttempts: PUSH_ATTEMPTS,
    },
    { log, clock, random },
  );
  return meter
    ? {
        source: meteredSource(source, meter),
        statusBranch: meteredStatusBranch(statusBranch, meter),
      }
    : { source, statusBranch };
}

/** The folder of the watched repository's mirror. */
export function sourceMirror({ directory }: Config['state']): string {
  return `${directory}/source.git`;
}

function makeSource(
  { source: watched, state }: Config,
  { log, clock, store }: Required<Pick<Given, 'log' | 'clock'>> & Pick<GivenGit, 'store'>,
): DesiredSource {
  const mirrorDirectory = sourceMirror(state);
  const source = makeSimpleGitSource({ ...watched, mirrorDirectory }, { log });
  if (!watched.verify) return source;
  const { mode, ...files } = watched.verify;
  const { repository } = watched;
  const verifier = makeGitCommitVerifier({ repository, mirrorDirectory, files }, { log });
  const heads = store ? openSqliteVerifiedHeads(store, watched) : NO_HEADS;
  return verifiedSource({ source, verifier, heads, clock, log, mode });
}

/** Nothing is known of earlier heads, and nothing is kept. */
const NO_HEADS: VerifiedHeads = {
  last: () => Promise.resolve(undefined),
  save: () => Promise.resolve(),
};

/** The orgs' APIs; connections are kept until it is closed. */
export function makeBackends({ log, clock = systemClock, meter }: Given): {
  readonly backendOf: AppPorts['backendOf'];
  readonly close: () => void;
} {
  const http = new AxiosHttpClient({ clock, random });
  return {
    backendOf: (org, rateGate) =>
      makeArchitectSettingsBackend(org, {
        clock,
        http: meter ? meteredHttp(http, org, meter) : http,
        rateGate,
        log: log.with({ org: org.name }),
      }),
    close: () => {
      http.close();
    },
  };
}
