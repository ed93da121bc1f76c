import type { LoadedOrg } from '../../config/load-desired.ts';
import type { ErrorCode } from '../../domain/error-details.ts';
import { asFlowkeeperError, FlowkeeperError } from '../../domain/errors.ts';
import type { DependencyKind, OrgName } from '../../domain/flow.ts';
import type { BackendProbe, FlowBackend } from '../../ports/flow-backend.ts';
import type { Clock } from '../../ports/clock.ts';
import { kindsOf, KINDS } from '../../gates/dependencies.ts';
import { failed, ok, unchecked, warn } from './check.ts';
import type { Check, CheckName } from './check.ts';

export interface OrgParts {
  readonly org: OrgName;
  readonly backend: FlowBackend;
  readonly clock: Pick<Clock, 'now'>;
  /** What git says of it; undefined: not known. */
  readonly desired: LoadedOrg | undefined;
}

/** From here on the clocks differ by more than the network can explain. */
const WARN_SKEW_MS = 10_000;
const FAIL_SKEW_MS = 120_000;

/** Errors of a first request that tell of the token: the service itself was reached. */
const OF_TOKEN: ReadonlySet<ErrorCode> = new Set(['api.token-refused', 'api.unauthorized']);
/** And those that tell of the flows: the token was good. */
const OF_FLOWS: ReadonlySet<ErrorCode> = new Set(['api.forbidden', 'api.not-found']);

const CHECK_OF: Readonly<Record<DependencyKind, CheckName>> = {
  queue: 'queues',
  user: 'users',
  team: 'teams',
};

/** Whether the org can be reached, and whether we may do what a run does. Reads only. */
export async function checkOrg(parts: OrgParts, signal: AbortSignal): Promise<readonly Check[]> {
  const { org, clock } = parts;
  const sentAt = clock.now();
  let probe: BackendProbe;
  try {
    probe = await parts.backend.probe(signal);
  } catch (error) {
    signal.throwIfAborted();
    return unreached(org, error);
  }
  const skew = checkSkew(org, probe.serviceTimeAt, { sentAt, answeredAt: clock.now() });
  return [
    ok({ check: 'service', org }, 'answers'),
    ok({ check: 'token', org }, 'was granted'),
    await checkRead(parts, probe, signal),
    untoldWrite(org),
    ...(await checkKinds(parts, signal)),
    skew,
  ];
}

/** How far the first request came tells what is right, and the rest cannot be known. */
function unreached(org: OrgName, error: unknown): readonly Check[] {
  const { code } = asFlowkeeperError(error);
  const steps: readonly CheckName[] = ['service', 'token', 'read-flows'];
  const words = ['answers', 'was granted', ''];
  const at = OF_TOKEN.has(code) ? 1 : OF_FLOWS.has(code) ? 2 : 0;
  const rest: readonly CheckName[] = ['write-flows', ...KINDS.map((kind) => CHECK_OF[kind])];
  return [
    ...steps.slice(0, at).map((check, i) => ok({ check, org }, words[i] ?? '')),
    failed({ check: steps[at] ?? 'service', org }, error),
    ...[...steps.slice(at + 1), ...rest, 'clock' as const].map((check) =>
      unchecked({ check, org }, 'not asked, since what comes before it failed'),
    ),
  ];
}

async function checkRead(
  { org, backend }: OrgParts,
  { someFlow }: BackendProbe,
  signal: AbortSignal,
): Promise<Check> {
  const subject = { check: 'read-flows', org } as const;
  if (someFlow === undefined) {
    const message = 'flows may be listed, and the first page held none';
    return warn(subject, message, 'Check `orgId` and the client: does this org have flows?');
  }
  try {
    await backend.read(someFlow, signal);
    return ok(subject, 'flows may be listed and read');
  } catch (error) {
    signal.throwIfAborted();
    return failed(subject, error);
  }
}

function untoldWrite(org: OrgName): Check {
  const message =
    'not asked: whether flows may be written and reloaded, and whether `orgId` is right, shows at the first write';
  return unchecked({ check: 'write-flows', org }, message);
}

const SURPLUS = 'may be read, and no flow needs it: the permission could be taken from the client';

async function checkKinds(
  { org, backend, desired }: OrgParts,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const needed = desired && new Set(desired.flows.flatMap(kindsOf));
  const checks: Check[] = [];
  for (const kind of KINDS) {
    const subject = { check: CHECK_OF[kind], org };
    try {
      const access = await backend.accessTo(kind, signal);
      const isNeeded = needed?.has(kind);
      if (access.kind === 'readable')
        checks.push(ok(subject, isNeeded === false ? SURPLUS : 'may be read'));
      else checks.push(checkForbidden(subject, access.permission, isNeeded));
    } catch (error) {
      signal.throwIfAborted();
      checks.push(failed(subject, error));
    }
  }
  return checks;
}

function checkForbidden(
  subject: { readonly check: CheckName; readonly org: OrgName },
  permission: string,
  isNeeded: boolean | undefined,
): Check {
  const message = `may not be read: ${permission} is missing`;
  if (isNeeded === false) return ok(subject, `${message}, and no flow needs it`);
  const facts = { method: 'GET', url: subject.check, permission };
  const error = new FlowkeeperError('api.forbidden', message, facts);
  if (isNeeded) return failed(subject, error);
  return warn(subject, `${message}; whether a flow needs it is not known`, error.advice);
}

/** The service tells whole seconds, at some moment between question and answer. */
function checkSkew(
  org: OrgName,
  serviceTimeAt: number | undefined,
  { sentAt, answeredAt }: { readonly sentAt: number; readonly answeredAt: number },
): Check {
  const subject = { check: 'clock', org } as const;
  if (serviceTimeAt === undefined) return unchecked(subject, 'the service does not tell its time');
  const aheadMs = sentAt - (serviceTimeAt + 1000);
  const behindMs = serviceTimeAt - answeredAt;
  const skewMs = Math.max(aheadMs, behindMs, 0);
  const which = aheadMs > behindMs ? 'ahead of' : 'behind';
  if (skewMs < WARN_SKEW_MS) return ok(subject, 'agrees with that of the service');
  const message = `this machine's clock is ${String(Math.round(skewMs / 1000))} s ${which} that of the service`;
  const next =
    'Let this machine follow a time server: freeze windows, intervals and waits go by its clock.';
  if (skewMs < FAIL_SKEW_MS) return warn(subject, message, next);
  return { ...subject, result: 'fail', message, next };
}
