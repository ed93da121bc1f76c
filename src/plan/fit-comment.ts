/**
 * A text with its mark before it, such that a host takes it: cut between two folds, and told so at its end.
 *
 * @param mark an HTML comment, by which the comment is found again
 */
export function fitComment(mark: string, text: string, maxLength: number): string {
  const whole = `${mark}\n${text}`;
  if (whole.length <= maxLength) return whole;
  const note = '\n\n_More did not fit here; the log of the job has all of it._\n';
  const room = maxLength - mark.length - 1 - note.length;
  const ends = [...text.matchAll(/\n<\/details>\n|\n(?=\n<details>)/g)];
  const end = ends.map(({ 0: match, index }) => index + match.length).findLast((at) => at <= room);
  // a text without folds is cut between two lines, and one without lines where it must be
  const line = text.lastIndexOf('\n', room);
  const at = end ?? (line > 0 ? line : room);
  return `${mark}\n${text.slice(0, at).trimEnd()}${note}`;
}
