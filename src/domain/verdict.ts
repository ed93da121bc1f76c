import type { Fight } from './fight.ts';

/** What a gate says of a plan or of one flow. */
export type GateVerdict =
  | {
      readonly kind: 'allow';
      /** Names the overrides of freeze windows without which it would be deferred. */
      readonly freezeOverride?: string;
      /** Of the gate `mass-change`: why it would deny the plan, had nobody approved it. */
      readonly approved?: string;
    }
  /** Not now; `untilAt` (epoch ms) where the gate knows when. */
  | {
      readonly kind: 'defer';
      readonly gate: GateName;
      readonly reason: string;
      readonly untilAt?: number;
      /** Of the gate `fighting`: what is remembered of it from now on. */
      readonly fight?: Fight;
    }
  /** Not without a person; `goOn` is the exact command or setting that goes on. */
  | {
      readonly kind: 'deny';
      readonly gate: GateName;
      readonly reason: string;
      readonly goOn: string;
    };

export type GateName =
  | 'mode'
  | 'suspended'
  | 'mass-change'
  | 'per-flow-rate'
  | 'held-back'
  | 'dependencies'
  | 'freeze'
  | 'api-budget'
  | 'depends-on'
  | 'snapshots'
  | 'fighting';

export const ALLOW: GateVerdict = { kind: 'allow' };
