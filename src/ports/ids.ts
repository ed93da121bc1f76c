/** New names. In tests they count up; in life they are unique and sort by time. */
export interface Ids {
  next(kind: 'run' | 'attempt'): string;
}
