/**
 * Plants small faults in gates, plan and engine, one at a time, and looks whether a test of the same room finds each
 * (Stryker). Prints the score of each room and every mutant that no test found; dist/mutants-ROOM.json has all of it.
 *
 *     npm run mutants -- [gates] [plan] [engine] [--one-in 10]
 *
 * With `--one-in` only each n-th window of lines is looked at: the engine as a whole takes a night.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROOMS = ['gates', 'plan', 'engine'];
const FOUND = new Set(['Killed', 'Timeout']);
const UNFOUND = new Set(['Survived', 'NoCoverage']);
const MAX_SHOWN = 60;

const { values, positionals } = parseArgs({
  options: { 'one-in': { type: 'string', default: '1' } },
  allowPositionals: true,
});
for (const room of positionals.length > 0 ? positionals : ROOMS) {
  if (!ROOMS.includes(room)) throw new Error(`${room} is not one of ${ROOMS.join(', ')}`);
  const { status } = spawnSync(`${ROOT}node_modules/.bin/stryker`, ['run'], {
    cwd: ROOT,
    env: { ...process.env, FLOWKEEPER_MUTANTS: room, FLOWKEEPER_MUTANTS_ONE_IN: values['one-in'] },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
  else tell(room, JSON.parse(readFileSync(`${ROOT}dist/mutants-${room}.json`, 'utf8')) as Report);
}

function tell(room: string, { files }: Report): void {
  const mutants = Object.entries(files).flatMap(([file, { mutants: own }]) =>
    own.map((mutant) => ({ file, ...mutant })),
  );
  const found = mutants.filter(({ status }) => FOUND.has(status)).length;
  const unfound = mutants.filter(({ status }) => UNFOUND.has(status));
  const all = found + unfound.length;
  const left = mutants.length - all;
  const score = ((100 * found) / all).toFixed(1);
  const lines = unfound.map(({ file, status, mutatorName, replacement = '', location }) => {
    const place = `${file}:${String(location.start.line)}:${String(location.start.column)}`;
    const shown = replacement.replaceAll(/\s+/g, ' ').slice(0, MAX_SHOWN);
    return `  ${place}  ${status}  ${mutatorName}  ${shown}`;
  });
  process.stdout.write(
    [
      `src/${room}: ${String(found)} of ${String(all)} mutants found, ${score} %; ${String(left)} not judged (static, or not valid code)`,
      ...lines,
      '',
    ].join('\n'),
  );
}
