import type { Severity, TeamsChannel } from '../../domain/destination.ts';
import type { ChatMessage, Delivery } from '../../ports/transports.ts';
import { postJson } from './post.ts';
import type { PostPorts } from './post.ts';

const COLORS: Readonly<Record<Severity, string>> = {
  info: 'good',
  warning: 'warning',
  error: 'attention',
};

/**
 * To a workflow "Post to a channel when a webhook request is received": one adaptive card. Text stands in text runs,
 * which show what they hold: a text block would read it as Markdown, with links that others wrote.
 */
export function sendTeams(
  ports: PostPorts,
  { url }: TeamsChannel,
  message: ChatMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  return postJson(ports, { url, body: JSON.stringify(cardMessage(message)) }, signal);
}

function cardMessage({ severity, text, link }: ChatMessage): object {
  const [title = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const run = (words: string, look: object): object => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text: words, ...look }],
  });
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      run(title, { weight: 'bolder', color: COLORS[severity] }),
      ...lines.map((line) => run(line, {})),
    ],
    ...(link !== undefined && {
      actions: [{ type: 'Action.OpenUrl', title: 'Status page', url: link }],
    }),
  };
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content },
    ],
  };
}
