import { createHmac, randomBytes } from 'node:crypto';

/** Where a page begins. */
export interface PagePosition {
  /** Of the first flow that may be on it. */
  readonly ordinal: number;
  /** Empty pages before it at the same place, so that no two tokens of one walk are equal. */
  readonly hop: number;
}

/** Makes and reads continuation tokens; each is good for one list (org and filter) only. */
export class PageTokens {
  readonly #key = randomBytes(16);

  make({ ordinal, hop }: PagePosition, list: string): string {
    const text = `${String(ordinal)}:${String(hop)}`;
    return Buffer.from(`${text}:${this.#seal(text, list)}`).toString('base64url');
  }

  /** Undefined for a token that we did not make for this list. */
  read(token: string, list: string): PagePosition | undefined {
    const [ordinal = '', hop = '', seal] = Buffer.from(token, 'base64url').toString().split(':');
    if (seal !== this.#seal(`${ordinal}:${hop}`, list)) return undefined;
    return { ordinal: Number(ordinal), hop: Number(hop) };
  }

  #seal(text: string, list: string): string {
    return createHmac('sha256', this.#key).update(`${text}|${list}`).digest('hex').slice(0, 16);
  }
}
