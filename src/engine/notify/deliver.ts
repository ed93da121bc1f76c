import type { Destination } from '../../domain/destination.ts';
import type {
  CommitStatusChannel,
  EmailChannel,
  SlackChannel,
  TeamsChannel,
  WebhookChannel,
} from '../../domain/destination.ts';
import type { Redactor } from '../../domain/redact.ts';
import type { NewNotice } from '../../ports/notice-store.ts';
import type {
  ChatMessage,
  CommitMessage,
  Delivery,
  MailMessage,
  Transports,
  WebhookMessage,
} from '../../ports/transports.ts';
import { bodyOf } from './notice-body.ts';
import {
  commitMessage,
  mailMessage,
  slackMessage,
  teamsMessage,
  webhookMessage,
} from './render-notice.ts';

/** A notice in the words of its channel; undefined message: it says nothing there. */
export type Addressed =
  | { readonly kind: 'webhook'; readonly to: WebhookChannel; readonly message: WebhookMessage }
  | { readonly kind: 'slack'; readonly to: SlackChannel; readonly message: ChatMessage }
  | { readonly kind: 'teams'; readonly to: TeamsChannel; readonly message: ChatMessage }
  | { readonly kind: 'email'; readonly to: EmailChannel; readonly message: MailMessage }
  | {
      readonly kind: 'commit-status';
      readonly to: CommitStatusChannel;
      readonly message: CommitMessage | undefined;
    };

export function address(
  { channel: to }: Destination,
  notice: Pick<NewNotice, 'noticeId' | 'body'>,
  redact: Redactor,
): Addressed {
  const body = bodyOf(notice);
  const { noticeId } = notice;
  switch (to.kind) {
    case 'webhook':
      return { kind: to.kind, to, message: webhookMessage(noticeId, body, redact) };
    case 'slack':
      return { kind: to.kind, to, message: slackMessage(to, body, redact) };
    case 'teams':
      return { kind: to.kind, to, message: teamsMessage(to, body, redact) };
    case 'email':
      return { kind: to.kind, to, message: mailMessage(to, noticeId, body, redact) };
    case 'commit-status': {
      const message = body.commit && commitMessage(body.commit, redact);
      return { kind: to.kind, to, message };
    }
  }
}

/** Brings a notice to its destination, once. */
export async function deliver(
  { transports, redact }: { readonly transports: Transports; readonly redact: Redactor },
  destination: Destination,
  notice: Pick<NewNotice, 'noticeId' | 'body'>,
  signal: AbortSignal,
): Promise<Delivery> {
  const addressed = address(destination, notice, redact);
  switch (addressed.kind) {
    case 'webhook':
      return transports.webhook(addressed.to, addressed.message, signal);
    case 'slack':
      return transports.slack(addressed.to, addressed.message, signal);
    case 'teams':
      return transports.teams(addressed.to, addressed.message, signal);
    case 'email':
      return transports.email(addressed.to, addressed.message, signal);
    case 'commit-status':
      if (!addressed.message) return { kind: 'delivered', answer: 'nothing to say' };
      return transports.commitStatus(addressed.to, addressed.message, signal);
  }
}
