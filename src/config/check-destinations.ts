import { COMMIT_STATUS } from '../domain/destination.ts';
import { faultAt } from './fault.ts';
import type { Fault } from './fault.ts';
import type { ConfigEMailDestination, ConfigFile } from './formats.generated.ts';
import { isLoopback, isPrivateUrl } from './service-url.ts';
import type { Places } from './yaml-places.ts';

const KINDS = ['webhook', 'slack', 'teams', 'email'] as const;

/** What a schema cannot say of `notifications`. */
export function checkDestinations(config: ConfigFile, places: Places): readonly Fault[] {
  return [
    ...checkNames(config, places),
    ...checkOrgs(config, places),
    ...checkSecrets(config, places),
    ...Object.entries(config.notifications.email).flatMap(([name, one]) =>
      checkEmail(name, one, places),
    ),
    ...checkApi(config, places),
  ];
}

function checkNames({ notifications }: ConfigFile, places: Places): readonly Fault[] {
  const known = new Set<string>([COMMIT_STATUS]);
  return KINDS.flatMap((kind) =>
    Object.keys(notifications[kind]).flatMap((name) => {
      if (!known.has(name)) {
        known.add(name);
        return [];
      }
      const what =
        name === COMMIT_STATUS
          ? 'the commit status is called so'
          : 'another destination is called so';
      const place = places.ofKey(['notifications', kind, name]);
      return [faultAt(place, 'config.invalid', what, 'Take another name.')];
    }),
  );
}

interface Filtered {
  readonly orgs?: readonly string[];
}

/** A misspelt name would tell nobody, and nobody would notice. */
function checkOrgs({ notifications, orgs }: ConfigFile, places: Places): readonly Fault[] {
  return KINDS.flatMap((kind) =>
    Object.entries<Filtered>(notifications[kind]).flatMap(([name, one]) =>
      (one.orgs ?? []).flatMap((org, i) =>
        Object.hasOwn(orgs, org)
          ? []
          : [
              faultAt(
                places.ofValue(['notifications', kind, name, 'orgs', String(i)]),
                'config.invalid',
                'no org is called so',
                `Take one of ${Object.keys(orgs).join(', ')}.`,
              ),
            ],
      ),
    ),
  );
}

function checkSecrets({ notifications }: ConfigFile, places: Places): readonly Fault[] {
  return Object.entries(notifications.webhook).flatMap(([name, { secrets }]) =>
    secrets.flatMap((secret, i) =>
      !secret.startsWith('whsec_') || isBase64(secret.slice('whsec_'.length))
        ? []
        : [
            faultAt(
              places.ofValue(['notifications', 'webhook', name, 'secrets', String(i)]),
              'config.invalid',
              'what follows `whsec_` is no Base64',
              'Copy the whole secret, or take any other text of 16 characters or more.',
            ),
          ],
    ),
  );
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]{16,}={0,2}$/.test(text);
}

function checkEmail(
  name: string,
  { host, security, user, password }: ConfigEMailDestination,
  places: Places,
): readonly Fault[] {
  const at = (key: string): ReturnType<Places['ofKey']> =>
    places.ofKey(['notifications', 'email', name, key]);
  const faults: Fault[] = [];
  if (security === 'none' && !isLoopback(host))
    faults.push(
      faultAt(
        at('security'),
        'config.invalid',
        'without encryption everybody on the way could read the mail and the password',
        'Take `starttls` or `tls`.',
      ),
    );
  if ((user === undefined) !== (password === undefined))
    faults.push(
      faultAt(
        at(user === undefined ? 'password' : 'user'),
        'config.invalid',
        '`user` and `password` go together',
      ),
    );
  return faults;
}

function checkApi({ notifications }: ConfigFile, places: Places): readonly Fault[] {
  const { api, host, repository } = notifications.commitStatus ?? {};
  const at = (key: string): ReturnType<Places['ofValue']> =>
    places.ofValue(['notifications', 'commitStatus', key]);
  const faults: Fault[] = [];
  if (api !== undefined && !isPrivateUrl(api))
    faults.push(
      faultAt(
        at('api'),
        'config.invalid',
        'plain http to another machine would show the token to everybody on the way',
        'Use https.',
      ),
    );
  if (host === 'github' && repository?.split('/').length !== 2)
    faults.push(faultAt(at('repository'), 'config.invalid', 'GitHub wants `owner/name`'));
  return faults;
}
