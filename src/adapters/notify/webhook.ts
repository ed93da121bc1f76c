import { Webhook } from 'standardwebhooks';
import type { WebhookChannel } from '../../domain/destination.ts';
import type { Delivery, WebhookMessage } from '../../ports/transports.ts';
import { postJson } from './post.ts';
import type { PostPorts } from './post.ts';

/** As the Standard Webhooks specification has it; with two secrets there are two signatures, of which one has to fit. */
export function sendWebhook(
  ports: PostPorts,
  { url, secrets }: WebhookChannel,
  { id, body }: WebhookMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  const at = new Date(ports.clock.now());
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => signerOf(secret).sign(id, at, body)).join(' '),
  };
  return postJson(ports, { url, body, headers }, signal);
}

/** `whsec_…` is Base64, as the specification writes secrets; anything else is the key as it is. */
function signerOf(secret: string): Webhook {
  return secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(secret, { format: 'raw' });
}
