import type { Faults } from './faults.ts';
import type { RequestLog, RequestStats } from './request-log.ts';
import type { SimulatedOrg } from './simulated-org.ts';
import type { Violation } from './write-watch.ts';

/** What a process can do with its simulator, apart from the socket. */
export interface SimulatorInside {
  readonly orgIds: readonly string[];
  readonly faults: Faults;
  readonly requests: RequestLog;
  /** @param orgId may be left out where there is one org @throws SimulatorInputError */
  org(orgId?: string): SimulatedOrg;
  stats(): RequestStats;
  /** Writes that overlapped, oldest first. */
  violations(): readonly Violation[];
  /** Ends the tokens of one client, or all. @returns how many */
  revokeTokens(clientId?: string): number;
}
