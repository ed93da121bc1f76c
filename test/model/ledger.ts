import type { FlowId, Settings } from '../../src/domain/flow.ts';

/** A write of the controller's, as the service came to know it. */
export interface LedgerWrite {
  readonly attemptId: string;
  /** The step that sent it. */
  readonly step: 'patch' | 'rollback';
  readonly before: Settings;
  /** What the flow would be if the service stored what it was asked for. */
  readonly asked: Settings;
}

/** One version of one flow, and whose it is. */
export interface LedgerEntry {
  readonly version: number;
  readonly settings: Settings;
  /** By the wall clock, epoch ms. */
  readonly at: number;
  /** Undefined: somebody's, or what was there from the start. */
  readonly write?: LedgerWrite;
}

/** Every version that each flow ever had: what the service would know if it kept it. */
export class Ledger {
  readonly #entries = new Map<FlowId, LedgerEntry[]>();

  add(flowId: FlowId, entry: LedgerEntry): void {
    this.of(flowId).push(entry);
  }

  of(flowId: FlowId): LedgerEntry[] {
    const known = this.#entries.get(flowId);
    if (known) return known;
    const fresh: LedgerEntry[] = [];
    this.#entries.set(flowId, fresh);
    return fresh;
  }

  at(flowId: FlowId, version: number): LedgerEntry | undefined {
    return this.of(flowId).find((entry) => entry.version === version);
  }

  /** What the controller's writes of this flow left, the oldest first. */
  ours(flowId: FlowId): readonly (LedgerEntry & { readonly write: LedgerWrite })[] {
    return this.of(flowId).flatMap((entry) => {
      const { write } = entry;
      return write ? [{ ...entry, write }] : [];
    });
  }
}
