/** Desired settings that are not tried again until git or a person says so. */
export interface HeldBack {
  readonly hash: string;
  readonly reason: string;
  /** They were refused of the flow at this version; of another they may be accepted. Missing: of any. */
  readonly version?: number;
}
