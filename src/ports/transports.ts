import type {
  CommitStatusChannel,
  EmailChannel,
  Severity,
  SlackChannel,
  TeamsChannel,
  WebhookChannel,
} from '../domain/destination.ts';
import type { Revision } from '../domain/flow.ts';

/** What a receiver made of a message. */
export type Delivery =
  | {
      readonly kind: 'delivered';
      /** What it said, in a few words. */
      readonly answer: string;
    }
  | {
      readonly kind: 'failed';
      /** For a person; names no URL and holds no credential. */
      readonly reason: string;
      /** True when the same message would be refused again. */
      readonly isFinal: boolean;
      /** When the receiver wants to be asked again. */
      readonly retryAfterMs?: number;
    };

export interface WebhookMessage {
  /** The same at each repeat. */
  readonly id: string;
  readonly body: string;
}

/** Harmless in its channel already. */
export interface ChatMessage {
  readonly severity: Severity;
  readonly text: string;
  readonly link?: string;
}

export interface MailMessage {
  /** The same at each repeat. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  /** A file that goes with it. */
  readonly html?: { readonly name: string; readonly text: string };
}

export interface CommitMessage {
  readonly revision: Revision;
  readonly state: 'pending' | 'success' | 'failure';
  /** How the check is called. */
  readonly name: string;
  readonly text: string;
  readonly link?: string;
}

/**
 * Brings one message to one receiver, once. Follows no redirect, reads no long answer, ends in a bounded time. Never
 * throws for what the receiver or the network does; only the signal's reason.
 */
export interface Transports {
  webhook(to: WebhookChannel, message: WebhookMessage, signal: AbortSignal): Promise<Delivery>;
  slack(to: SlackChannel, message: ChatMessage, signal: AbortSignal): Promise<Delivery>;
  teams(to: TeamsChannel, message: ChatMessage, signal: AbortSignal): Promise<Delivery>;
  email(to: EmailChannel, message: MailMessage, signal: AbortSignal): Promise<Delivery>;
  commitStatus(
    to: CommitStatusChannel,
    message: CommitMessage,
    signal: AbortSignal,
  ): Promise<Delivery>;
}
