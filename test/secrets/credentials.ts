import { stringify } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ORG_ID } from '../support/builders.ts';

/** One credential that a config can hold, and how a config holds it. */
interface Credential {
  /** Its place in the schema. */
  readonly path: string;
  /** What only it can be: characters that change in URLs, JSON, HTML and Base64, unless its place forbids them. */
  readonly canary: string;
  readonly inConfig: (canary: string) => object;
}

const CANARY = 'Canary/s3cret+90ab"12\\cd=<e>&fg\'_hijkl~0123';
const URL_CANARY = 'https://hooks.example.com/services/T0Canary/B0Secret/x9y8z7w6v5u4?sig=aB3%2Fq9';

const hook = (host: string): Credential => ({
  path: `/server/webhooks/${host}/secrets/*`,
  canary: CANARY,
  inConfig: (canary) => ({ server: { webhooks: { [host]: { secrets: [canary] } } } }),
});
const chat = (kind: string): Credential => ({
  path: `/notifications/${kind}/*/url`,
  canary: URL_CANARY,
  inConfig: (url) => ({ notifications: { [kind]: { ops: { url } } } }),
});

const HTTPS = { repository: 'https://git.example.com/acme/contact-centre.git' };

/** Every credential of the schema; a test compares the two. */
export const CREDENTIALS: readonly Credential[] = [
  {
    path: '/source/token',
    canary: CANARY,
    inConfig: (token) => ({ source: { ...HTTPS, token } }),
  },
  {
    path: '/status/token',
    canary: CANARY,
    inConfig: (token) => ({ status: { token } }),
  },
  {
    path: '/orgs/*/clientSecret',
    canary: CANARY,
    inConfig: (clientSecret) => ({ orgs: { acme: { ...ORG, clientSecret } } }),
  },
  { path: '/server/token', canary: CANARY, inConfig: (token) => ({ server: { token } }) },
  hook('github'),
  hook('gitlab'),
  hook('bitbucket'),
  hook('gitea'),
  hook('generic'),
  {
    path: '/notifications/webhook/*/url',
    canary: URL_CANARY,
    inConfig: (url) => ({
      notifications: { webhook: { cmdb: { url, secrets: ['0123456789abcdef-plain'] } } },
    }),
  },
  {
    path: '/notifications/webhook/*/secrets/*',
    canary: CANARY,
    inConfig: (secret) => ({
      notifications: {
        webhook: { cmdb: { url: 'https://cmdb.example.com/in', secrets: [secret] } },
      },
    }),
  },
  chat('slack'),
  chat('teams'),
  {
    path: '/notifications/email/*/password',
    canary: CANARY,
    inConfig: (password) => ({
      notifications: {
        email: {
          leads: {
            ...{ host: 'smtp.example.com', user: 'flowkeeper', password },
            ...{ from: 'flowkeeper@example.com', to: ['leads@example.com'] },
          },
        },
      },
    }),
  },
  {
    path: '/notifications/commitStatus/token',
    canary: CANARY,
    inConfig: (token) => ({
      notifications: { commitStatus: { host: 'github', repository: 'acme/centre', token } },
    }),
  },
];

/** What sounds like a credential and is none, and why. */
export const NO_CREDENTIALS: Readonly<Record<string, string>> = {
  '/source/ssh/keyFile': 'the path of a file, which only ssh reads',
  '/source/verify/openpgpKeys': 'the path of a file of public keys',
  '/source/verify/revokedKeys': 'the path of a file of public keys',
  '/status/ssh/keyFile': 'the path of a file, which only ssh reads',
  '/orgs/*/clientId': 'a name: it is told who writes',
  '/orgs/*/paths/token': 'the path of an endpoint',
  '/state/postgres': 'refused until there is such a store, without being quoted',
};

const ORG = {
  ...{ backend: 'architect-settings', environment: 'https://api.example.com', orgId: ORG_ID },
  ...{ clientId: 'flowkeeper', clientSecret: 'another-client-secret' },
};

/** A config that holds this one credential, by way of the environment as it should. */
export function configWith({ canary, inConfig }: Credential): Config {
  const file = { source: HTTPS, orgs: { acme: ORG }, ...inConfig('${CANARY}') };
  const loaded = loadConfig('flowkeeper.yaml', stringify(file), { CANARY: canary });
  if (loaded.ok) return loaded.value;
  throw new Error(JSON.stringify(loaded.diagnostics));
}
