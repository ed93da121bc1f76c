/** `event`: something that is audited without an attempt to write a flow. `notice`: a notification. */
export type IdKind = 'run' | 'attempt' | 'event' | 'notice';

/** New names. In tests they count up; in life they are unique and sort by time. */
export interface Ids {
  next(kind: IdKind): string;
}
