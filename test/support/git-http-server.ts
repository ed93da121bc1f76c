import { spawn } from 'node:child_process';
import http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface GitHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
}

export interface GitHttpServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly requests: readonly GitHttpRequest[];
  close(): Promise<void>;
}

/**
 * Sees every request first. `true`: it answers itself; `false`: git does; otherwise git does all it is asked
 * to, and then the connection breaks, within the answer or before it has begun.
 */
export type Before = (
  request: IncomingMessage,
  response: ServerResponse,
) => boolean | 'cut-answer' | 'no-answer';

/** git's own smart HTTP server for the repositories of a folder, on a free loopback port. */
export async function startGitHttpServer(
  folder: string,
  before: Before = () => false,
): Promise<GitHttpServer> {
  const requests: GitHttpRequest[] = [];
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    const { method = '', url = '' } = request;
    requests.push({ method, url, authorization: request.headers.authorization });
    const handled = before(request, response);
    if (handled === true) return;
    serveByGit(folder, request, (status, headers, body) => {
      if (handled === false) response.writeHead(status, headers).end(body);
      else if (handled === 'cut-answer') breakOff(response);
      else response.destroy();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The head of an answer and then a broken connection: without any answer git would ask again by itself. */
export function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '1000' });
  response.write('cut', () => response.destroy());
}

/** Lets in only who brings `user:password`. */
export function requiring(credential: string): Before {
  const expected = `Basic ${Buffer.from(credential).toString('base64')}`;
  return (request, response) => {
    if (request.headers.authorization === expected) return false;
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end('who are you?');
    return true;
  };
}

/** One request through the CGI `git http-backend`. */
function serveByGit(
  folder: string,
  request: IncomingMessage,
  answer: (status: number, headers: Record<string, string>, body: Buffer) => void,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const cgi = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: request.headers['git-protocol']?.toString(),
      REMOTE_USER: 'somebody',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding']?.toString(),
    },
  });
  const chunks: Buffer[] = [];
  cgi.stdin.on('error', () => undefined);
  request.pipe(cgi.stdin);
  cgi.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  cgi.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const lines = output.toString('latin1', 0, end).split('\r\n');
    const headers = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const status = Number.parseInt(headers.get('Status') ?? '200', 10);
    headers.delete('Status');
    answer(status, Object.fromEntries(headers), output.subarray(end + 4));
  });
}
