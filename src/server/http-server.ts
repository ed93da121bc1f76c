import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { FlowkeeperError } from '../domain/errors.ts';

const MAX_HEADER_BYTES = 256 * 1024;
/** Who sends a head, or a whole request, slower than this is cut off. */
const HEAD_MS = 10_000;
const REQUEST_MS = 30_000;

export interface HttpServer {
  /** With the port that it got. */
  readonly url: string;
  close(): Promise<void>;
}

/** @throws http.cannot-listen */
export async function startHttpServer(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  const server = serve({
    fetch: app.fetch,
    hostname: host,
    port,
    createServer,
    serverOptions: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEAD_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1_000,
    },
  });
  await listening(server, `${host}:${String(port)}`);
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        // who listens to events would listen for ever
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function listening(server: ServerType, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      const message = `the controller cannot listen on ${address}: ${reason}`;
      reject(new FlowkeeperError('http.cannot-listen', message, { address, reason }));
    });
  });
}
