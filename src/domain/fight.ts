/** Drift of one flow that was corrected. */
export interface Correction {
  /** Epoch ms. */
  readonly at: number;
  /** Who had made the drift, as far as the service tells. */
  readonly by?: string;
}

/** Set while others are believed to keep changing the flow: it is left alone, apart from a probe now and then. */
export interface FightBreaker {
  /** Epoch ms. */
  readonly openedAt: number;
  /** So long after that, drift is corrected once, to see. */
  readonly pauseMs: number;
  /** Who made the drift that was not corrected any more, as far as the service tells. */
  readonly by?: string;
  /** Drift was corrected since it opened. */
  readonly probed?: true;
  /** Epoch ms since when live is as git says; missing: it is not. */
  readonly calmSince?: number;
}

/** What is remembered of corrected drift of one flow. */
export interface Fight {
  /** Hash of the desired settings that are fought for; other settings are another matter. */
  readonly hash: string;
  /** Oldest first. */
  readonly corrections: readonly Correction[];
  readonly breaker?: FightBreaker;
}
