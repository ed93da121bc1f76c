import type { Severity, SlackChannel } from '../../domain/destination.ts';
import type { ChatMessage, Delivery } from '../../ports/transports.ts';
import { postJson } from './post.ts';
import type { PostPorts } from './post.ts';

const SIGNS: Readonly<Record<Severity, string>> = {
  info: ':large_green_circle:',
  warning: ':large_yellow_circle:',
  error: ':red_circle:',
};

/** To an incoming webhook: text in which `&`, `<` and `>` of others are escaped already, and no preview of links. */
export function sendSlack(
  ports: PostPorts,
  { url }: SlackChannel,
  { severity, text, link }: ChatMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  const last = link === undefined ? '' : `\n<${link}|Status page>`;
  const body = {
    text: `${SIGNS[severity]} ${text}${last}`,
    unfurl_links: false,
    unfurl_media: false,
  };
  return postJson(ports, { url, body: JSON.stringify(body) }, signal);
}
