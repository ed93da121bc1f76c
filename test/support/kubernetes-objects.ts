import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate as isDeployment } from 'kubernetes-models/_schemas/IoK8sApiAppsV1Deployment';
import { validate as isConfigMap } from 'kubernetes-models/_schemas/IoK8sApiCoreV1ConfigMap';
import { validate as isNamespace } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Namespace';
import { validate as isPersistentVolumeClaim } from 'kubernetes-models/_schemas/IoK8sApiCoreV1PersistentVolumeClaim';
import { validate as isService } from 'kubernetes-models/_schemas/IoK8sApiCoreV1Service';
import { validate as isServiceAccount } from 'kubernetes-models/_schemas/IoK8sApiCoreV1ServiceAccount';
import { validate as isNetworkPolicy } from 'kubernetes-models/_schemas/IoK8sApiNetworkingV1NetworkPolicy';
import { parseAllDocuments } from 'yaml';

/** An object of a cluster, of which nothing is known but what a test looks at. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The kinds that the files use. Another one has to be added here, so that it is checked as well. */
const KINDS: Readonly<Record<string, (data: unknown) => boolean>> = {
  'apps/v1 Deployment': isDeployment,
  'networking.k8s.io/v1 NetworkPolicy': isNetworkPolicy,
  'v1 ConfigMap': isConfigMap,
  'v1 Namespace': isNamespace,
  'v1 PersistentVolumeClaim': isPersistentVolumeClaim,
  'v1 Service': isService,
  'v1 ServiceAccount': isServiceAccount,
};

/** What `kubectl kustomize` makes of a folder below another. */
export async function kustomized(
  root: string,
  folder: string,
): Promise<readonly KubernetesObject[]> {
  const output = await kustomize(join(root, folder)).catch((error: unknown) => {
    if (!String(error).includes('must be a file')) throw error;
    return kustomizeOfOld(root, folder);
  });
  return parseAllDocuments(output).map((document) => document.toJS() as KubernetesObject);
}

async function kustomize(folder: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('kubectl', ['kustomize', folder]);
  if (stderr !== '') throw new Error(stderr);
  return stdout;
}

/** kubectl before 1.21, which Debian 12 has, knows a folder only by another word. */
async function kustomizeOfOld(root: string, folder: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'flowkeeper-kustomize-'));
  try {
    await cp(root, copy, { recursive: true });
    const file = join(copy, folder, 'kustomization.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/^resources:\n( +- \.\.\/.*\n)/m, 'bases:\n$1resources:\n'));
    return await kustomize(join(copy, folder));
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/**
 * What the published API does not know or not allow of an object: values by its schema, and keys that the schema never
 * asked for, as a cluster refuses them with strict validation.
 */
export function faultsOf(object: KubernetesObject): readonly string[] {
  const name = `${object.apiVersion} ${object.kind}`;
  const isValid = KINDS[name];
  if (!isValid) return [`${name} is not checked`];
  const unread = new Set<string>();
  if (!isValid(watchReads(object, '', unread))) return [`${name}: ${wordsOf(isValid)}`];
  return [...unread].map((path) => `${name}: ${path} is not known`);
}

/** The generated functions leave behind what they found, as ajv's do. */
function wordsOf(isValid: object): string {
  return JSON.stringify('errors' in isValid ? isValid.errors : undefined);
}

/** The same value; `unread` holds the paths of all keys that nobody has asked for. */
function watchReads(value: unknown, at: string, unread: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const children = new Map<string, unknown>();
  for (const [key, child] of Object.entries(value)) {
    const path = `${at}/${key}`;
    if (!Array.isArray(value)) unread.add(path);
    children.set(key, watchReads(child, path, unread));
  }
  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${at}/${String(key)}`);
      return children.has(String(key))
        ? children.get(String(key))
        : (Reflect.get(target, key) as unknown);
    },
  });
}
