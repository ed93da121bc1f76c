import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/soak.ts', import.meta.url));
const LONGEST_MS = 120_000;

test(
  'five hours with a service that keeps failing leave nothing behind: no memory, no handle, no flow that differs',
  async () => {
    // a process of its own: a test runner's memory says nothing
    const args = ['--expose-gc', SCRIPT, '--runs', '60', '--flows', '12'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];

    expect(`${String(code)}\n${said}`).toMatch(/^0\n[^]*\n60 runs of 12 flows, [^]*\nok\n$/);
  },
  LONGEST_MS,
);
