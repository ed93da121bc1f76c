import { createHmac } from 'node:crypto';
import { isEqualSecret } from '../is-equal-secret.ts';

export type WebhookHost = 'github' | 'gitlab' | 'bitbucket' | 'gitea' | 'generic';

/** How a host shows that a delivery is its own. Header names in lower case. */
interface HostRules {
  /** `hmac`: hex SHA-256 HMAC over the raw body, behind the prefix. `token`: the secret itself. */
  readonly proof: {
    readonly header: string;
    readonly kind: 'hmac' | 'token';
    readonly prefix: string;
  };
  /** Where the host names the delivery; each is given once. */
  readonly deliveryHeader: string;
  readonly eventHeader?: string;
  /** Events that say that a branch moved. */
  readonly pushEvents: readonly string[];
}

export const HOST_RULES: Readonly<Record<WebhookHost, HostRules>> = {
  github: {
    proof: { header: 'x-hub-signature-256', kind: 'hmac', prefix: 'sha256=' },
    deliveryHeader: 'x-github-delivery',
    eventHeader: 'x-github-event',
    pushEvents: ['push'],
  },
  gitlab: {
    proof: { header: 'x-gitlab-token', kind: 'token', prefix: '' },
    deliveryHeader: 'x-gitlab-event-uuid',
    eventHeader: 'x-gitlab-event',
    pushEvents: ['Push Hook', 'System Hook'],
  },
  bitbucket: {
    proof: { header: 'x-hub-signature', kind: 'hmac', prefix: 'sha256=' },
    deliveryHeader: 'x-request-uuid',
    eventHeader: 'x-event-key',
    // Cloud, and Data Center
    pushEvents: ['repo:push', 'repo:refs_changed'],
  },
  gitea: {
    proof: { header: 'x-gitea-signature', kind: 'hmac', prefix: '' },
    deliveryHeader: 'x-gitea-delivery',
    eventHeader: 'x-gitea-event',
    pushEvents: ['push'],
  },
  generic: {
    proof: { header: 'x-flowkeeper-signature-256', kind: 'hmac', prefix: 'sha256=' },
    deliveryHeader: 'x-flowkeeper-delivery',
    pushEvents: [],
  },
};

export type HeaderOf = (name: string) => string | undefined;

/**
 * Whether a delivery shows knowledge of one of the secrets. Nothing of the body is interpreted, and how long it takes
 * tells nothing of the secrets.
 */
export function isVerified(
  host: WebhookHost,
  secrets: readonly string[],
  headerOf: HeaderOf,
  body: Uint8Array,
): boolean {
  const { header, kind, prefix } = HOST_RULES[host].proof;
  const shown = headerOf(header) ?? '';
  const expected = secrets.map((secret) =>
    kind === 'token'
      ? secret
      : `${prefix}${createHmac('sha256', secret).update(body).digest('hex')}`,
  );
  // all of them are compared, whichever it is
  return expected.map((each) => isEqualSecret(each, shown)).includes(true);
}
