import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { EmailChannel } from '../../domain/destination.ts';
import type { Delivery, MailMessage } from '../../ports/transports.ts';
import { plainWords } from './plain-words.ts';

const CONNECT_MS = 10_000;
/** Of silence. */
const SOCKET_MS = 20_000;
const MAX_WORDS = 160;

/** By SMTP; what the message names is never fetched. The library is only loaded when there is something to send. */
export async function sendEmail(
  to: EmailChannel,
  message: MailMessage,
  signal: AbortSignal,
): Promise<Delivery> {
  signal.throwIfAborted();
  const { createTransport } = await import('nodemailer');
  const line = openLine(to, signal);
  const transport = createTransport({
    host: to.host,
    port: to.port,
    secure: to.security === 'tls',
    requireTLS: to.security === 'starttls',
    ignoreTLS: to.security === 'none',
    ...(to.user !== undefined && { auth: { user: to.user, pass: to.password ?? '' } }),
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options: unknown, callback: SocketCallback) => {
      line.open(callback);
    },
  });
  try {
    const sent = await transport.sendMail(mailOf(to, message));
    const refused = sent.rejected.length;
    const rest = refused > 0 ? `; ${String(refused)} recipient(s) refused` : '';
    return { kind: 'delivered', answer: `${plainWords(sent.response, MAX_WORDS)}${rest}` };
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(error);
  } finally {
    line.close();
    transport.close();
  }
}

function mailOf({ from, to }: EmailChannel, { id, subject, text, html }: MailMessage): object {
  return {
    from,
    to: [...to],
    subject,
    text,
    messageId: `<${id}@flowkeeper>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(html && {
      attachments: [{ filename: html.name, content: html.text, contentType: 'text/html' }],
    }),
  };
}

type SocketCallback = (error: Error | null, socket?: { readonly connection: Socket }) => void;

/** A connection that ends with the signal, which the library knows nothing of. */
function openLine(
  { host, port }: EmailChannel,
  signal: AbortSignal,
): { readonly open: (callback: SocketCallback) => void; readonly close: () => void } {
  let socket: Socket | undefined;
  const close = (): void => {
    signal.removeEventListener('abort', close);
    socket?.destroy();
  };
  return {
    close,
    open(callback) {
      const opened = connect({ host, port });
      socket = opened;
      signal.addEventListener('abort', close, { once: true });
      opened.setTimeout(CONNECT_MS, () => {
        opened.destroy(new Error(`no connection within ${String(CONNECT_MS)} ms`));
      });
      opened.once('error', callback);
      opened.once('close', () => {
        callback(new Error('the connection was closed'));
      });
      opened.once('connect', () => {
        opened.setTimeout(0);
        opened.removeListener('error', callback);
        opened.removeAllListeners('close');
        callback(null, { connection: opened });
      });
    },
  };
}

/** A server that refuses the recipients or the message for good (5xx) refuses them again; a wrong password is mended. */
function failureOf(thrown: unknown): Delivery {
  const { code, responseCode, message } = thrown as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly message?: string;
  };
  const isRefused = code === 'EENVELOPE' || code === 'EMESSAGE';
  return {
    kind: 'failed',
    reason: `${code ?? 'ESMTP'}: ${plainWords(message ?? 'it failed', MAX_WORDS)}`,
    isFinal: isRefused && (responseCode ?? 0) >= 500,
  };
}
