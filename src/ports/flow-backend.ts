import type { RequestPriority } from './rate-gate.ts';
import type { DependencyKind, FlowId, LiveFlow, Settings } from '../domain/flow.ts';

/** One page of the org's flows, parsed only when asked. */
export interface LivePage {
  /** sha256 of the page's bytes: two pages of equal digest hold equal flows. */
  readonly digest: string;
  /** Flows on this page. */
  readonly count: number;
  /** Parses and checks at the first call. @throws api.bad-answer, api.page-fault */
  flows(): readonly LiveFlow[];
}

/** What the org's API lets us see of one kind of dependency. */
export type KindAccess =
  { readonly kind: 'readable' } | { readonly kind: 'forbidden'; readonly permission: string };

/** What one cheap look at an org showed. */
export interface BackendProbe {
  /** Epoch ms as the service's own clock has it, to the second; undefined where it does not tell. */
  readonly serviceTimeAt?: number;
  /** One of the org's flows, to try a read on; undefined: the first page held none. */
  readonly someFlow?: FlowId;
}

/**
 * One org of the remote system, as the engine wants it: paging, tokens, rate, retries of reads,
 * and how this system locks (version + 1, same version, fingerprint) are the adapter's business.
 * Every method may throw api.unreachable, api.timeout, api.reset, api.server-error, api.rate-limited,
 * api.unauthorized, api.forbidden, api.bad-answer, api.too-large, api.token-refused.
 */
export interface FlowBackend {
  /** One cheap request: resolves when the address is that of the service, and we may read its flows. */
  probe(signal: AbortSignal): Promise<BackendProbe>;

  /**
   * Every flow of the org once, page by page, in the service's order.
   * The iteration ends normally only when the list was whole: a repeated page token or flow id, or a
   * `total` that disagrees with what came, is api.page-fault, thrown at the latest at the end.
   */
  pages(signal: AbortSignal): AsyncIterable<LivePage>;

  /** The flow as it is now, with its settings. @throws api.not-found */
  read(id: FlowId, signal: AbortSignal): Promise<LiveFlow>;

  /**
   * Replaces the named blocks whole, if the flow is still as `base`. Sent at most once.
   * Resolves with the flow as stored, or undefined where the service answers without a body.
   * @throws api.conflict: nothing was changed; api.refused, api.forbidden, api.not-found,
   *   api.rate-limited, api.unreachable: nothing was changed; any other: it may have landed
   */
  write(base: LiveFlow, blocks: Settings, signal: AbortSignal): Promise<LiveFlow | undefined>;

  /** Makes the running system load what is stored. Idempotent. A no-op where writing is enough. */
  reload(signal: AbortSignal): Promise<void>;

  /** Whether this kind can be read with our permissions; a 403 is an answer here, not an error. */
  accessTo(kind: DependencyKind, signal: AbortSignal): Promise<KindAccess>;

  /** Those of `names` that the org does not have, compared exactly. @throws api.forbidden */
  missingOf(
    kind: DependencyKind,
    names: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;

  /** The same org, all of whose requests have this priority; without, they are `routine`. */
  withPriority(priority: RequestPriority): FlowBackend;
}
