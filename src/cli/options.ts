/** Options that every command has. */
export interface CommonOptions {
  readonly config: string;
  readonly org?: readonly string[];
  readonly output: OutputFormat;
  readonly verbose?: boolean;
}

export type OutputFormat = 'text' | 'json' | 'yaml' | 'markdown';
