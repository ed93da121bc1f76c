import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SERVER = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

export interface FoundFault {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** An editor, as far as the YAML language server can tell: LSP over stdio. */
export class LanguageClient {
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #faults = new Map<string, (found: readonly FoundFault[]) => void>();
  #buffer = Buffer.alloc(0);
  #id = 0;

  private constructor() {
    this.#child = spawn(process.execPath, [SERVER, '--stdio'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, chunk]);
      for (let message = this.#next(); message; message = this.#next()) this.#take(message);
    });
  }

  static async start(folder: string): Promise<LanguageClient> {
    const client = new LanguageClient();
    const uri = pathToFileURL(folder).href;
    await client.#ask('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'repository' }],
      capabilities: { workspace: { configuration: true } },
    });
    client.#tell('initialized', {});
    return client;
  }

  /** Resolves with what the editor would underline. */
  open(file: string, text: string): Promise<readonly FoundFault[]> {
    const uri = pathToFileURL(file).href;
    const found = new Promise<readonly FoundFault[]>((resolve) => this.#faults.set(uri, resolve));
    this.#tell('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    return found;
  }

  /** What is offered at a place; lines and columns count from 0. */
  async completions(file: string, line: number, character: number): Promise<readonly string[]> {
    const answer = await this.#ask('textDocument/completion', this.#at(file, line, character));
    const { items } = answer as { readonly items: readonly { readonly label: string }[] };
    return items.map(({ label }) => label);
  }

  async hover(file: string, line: number, character: number): Promise<string> {
    const answer = await this.#ask('textDocument/hover', this.#at(file, line, character));
    const { contents } = answer as { readonly contents: { readonly value: string } };
    return contents.value;
  }

  async stop(): Promise<void> {
    await this.#ask('shutdown', null);
    this.#tell('exit', null);
  }

  #at(file: string, line: number, character: number): object {
    return { textDocument: { uri: pathToFileURL(file).href }, position: { line, character } };
  }

  #ask(method: string, params: object | null): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #tell(method: string, params: object | null): void {
    this.#send({ method, params });
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin?.write(`Content-Length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`);
  }

  #next(): Message | undefined {
    const head = this.#buffer.indexOf('\r\n\r\n');
    if (head < 0) return undefined;
    const [, length = ''] =
      /Content-Length: (\d+)/.exec(this.#buffer.toString('utf8', 0, head)) ?? [];
    const end = head + 4 + Number(length);
    if (this.#buffer.length < end) return undefined;
    const text = this.#buffer.toString('utf8', head + 4, end);
    this.#buffer = this.#buffer.subarray(end);
    return JSON.parse(text) as Message;
  }

  #take({ id, method, params, result }: Message): void {
    // a question of the server: which settings, which schemas of its own
    if (id !== undefined && method !== undefined)
      this.#send({ id, result: method.endsWith('configuration') ? [{}, {}, {}, {}, {}] : null });
    else if (id !== undefined) this.#answers.get(id)?.(result);
    else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as {
        readonly uri: string;
        readonly diagnostics: readonly FoundFault[];
      };
      this.#faults.get(uri)?.(diagnostics);
    }
  }
}
