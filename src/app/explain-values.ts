import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { secretsOf } from '../config/config.ts';
import { explainConfig, explainFlow, explainPolicy } from '../config/explain-files.ts';
import type { ExplainedValue } from '../config/explain-values.ts';
import type { LoadedOrg } from '../config/load-desired.ts';
import { usageError } from '../domain/usage-error.ts';
import { isNamed } from './is-named.ts';
import { loadConfigFile } from './load-config-file.ts';
import type { LoadedFolder } from './validate-files.ts';

export type { ExplainedValue, Origin } from '../config/explain-values.ts';

/** What is in effect, value by value. */
export interface ExplainedState {
  /** Undefined: no config was asked for. */
  readonly config?: { readonly file: string; readonly values: readonly ExplainedValue[] };
  readonly orgs: readonly ExplainedOrg[];
}

export interface ExplainedOrg {
  readonly org: string;
  /** Empty when one flow was asked for, or the policy has faults. */
  readonly policy: readonly ExplainedValue[];
  readonly flows: readonly {
    readonly file: string;
    readonly name?: string;
    readonly flowId?: string;
    readonly values: readonly ExplainedValue[];
  }[];
}

/**
 * Where every value of a folder comes from; flows with faults are left out.
 *
 * @param named a flow by id, name or file; undefined: all
 * @throws cli.usage when no flow is of that name
 */
export function explainFolder(folder: LoadedFolder, named?: string): readonly ExplainedOrg[] {
  const explained = folder.orgs.map((org) => explainOrg(org, folder, named));
  if (named === undefined) return explained;
  const found = explained.filter(({ flows }) => flows.length > 0);
  if (found.length > 0) return found.map((org) => ({ ...org, policy: [] }));
  throw usageError(
    `no flow ${named} is described here, or its file has faults`,
    'Name it by its id, its exact name or its file; `flowkeeper validate` lists the faults.',
  );
}

function explainOrg(org: LoadedOrg, folder: LoadedFolder, named?: string): ExplainedOrg {
  const textOf = (file: string): string | undefined => {
    const bytes = folder.bytes.get(file);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  const hasPolicy = org.policyFaults.length === 0;
  const policy = hasPolicy ? explainPolicy(org.policyFile, textOf) : [];
  const flows = org.flows.filter(named === undefined ? () => true : isNamed(named)).map((flow) => ({
    file: flow.file,
    ...(flow.name !== undefined && { name: flow.name }),
    ...(flow.flowId !== undefined && { flowId: flow.flowId }),
    values: explainFlow(flow, folder.directory, { policy, textOf }),
  }));
  return { org: org.org, policy, flows };
}

/** The same of a config file. @throws config.missing, config.invalid */
export async function explainConfigFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<NonNullable<ExplainedState['config']>> {
  const secrets = secretsOf(await loadConfigFile(file, env));
  const shown = relative(process.cwd(), resolve(file)) || file;
  return { file: shown, values: explainConfig(shown, await readFile(file, 'utf8'), secrets) };
}
