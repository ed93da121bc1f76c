// Makes the checkout ready: installs the locked dependencies and builds dist/, each only when it is
// missing or stale. Needs nothing but Node >= 20 and npm. Run by predemo, pretest and preflowkeeper.
//   node scripts/setup.mjs --check-build   does nothing; exits 1 when dist/ is missing or stale
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkOnly = process.argv.includes('--check-build');
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const INSTALL_STAMP = join(root, 'node_modules', '.flowkeeper-installed');
const BUILD_STAMP = join(root, 'dist', '.flowkeeper-built');

if (!checkOnly)
  ensure('Installing the locked dependencies', INSTALL_STAMP, installInputs(), () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  );
ensure('Building dist/', BUILD_STAMP, buildInputs(), () => {
  run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json']);
  run(process.execPath, [join(root, 'scripts', 'bundle.mjs')]);
});

/** Runs `work` unless the stamp says that these very inputs were already worked on. */
function ensure(title, stamp, inputs, work) {
  const wanted = hashOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (checkOnly) {
    process.stderr.write('setup: dist/ is missing or older than src/: run `npm run setup`\n');
    process.exit(1);
  }
  const startedAt = Date.now();
  process.stderr.write(`setup: ${title} ...\n`);
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  process.stderr.write(`setup: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function installInputs() {
  // not package.json: a script that is added there needs no install
  return [join(root, 'package-lock.json')];
}

function buildInputs() {
  return [
    ...filesBelow(join(root, 'src')),
    ...filesBelow(join(root, 'schemas')),
    join(root, 'tsconfig.json'),
    join(root, 'tsconfig.build.json'),
    join(root, 'scripts', 'bundle.mjs'),
    join(root, 'package-lock.json'),
  ];
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function run(command, args) {
  // stdout belongs to the command that follows: what a tool prints there goes to stderr
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status === 0) return;
  const why = result.error ? result.error.message : `exit code ${String(result.status)}`;
  process.stderr.write(
    `setup: ${command} failed (${why}). Its own words are above; mend that and run again.\n`,
  );
  process.exit(1);
}
