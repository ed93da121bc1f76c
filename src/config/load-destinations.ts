import { COMMIT_STATUS } from '../domain/destination.ts';
import type { Channel, Destination, NewsFilter } from '../domain/destination.ts';
import { parseDuration } from '../domain/duration.ts';
import { withoutUndefined } from '../domain/without-undefined.ts';
import type { NotificationsConfig } from './config.ts';
import type {
  ConfigCommitStatus,
  ConfigEMailDestination,
  ConfigNotifications,
} from './formats.generated.ts';
import { withoutEndSlash } from './service-url.ts';

export function notificationsOf(file: ConfigNotifications): NotificationsConfig {
  const { webhook, slack, teams, email, commitStatus, pageUrl } = file;
  const each = <T extends Wants>(of: Readonly<Record<string, T>>, channel: (one: T) => Channel) =>
    Object.entries(of).map(([name, one]) => destinationOf(name, one, channel(one)));
  return {
    giveUpAfterMs: parseDuration(file.giveUpAfter) ?? 0,
    ...(pageUrl !== undefined && { pageUrl: withoutEndSlash(pageUrl) }),
    destinations: [
      ...each(webhook, ({ url, secrets }) => ({ kind: 'webhook', url, secrets })),
      ...each(slack, ({ url, template }) => ({
        kind: 'slack',
        url,
        ...withoutUndefined({ template }),
      })),
      ...each(teams, ({ url, template }) => ({
        kind: 'teams',
        url,
        ...withoutUndefined({ template }),
      })),
      ...each(email, emailOf),
      ...(commitStatus ? [commitStatusOf(commitStatus)] : []),
    ],
  };
}

type Wants = Pick<Destination, 'tell' | keyof NewsFilter>;

function destinationOf(
  name: string,
  { tell, orgs, flows, states, severity }: Wants,
  channel: Channel,
): Destination {
  return { name, tell, severity, channel, ...withoutUndefined({ orgs, flows, states }) };
}

function emailOf(file: ConfigEMailDestination): Channel {
  const { host, security, user, password, from, to, subject, template } = file;
  return {
    kind: 'email',
    host,
    port: file.port ?? (security === 'tls' ? 465 : 587),
    security,
    from,
    to,
    ...withoutUndefined({ user, password, subject, template }),
  };
}

const APIS = { github: 'https://api.github.com', gitlab: 'https://gitlab.com/api/v4' };

function commitStatusOf(file: ConfigCommitStatus): Destination {
  const { host, api, repository, token, name } = file;
  return {
    name: COMMIT_STATUS,
    tell: [],
    severity: 'info',
    channel: {
      kind: 'commit-status',
      ...{ host, repository, token, name },
      api: withoutEndSlash(api ?? APIS[host]),
    },
  };
}
