import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Longer than any client keeps an idle connection, so that we never close one that is just being used again. */
const KEEP_ALIVE_MS = 65_000;

export interface RunningServer {
  readonly port: number;
  /** Ends every connection at once, hanging ones too. */
  close(): Promise<void>;
}

/** @throws the error of `listen`, for instance EADDRINUSE */
export async function startServer(
  handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>,
  address: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (req, res) => {
    handle(req, res).catch((error: unknown) => {
      res.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    port,
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return closing;
    },
  };
}
