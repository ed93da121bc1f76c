import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedHook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it does with one request. */
export type HookReply = (response: ServerResponse, request: ReceivedHook) => void;

/** A receiver of webhooks on a free loopback port: keeps what comes, and answers 204 unless a test says otherwise. */
export class HookReceiver {
  readonly received: ReceivedHook[] = [];
  /** For the next requests, in order; the last one stays. */
  readonly replies: HookReply[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<HookReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const hook = { path: request.url ?? '', headers: request.headers, body };
        receiver.received.push(hook);
        const reply = receiver.replies.length > 1 ? receiver.replies.shift() : receiver.replies[0];
        (reply ?? answering(204))(response, hook);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new HookReceiver(server);
    return receiver;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}${path}`;
  }

  /** The bodies, parsed. */
  get documents(): readonly Record<string, unknown>[] {
    return this.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function answering(
  status: number,
  {
    headers = {},
    body = '',
  }: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): HookReply {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}
