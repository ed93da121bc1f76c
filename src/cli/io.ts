import type { Readable, Writable } from 'node:stream';
import { withoutKnownSecrets } from '../app/known-secrets.ts';

/** The world of a command: everything it may read or print to. */
export interface Io {
  readonly stdout: Writable & {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly rows?: number;
  };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Undefined: nobody can be asked. */
  readonly stdin?: Readable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Nothing but the result and errors is wanted. */
  readonly isQuiet?: boolean;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** From the first call on SIGHUP ends nothing any more, and is told to the listener. */
  readonly onHangup?: (listener: () => void) => void;
}

/** Resolves when the text is handed over, without any credential that is known; a closed pipe (`| head`) is no error of ours. */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(withoutKnownSecrets(text), (error) => {
      if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
      else resolve();
    });
  });
}

/** Colours only for people: never into a pipe or a log, never against NO_COLOR. */
export function wantsColour(io: Io, stream: { readonly isTTY?: boolean }): boolean {
  if (io.env['NO_COLOR'] !== undefined && io.env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && io.env['TERM'] !== 'dumb';
}
