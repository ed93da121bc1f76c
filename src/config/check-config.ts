import { checkDestinations } from './check-destinations.ts';
import { faultAt } from './fault.ts';
import type { Fault } from './fault.ts';
import type { ConfigFile, ConfigOrg } from './formats.generated.ts';
import { isLoopback, isPrivateUrl, withoutEndSlash } from './service-url.ts';
import type { Places } from './yaml-places.ts';

/** Folders at the root of the status branch. */
const STATUS_FOLDERS = ['status', 'audit', 'snapshots', 'reports', 'orgs'];

/** What a schema cannot say: values that do not go together, and what this version does not do yet. */
export function checkConfig(config: ConfigFile, places: Places): readonly Fault[] {
  return [
    ...checkVerify(config, places),
    ...checkStatus(config, places),
    ...checkState(config, places),
    ...checkListen(config, places),
    ...Object.entries(config.orgs).flatMap(([name, org]) => checkOrg(name, org, places)),
    ...checkSameOrg(config, places),
    ...checkDestinations(config, places),
  ];
}

function checkVerify({ source, status }: ConfigFile, places: Places): readonly Fault[] {
  const { verify } = source;
  if (!verify) return [];
  const place = places.ofKey(['source', 'verify']);
  if (verify.allowedSigners === undefined && verify.openpgpKeys === undefined)
    return [
      faultAt(
        place,
        'config.invalid',
        '`source.verify` names nobody who may sign',
        'Set `allowedSigners` for SSH keys, `openpgpKeys` for OpenPGP keys, or both.',
      ),
    ];
  if (status.mode !== 'same-branch') return [];
  return [
    faultAt(
      place,
      'config.invalid',
      "with `status.mode: same-branch` the branch's head is often a commit of flowkeeper, which is not signed",
      'Let the status have a branch of its own.',
    ),
  ];
}

function checkStatus(config: ConfigFile, places: Places): readonly Fault[] {
  const { source, status } = config;
  const sameRepository =
    plainRepository(status.repository ?? source.repository) === plainRepository(source.repository);
  if (status.mode === 'same-branch') return checkSameBranch(config, sameRepository, places);
  if (!sameRepository || status.branch !== source.branch) return [];
  return [
    faultAt(
      places.ofValue(['status', 'branch']),
      'config.invalid',
      '`status.branch` is the watched branch',
      'Name another branch, or say `mode: same-branch` if this is wanted.',
    ),
  ];
}

function checkSameBranch(
  { source, status }: ConfigFile,
  sameRepository: boolean,
  places: Places,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (!sameRepository || (status.branch ?? source.branch) !== source.branch)
    faults.push(
      faultAt(
        places.ofValue(['status', 'mode']),
        'config.invalid',
        '`mode: same-branch` means the repository and the branch of `source`, and `status` names others',
        'Leave out `status.repository` and `status.branch`, or the mode.',
      ),
    );
  if (STATUS_FOLDERS.includes(source.directory.split('/')[0] ?? ''))
    faults.push(
      faultAt(
        places.ofValue(['source', 'directory']),
        'config.invalid',
        '`source.directory` is a folder that status files are written to with `mode: same-branch`',
      ),
    );
  return faults;
}

function plainRepository(repository: string): string {
  return withoutEndSlash(repository).replace(/\.git$/, '');
}

function checkState({ state }: ConfigFile, places: Places): readonly Fault[] {
  if (state.postgres === undefined) return [];
  return [
    faultAt(
      places.ofKey(['state', 'postgres']),
      'config.invalid',
      '`state.postgres` comes in a later version',
      'Use `state: { directory: .flowkeeper }`.',
    ),
  ];
}

function checkListen({ server }: ConfigFile, places: Places): readonly Fault[] {
  const colon = server.listen.lastIndexOf(':');
  const place = places.ofValue(['server', 'listen']);
  if (Number(server.listen.slice(colon + 1)) > 65_535)
    return [
      faultAt(place, 'schema.violation', 'a port is at most 65535', 'Name a port from 1 to 65535.'),
    ];
  if (server.token !== undefined || server.proxy) return [];
  if (isLoopback(server.listen.slice(0, colon))) return [];
  return [
    faultAt(
      place,
      'config.invalid',
      'other machines can reach this address, and nobody would have to show who he is',
      'Set `server.token` or `server.proxy`, or listen on 127.0.0.1.',
    ),
  ];
}

function checkOrg(name: string, org: ConfigOrg, places: Places): readonly Fault[] {
  const faults: Fault[] = [];
  if (org.backend === 'genesys-cloud')
    faults.push(
      faultAt(
        places.ofValue(['orgs', name, 'backend']),
        'config.invalid',
        'the backend `genesys-cloud` comes in a later version',
        'Use `architect-settings`.',
      ),
    );
  if (org.allowInsecureHttp) return faults;
  const urls = [
    { path: ['orgs', name, 'environment'], url: org.environment },
    { path: ['orgs', name, 'auth', 'url'], url: org.auth.url },
  ];
  for (const { path, url } of urls) {
    if (url === undefined || isPrivateUrl(url)) continue;
    faults.push(
      faultAt(
        places.ofValue(path),
        'config.invalid',
        'plain http to another machine would show the client secret to everybody on the way',
        'Use https, or say `allowInsecureHttp: true` for this org.',
      ),
    );
  }
  return faults;
}

function checkSameOrg({ orgs }: ConfigFile, places: Places): readonly Fault[] {
  const first = new Map<string, string>();
  return Object.entries(orgs).flatMap(([name, org]) => {
    const key = `${org.orgId.toLowerCase()} ${withoutEndSlash(org.environment).toLowerCase()}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, name);
      return [];
    }
    return [
      faultAt(
        places.ofKey(['orgs', name]),
        'config.invalid',
        `\`${name}\` and \`${other}\` are the same org: \`orgId\` and \`environment\` are equal`,
        'Two would undo what the other does. Keep one.',
      ),
    ];
  });
}
