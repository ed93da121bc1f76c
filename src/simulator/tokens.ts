import { randomBytes } from 'node:crypto';

interface Issued {
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

const SWEEP_ABOVE = 1_000;

/** The bearer tokens that the service has handed out. */
export class Tokens {
  readonly ttlSeconds: number;
  readonly #now: () => number;
  readonly #issued = new Map<string, Issued>();

  constructor(ttlSeconds: number, now: () => number) {
    this.ttlSeconds = ttlSeconds;
    this.#now = now;
  }

  issue(clientId: string): string {
    if (this.#issued.size > SWEEP_ABOVE) this.#sweep();
    const token = randomBytes(32).toString('base64url');
    this.#issued.set(token, { clientId, expiresAt: this.#now() + this.ttlSeconds * 1_000 });
    return token;
  }

  /** The client's id, or undefined for a token that is unknown, revoked or expired. */
  clientOf(authorization: string | undefined): string | undefined {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    const issued = token === undefined ? undefined : this.#issued.get(token);
    return issued !== undefined && this.#now() < issued.expiresAt ? issued.clientId : undefined;
  }

  /** @returns how many tokens were revoked: one client's, or all */
  revoke(clientId?: string): number {
    const before = this.#issued.size;
    for (const [token, issued] of this.#issued) {
      if (clientId === undefined || issued.clientId === clientId) this.#issued.delete(token);
    }
    return before - this.#issued.size;
  }

  #sweep(): void {
    const now = this.#now();
    for (const [token, { expiresAt }] of this.#issued) {
      if (expiresAt <= now) this.#issued.delete(token);
    }
  }
}
