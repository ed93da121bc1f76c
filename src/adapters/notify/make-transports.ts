import type { Transports } from '../../ports/transports.ts';
import { sendCommitStatus } from './commit-status.ts';
import { sendEmail } from './email.ts';
import type { PostPorts } from './post.ts';
import { sendSlack } from './slack.ts';
import { sendTeams } from './teams.ts';
import { sendWebhook } from './webhook.ts';

/** Everything over one HTTP client, and mail. */
export function makeTransports(ports: PostPorts): Transports {
  return {
    webhook: (to, message, signal) => sendWebhook(ports, to, message, signal),
    slack: (to, message, signal) => sendSlack(ports, to, message, signal),
    teams: (to, message, signal) => sendTeams(ports, to, message, signal),
    email: (to, message, signal) => sendEmail(to, message, signal),
    commitStatus: (to, message, signal) => sendCommitStatus(ports, to, message, signal),
  };
}
