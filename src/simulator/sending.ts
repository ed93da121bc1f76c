import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Delivery } from './delivery.ts';
import type { Waits } from './timing.ts';

const CHUNK = Buffer.alloc(64 * 1024, 0x78);
const NO_BODY_STATUSES = [204, 304];

export interface SendParts {
  readonly waits: Waits;
  readonly contextId: string;
  /** Epoch milliseconds: the `Date` header. */
  readonly now: number;
  /** Called just before the client can know of the end. */
  readonly ended: (ending: 'answered' | 'reset', status?: number) => void;
}

/** Brings an answer to the client, or fails to, as the delivery says. */
export function deliver(res: ServerResponse, delivery: Delivery, parts: SendParts): void {
  if (delivery.how === 'hang') return;
  if (delivery.how === 'reset') {
    parts.ended('reset');
    res.socket?.resetAndDestroy();
    return;
  }
  const { answer } = delivery;
  const body = Buffer.from(NO_BODY_STATUSES.includes(answer.status) ? '' : (answer.body ?? ''));
  writeHeaders(res, answer, parts);
  if (delivery.how === 'huge') {
    sendHuge(res, delivery.sizeBytes, parts);
    return;
  }
  if (!NO_BODY_STATUSES.includes(answer.status)) res.setHeader('Content-Length', body.length);
  if (delivery.how === 'cut') {
    sendHalf(res, body, parts);
  } else if (delivery.how === 'drip') {
    res.flushHeaders();
    drip(res, body, { ...delivery, parts });
  } else {
    parts.ended('answered', answer.status);
    res.end(body);
  }
}

function writeHeaders(res: ServerResponse, answer: Answer, { contextId, now }: SendParts): void {
  res.statusCode = answer.status;
  res.setHeader('ININ-Correlation-Id', contextId);
  res.setHeader('Date', new Date(now).toUTCString());
  if (answer.body !== undefined) res.setHeader('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value);
}

/** The connection ends in order (no reset), so that only the announced length tells of the loss. */
function sendHalf(res: ServerResponse, body: Buffer, { ended }: SendParts): void {
  ended('answered', res.statusCode);
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    res.socket?.end();
  });
}

function drip(
  res: ServerResponse,
  body: Buffer,
  how: { readonly chunkBytes: number; readonly delayMs: number; readonly parts: SendParts },
): void {
  const { chunkBytes, delayMs, parts } = how;
  parts.waits.after(delayMs, () => {
    if (res.destroyed) return;
    if (body.length <= chunkBytes) {
      parts.ended('answered', res.statusCode);
      res.end(body);
      return;
    }
    res.write(body.subarray(0, chunkBytes));
    // by a turn of the loop, so that a delay of 0 cannot exhaust the stack
    setImmediate(() => {
      drip(res, body.subarray(chunkBytes), how);
    });
  });
}

/** `{"padding":"xxx…"}` of exactly this size, no faster than the client reads. */
function sendHuge(res: ServerResponse, sizeBytes: number, { ended }: SendParts): void {
  const [open, close] = ['{"padding":"', '"}'];
  let left = Math.max(0, sizeBytes - open.length - close.length);
  const more = (): void => {
    while (left > 0 && !res.destroyed) {
      const chunk = CHUNK.subarray(0, Math.min(left, CHUNK.length));
      left -= chunk.length;
      if (!res.write(chunk)) {
        res.once('drain', more);
        return;
      }
    }
    if (res.destroyed) return;
    ended('answered', res.statusCode);
    res.end(close);
  };
  res.write(open);
  more();
}
