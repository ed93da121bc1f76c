// Makes dist/cli/ of dist/src/: the command line with the packages it uses, in a few files, so that a command starts
// in half the time (docs/adr: one bundle). Run by scripts/setup.mjs after the compiler.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(new URL('../dist/cli', import.meta.url), { recursive: true, force: true });

// packages that were written for require() ask for node's modules by it
const REQUIRE =
  "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);";

await build({
  absWorkingDir: root,
  entryPoints: ['dist/src/cli/main.js'],
  outdir: 'dist/cli',
  bundle: true,
  // what only one command needs is read by that one alone
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  sourcesContent: false,
  banner: { js: REQUIRE },
  logLevel: 'warning',
});
