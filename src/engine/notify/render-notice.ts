import type { EmailChannel, SlackChannel, TeamsChannel } from '../../domain/destination.ts';
import type { Redactor } from '../../domain/redact.ts';
import { renderTemplate } from '../../domain/template.ts';
import { withoutUndefined } from '../../domain/without-undefined.ts';
import type {
  ChatMessage,
  CommitMessage,
  MailMessage,
  WebhookMessage,
} from '../../ports/transports.ts';
import type { NoticeBody } from './notice-body.ts';
import { noticeView } from './notice-view.ts';

/** Of the usual words; what a person reads in a chat. */
const TEXT_TEMPLATE = `flowkeeper: {{org}}{{#summary}}: {{summary}}{{/summary}}
{{#isTest}}
This is a test; nothing happened.
{{/isTest}}
{{#orgChange}}
The org is {{state}}{{#before}}, it was {{before}}{{/before}}{{#reason}}: {{reason}}{{/reason}}{{#code}} ({{code}}){{/code}}
{{/orgChange}}
{{#flows}}
- {{name}}: {{state}}{{#isRecovered}} again{{/isRecovered}}{{#before}}, it was {{before}}{{/before}}{{#isApplied}}, written in {{latencyMs}} ms{{/isApplied}}{{#reason}}: {{reason}}{{/reason}}{{#code}} ({{code}}){{/code}}
{{#differences}}
    {{path}}: live {{live}}, git says {{desired}}
{{/differences}}
{{#moreFields}}
    and {{moreFields}} more fields
{{/moreFields}}
{{/flows}}
{{#more}}
and {{more}} more flows
{{/more}}
{{#report}}
{{#lines}}
{{.}}
{{/lines}}
{{#moreLines}}
and {{moreLines}} more lines{{#path}}; all of it is {{path}} on the status branch{{/path}}
{{/moreLines}}
{{/report}}
{{#revision}}
{{#runId}}Run {{runId}}, commit {{revision}}{{/runId}}
{{/revision}}`;

const SUBJECT_TEMPLATE = '[flowkeeper] {{org}}: {{summary}}';

/** Slack takes 40,000 characters, and hides what is beyond some 4,000; a card of Teams is at most 28 KB. */
const MAX_CHAT_LENGTH = 3_500;
const MAX_MAIL_LENGTH = 100_000;
const MAX_SUBJECT_LENGTH = 200;
/** GitHub takes 140 characters. */
const MAX_STATUS_LENGTH = 140;

/** The three characters that can begin markup, mentions and links in Slack. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A card's text runs, and a plain mail, show what they are given. */
function plainText(text: string): string {
  return text;
}

export function slackMessage(
  { template }: SlackChannel,
  body: NoticeBody,
  redact: Redactor,
): ChatMessage {
  return chatMessage(template, body, (text) => slackText(text), redact);
}

export function teamsMessage(
  { template }: TeamsChannel,
  body: NoticeBody,
  redact: Redactor,
): ChatMessage {
  return chatMessage(template, body, plainText, redact);
}

function chatMessage(
  template: string | undefined,
  body: NoticeBody,
  escape: (text: string) => string,
  redact: Redactor,
): ChatMessage {
  const { severity = 'info', link } = body.notification ?? {};
  const view = noticeView(body);
  const text = renderTemplate(template ?? TEXT_TEMPLATE, view, escape);
  return withoutUndefined({
    severity: view['isOver'] === true ? ('info' as const) : severity,
    text: cut(redact(text).trim(), MAX_CHAT_LENGTH),
    link,
  });
}

export function mailMessage(
  { template, subject }: EmailChannel,
  id: string,
  body: NoticeBody,
  redact: Redactor,
): MailMessage {
  const view = noticeView(body);
  const { link } = body.notification ?? {};
  const title = redact(renderTemplate(subject ?? SUBJECT_TEMPLATE, view, plainText));
  const text = redact(renderTemplate(template ?? TEXT_TEMPLATE, view, plainText)).trim();
  return withoutUndefined({
    id,
    subject: cut(title.replaceAll(/\s+/g, ' ').trim(), MAX_SUBJECT_LENGTH),
    text: `${cut(text, MAX_MAIL_LENGTH)}\n${link === undefined ? '' : `\n${link}\n`}`,
    html:
      body.html === undefined ? undefined : { name: 'drift-report.html', text: redact(body.html) },
  });
}

export function webhookMessage(id: string, body: NoticeBody, redact: Redactor): WebhookMessage {
  return { id, body: redact(JSON.stringify(body.notification ?? {})) };
}

export function commitMessage(commit: CommitMessage, redact: Redactor): CommitMessage {
  return { ...commit, text: cut(redact(commit.text), MAX_STATUS_LENGTH) };
}

/** Never through the middle of a character, nor of a `&amp;`. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength - 1);
  return `${head.replace(/[\uD800-\uDBFF]$/, '').replace(/&[a-z]{0,3}$/, '')}…`;
}
