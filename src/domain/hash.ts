import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Json } from './json.ts';

/** The canonical JSON text of a value (RFC 8785): equal values have equal texts, whatever their key order. */
export function canonicalText(value: Json): string {
  return canonicalize(value) ?? 'null';
}

/** sha256 of the canonical JSON of a value, in lower-case hex (64 characters). */
export function hashOf(value: Json): string {
  return sha256(canonicalText(value));
}

/** sha256 of a text (as UTF-8) or of bytes, in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}
