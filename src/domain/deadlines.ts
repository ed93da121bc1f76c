/**
 * The longest total times, in milliseconds. They are hard: whatever is repeated or waited for within one counts, and
 * none is ever prolonged.
 */
export interface Deadlines {
  /** One run of one org, all that follows but `source` and `command` included. */
  readonly runMs: number;
  /** Finding out where the branch is, and fetching it. */
  readonly sourceMs: number;
  /** Reading and checking the files. */
  readonly loadMs: number;
  /** Reading the live flows, all pages. */
  readonly liveMs: number;
  /** Computing the plan. */
  readonly planMs: number;
  /** One question about what flows depend on; each is asked once in a run. */
  readonly lookUpMs: number;
  /** One reload, which many flows may wait for. */
  readonly reloadMs: number;
  /** One flow's way through the machine. */
  readonly flowMs: number;
  /** Recording on the status branch, once. */
  readonly recordMs: number;
  /** A command that only looks at what is recorded, or notes a wish. */
  readonly commandMs: number;
}
