import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { ExitCode } from '../domain/error-catalog.ts';
import type { App } from './create-app.ts';
import { readDesiredFolder, writeTexts } from './desired-folder.ts';
import { exportOrg } from './export-org.ts';
import type { ExportSummary, OrgExport } from './export-org.ts';
import { packageFolder } from './package-folder.ts';
import { textOf, workTree } from './work-tree.ts';

export interface ExportRequest {
  readonly orgs?: readonly string[];
  /** The work tree of the repository; undefined: the one that the config names, where it is one of this machine. */
  readonly folder?: string;
  readonly allBlocks: boolean;
  /** Tell what would be written, and write nothing. */
  readonly dryRun: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** Defined by schemas/export.schema.json. */
export interface ExportDocument {
  readonly apiVersion: 'flowkeeper/v1';
  readonly kind: 'Export';
  readonly folder: string;
  readonly dryRun: boolean;
  readonly orgs: readonly ExportSummary[];
}

const SCHEMAS = ['flow', 'base', 'policy'];

/**
 * Writes the desired state of orgs into a work tree, such that the next plan is empty. All is read and checked before
 * the first byte is written, and each file is written whole.
 *
 * @throws cli.usage, api.*
 */
export async function exportFiles(
  app: App,
  { orgs, allBlocks, dryRun, now, ...asked }: ExportRequest,
  signal: AbortSignal,
): Promise<ExportDocument> {
  const root = await workTree(app, asked.folder);
  const { directory } = app.config.source;
  const names = app.orgNames(orgs);
  const folder = await readDesiredFolder(root, directory);
  const schemas = posix.join(posix.dirname(directory), 'schemas');
  const exports: OrgExport[] = [];
  for (const { name: org, orgId } of app.config.orgs.filter(({ name }) => names.includes(name))) {
    const live = await app.live(org, signal);
    exports.push(exportOrg(folder, { org, orgId, live, now }, { allBlocks, schemas }));
  }
  const texts = new Map(exports.flatMap((each) => [...each.texts]));
  if (!dryRun && texts.size > 0) await writeTexts(root, texts);
  if (!dryRun) await writeTexts(root, await schemaTexts(root, schemas));
  return {
    apiVersion: 'flowkeeper/v1',
    kind: 'Export',
    folder: root,
    dryRun,
    orgs: exports.map(({ summary }) => summary),
  };
}

/** 3 where files must be mended first, 2 where something of the org is not described, 0 where the next plan is empty. */
export function exportExitCode({ orgs }: ExportDocument): ExitCode {
  if (orgs.some(({ faults }) => faults.length > 0)) return 3;
  const isWhole = orgs.every(
    ({ untouched, missing }) => untouched.length === 0 && missing.length === 0,
  );
  return isWhole ? 0 : 2;
}

/** The schemas that the first line of each file names, so that editors complete and check keys; a stranger's stay. */
async function schemaTexts(root: string, folder: string): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const name of SCHEMAS) {
    const file = `${name}.schema.json`;
    const wanted = await readFile(join(packageFolder(), 'schemas', file), 'utf8');
    const present = await textOf(join(root, folder, file));
    const isOurs = present === undefined || present.includes(`"$id": "${file}"`);
    if (isOurs && present !== wanted) texts.set(`${folder}/${file}`, wanted);
  }
  return texts;
}
