import { makeRedactor as makeTextRedactor } from '../../domain/redact.ts';

export type Redact = (text: string) => string;

/** Terminal sequences and other control characters that a remote may send, apart from line ends. */
const CONTROL = /\u001b\[[0-9;]*[A-Za-z]|(?!\n)\p{Cc}/gu;

/** Makes texts of git and of remotes fit for people: credentials hidden, control characters dropped. */
export function makeRedactor(secrets: readonly string[]): Redact {
  const redact = makeTextRedactor(secrets);
  return (text) => redact(text).replace(CONTROL, '');
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
