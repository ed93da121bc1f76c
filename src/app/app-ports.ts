import type { OrgConfig } from '../config/config.ts';
import type { FlowBackend } from '../ports/flow-backend.ts';
import type { Ports } from '../ports/ports.ts';
import type { RateGate } from '../ports/rate-gate.ts';
import type { TriggerLog } from '../ports/trigger-log.ts';
import type { Meter } from '../ports/meter.ts';
import type { Chance } from '../ports/chance.ts';
import type { NoticeStore } from '../ports/notice-store.ts';
import type { Transports } from '../ports/transports.ts';

/** The ports of an installation: most are shared by all orgs, some are each org's own. */
export interface AppPorts extends Omit<Ports, 'backend' | 'rateGate'> {
  rateGateOf(org: OrgConfig): RateGate;
  backendOf(org: OrgConfig, rateGate: RateGate): FlowBackend;
  readonly triggers: TriggerLog;
  readonly notices: NoticeStore;
  readonly transports: Transports;
  readonly chance: Chance;
  /** Undefined: nobody counts. */
  readonly meter?: Meter;
  close(): Promise<void>;
}
