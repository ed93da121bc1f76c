import { AxiosHttpClient } from '../adapters/http/axios-http-client.ts';
import type { Config } from '../config/config.ts';
import { formatDuration } from '../domain/duration.ts';
import { ok, unchecked, warn } from '../engine/doctor/check.ts';
import type { Check } from '../engine/doctor/check.ts';
import type { Clock } from '../ports/clock.ts';

/** This machine answers itself at once, or not at all. */
const TIMEOUTS = { connectMs: 2_000, answerMs: 2_000, callMs: 2_000 };
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Whether the controller answers where push webhooks are to arrive, as seen from this machine. Whether the git host gets
 * there only its own list of deliveries shows.
 */
export async function checkWebhooks(
  { server, source }: Pick<Config, 'server' | 'source'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<Check> {
  const subject = { check: 'webhooks' } as const;
  const hooks = Object.keys(server.webhooks).map((name) => `/hooks/${name}`);
  if (hooks.length === 0)
    return ok(subject, `none: git is looked at each ${formatDuration(source.pollMs)}`);
  const { host, port } = server;
  const address = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const names = hooks.join(', ');
  if (port === 0) return unchecked(subject, `${names} at a port that is chosen at each start`);
  const status = await answerOf(`http://${reachable(host)}:${String(port)}/healthz`, clock, signal);
  if (status === undefined)
    return unchecked(
      subject,
      `${names}: nobody answers at ${address}; does \`flowkeeper run\` work?`,
    );
  if (status !== 200) {
    const next = 'Look what listens there, or set another `server.listen`.';
    return warn(subject, `${names}: what answers at ${address} is no flowkeeper in health`, next);
  }
  const deliveries = 'whether the git host gets there shows its own list of deliveries';
  return ok(subject, `the controller answers at ${address}, for ${names}; ${deliveries}`);
}

/** Every address of this machine is one of it. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Undefined: nobody answers. */
async function answerOf(
  url: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  const http = new AxiosHttpClient({ clock, random: Math.random });
  const request = { method: 'GET', url, headers: {}, timeouts: TIMEOUTS, retry: 'never' } as const;
  try {
    const { status } = await http.send({ ...request, maxAnswerBytes: MAX_ANSWER_BYTES }, signal);
    return status;
  } catch {
    signal.throwIfAborted();
    return undefined;
  } finally {
    http.close();
  }
}
