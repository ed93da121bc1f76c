import type { OrgConfig } from '../config/config.ts';
import { asFlowkeeperError, isError } from '../domain/errors.ts';
import type { DesiredSource, PinnedRevision } from '../ports/desired-source.ts';
import type { HttpClient, HttpRequest } from '../ports/http-client.ts';
import type { Meter } from '../ports/meter.ts';
import type { StatusBranch } from '../ports/status-branch.ts';

/** The same source; looks at the remote are counted. */
export function meteredSource(source: DesiredSource, meter: Meter): DesiredSource {
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      meter.gitAnswered('look', 'ok');
      return result;
    } catch (error) {
      // git has answered; what it said does not count
      meter.gitAnswered('look', isError(error, 'git.unverified') ? 'ok' : 'failed');
      throw error;
    }
  };
  const judged = async (work: Promise<PinnedRevision>): Promise<PinnedRevision> => {
    try {
      const pinned = await work;
      meter.headJudged(pinned.unverified === undefined);
      return pinned;
    } catch (error) {
      if (isError(error, 'git.unverified')) meter.headJudged(false);
      throw error;
    }
  };
  return withOther(source, {
    pinHead: (signal) => counted(judged(source.pinHead(signal))),
    pin: (ref, signal) => counted(source.pin(ref, signal)),
  });
}

/** The same branch; publications are counted. */
export function meteredStatusBranch(branch: StatusBranch, meter: Meter): StatusBranch {
  return withOther(branch, {
    async commit(build, signal) {
      try {
        const result = await branch.commit(build, signal);
        meter.pushed(result.kind);
        meter.gitAnswered('push', 'ok');
        return result;
      } catch (error) {
        meter.pushed('failed');
        meter.gitAnswered('push', 'failed');
        throw error;
      }
    },
  });
}

/** The same port with some methods replaced. */
function withOther<T extends object>(port: T, other: Partial<T>): T {
  return new Proxy(port, {
    get(target, key) {
      if (Object.hasOwn(other, key)) return Reflect.get(other, key) as unknown;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** The same client; what an org's API answers is counted, by what was asked. */
export function meteredHttp(http: HttpClient, org: OrgConfig, meter: Meter): HttpClient {
  return {
    async send(request, signal) {
      const operation = operationOf(org, request);
      try {
        const answer = await http.send(request, signal);
        meter.apiAnswered(org.name, operation, String(answer.status));
        return answer;
      } catch (error) {
        const code = signal.aborted ? 'cancelled' : asFlowkeeperError(error).code;
        meter.apiAnswered(org.name, operation, code.replace(/^api\./, ''));
        throw error;
      }
    },
  };
}

function operationOf({ paths, auth }: OrgConfig, { method, url }: HttpRequest): string {
  const path = new URL(url).pathname;
  if (path.endsWith(paths.token) || url === auth.url) return 'token';
  if (method === 'PATCH') return 'write';
  if (path.endsWith(paths.reload)) return 'reload';
  if (path.endsWith(paths.flows)) return 'list';
  const lookups = [paths.queues, paths.users, paths.teams];
  return lookups.some((each) => path.endsWith(each)) ? 'lookup' : 'read';
}
