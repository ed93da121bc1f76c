import type { ErrorCode } from '../../src/domain/error-details.ts';
import type { FlowkeeperError } from '../../src/domain/errors.ts';
import type { FlowId } from '../../src/domain/flow.ts';
import { anApiError } from '../support/engine-rig.ts';

export type ServiceMethod = 'pages' | 'read' | 'write' | 'reload' | 'lookup';
type ApiCode = Extract<ErrorCode, `api.${string}`>;

/** What goes wrong with one call. */
export interface ServiceFault {
  readonly method: ServiceMethod;
  /** Of this flow; undefined: of whichever. */
  readonly flowId?: FlowId;
  /** The how many-th such call from now on, from 1. */
  readonly nth: number;
  readonly code: ApiCode;
  /** Whether a write or reload takes place all the same: in time, or so many ms after it was sent. */
  readonly lands: 'never' | 'in-time' | number;
  /** When the controller hears of it, ms after it was sent. */
  readonly answersAfterMs: number;
  /** Of a 429: what it asks for; undefined: nothing. */
  readonly retryAfterMs?: number;
  /** Of a list: how many pages come first. */
  readonly afterPages?: number;
}

/** Somebody does something around a call of the controller's. */
export interface ServiceHook {
  readonly method: ServiceMethod;
  readonly flowId?: FlowId;
  readonly nth: number;
  readonly time: 'before' | 'after';
  readonly act: () => void;
}

type Armed<T> = T & { left: number };

/** What waits for its turn; each waits for so many calls of its kind, and then happens once. */
export class Pending<
  T extends { readonly method: ServiceMethod; readonly flowId?: FlowId; readonly nth: number },
> {
  #armed: Armed<T>[] = [];

  add(item: T): void {
    this.#armed.push({ ...item, left: item.nth });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Counts a call; those whose turn it is. */
  take(method: ServiceMethod, flowId: FlowId | undefined, more?: (item: T) => boolean): T[] {
    const met = this.#armed.filter(
      (item) =>
        item.method === method &&
        (item.flowId === undefined || item.flowId === flowId) &&
        (more?.(item) ?? true),
    );
    for (const item of met) item.left -= 1;
    const due = met.filter(({ left }) => left <= 0);
    this.#armed = this.#armed.filter((item) => !due.includes(item));
    return due;
  }
}

export function errorOf({ code, retryAfterMs }: ServiceFault): FlowkeeperError {
  return anApiError(code, retryAfterMs === undefined ? {} : { retryAfterMs });
}
