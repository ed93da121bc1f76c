import net from 'node:net';

/** What the server does with the nth request (from 0) on any connection. */
export type RawReply = (socket: net.Socket, request: string, nth: number) => void;

export interface RawServer {
  readonly port: number;
  /** Requests as they came, heads and bodies. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A TCP server on a free loopback port that answers bytes as told: cut, hanging, not HTTP at all. */
export async function startRawServer(reply: RawReply): Promise<RawServer> {
  const open = new Set<net.Socket>();
  const requests: string[] = [];
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.on('data', (bytes) => {
      requests.push(bytes.toString('latin1'));
      reply(socket, requests.at(-1)!, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    port,
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
