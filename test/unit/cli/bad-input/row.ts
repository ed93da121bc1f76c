/** One thing that goes wrong in a folder of its own, and the line that meets it. */
export interface BadInput {
  readonly name: string;
  /** Beside a good flow file and a good config, or instead of them: undefined takes one away. */
  readonly files?: Readonly<Record<string, string | Uint8Array | undefined>>;
  /** What a file cannot say: links, repositories. Paths count from the folder. */
  readonly prepare?: readonly Preparation[];
  readonly env?: Readonly<Record<string, string>>;
  /** Behind `flowkeeper`; the folder is the place where it runs. */
  readonly argv: readonly string[];
}

export type Preparation =
  | { readonly link: string; readonly to: string }
  | { readonly folder: string }
  /** Bytes of a file full of holes. */
  | { readonly large: string; readonly sizeBytes: number }
  /** A git command; `-C` and paths are its own. */
  | { readonly git: readonly string[] };

export const FLOW = 'desired-state/acme/flows/support.yaml';
export const POLICY = 'desired-state/acme/policy.yaml';
export const CONFIG = 'flowkeeper.yaml';

const FLOW_ID = '3f6d1c52-8a0e-4b7b-9d4e-2c1a5e7f9b01';
export const HEAD = `flowId: ${FLOW_ID}\nname: Support\n`;
export const GOOD_FLOW = `${HEAD}settings:\n  routing:\n    maxWaitTime: 600\n`;
/** Its org cannot be reached: nothing listens there. */
export const GOOD_CONFIG = `source: { repository: . }
orgs:
  acme:
    backend: architect-settings
    environment: http://127.0.0.1:9
    orgId: 0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11
    clientId: flowkeeper
    clientSecret: not-so-secret
`;

/** A flow file with this below its identity. */
export function flow(name: string, below: string): BadInput {
  return { name, files: { [FLOW]: `${HEAD}${below}` }, argv: ['validate'] };
}

export function policy(name: string, text: string): BadInput {
  return { name, files: { [POLICY]: text }, argv: ['validate'] };
}

/** The good config with a part replaced, or other text altogether. */
export function config(
  name: string,
  text: string | readonly [from: string, to: string],
  env: Readonly<Record<string, string>> = {},
): BadInput {
  const changed = typeof text === 'string' ? text : GOOD_CONFIG.replace(...text);
  return { name, files: { [CONFIG]: changed }, env, argv: ['status'] };
}

export function line(name: string, ...argv: readonly string[]): BadInput {
  return { name, argv };
}
