import type { Exchange } from './answer-errors.ts';
import { checkWire } from './wire-checks.ts';
import type { WireShapes } from './wire-checks.ts';

/** The body of a 2xx in its expected shape. @throws api.bad-answer */
export function bodyAs<K extends keyof WireShapes>(shape: K, exchange: Exchange): WireShapes[K] {
  const checked = checkWire(shape, jsonOf(exchange));
  if (checked.ok) return checked.value;
  throw exchange.badAnswer(checked.reason);
}

/**
 * For a 2xx of which only the status is agreed upon.
 * @throws api.bad-answer for a web page: a proxy in between sent it, and the service was never asked
 */
export function refuseWebPage(exchange: Exchange): void {
  if (/^\s*<(!doctype\s+html|html)\b/i.test(exchange.text)) throw exchange.badAnswer('a web page');
}

/** JSON, in UTF-8 (a wrong byte is a fault, not a replacement character that ends up in a flow). */
function jsonOf(exchange: Exchange): unknown {
  const { body } = exchange.answer;
  if (body.byteLength === 0) throw exchange.badAnswer('an empty body');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw exchange.badAnswer('a body that is not UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    const kind = /^\s*</.test(text) ? 'HTML or XML' : 'a body that is not JSON, or cut';
    throw exchange.badAnswer(exchange.asked.isSecret === true ? kind : `${kind}: ${text}`);
  }
}
