import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectUnderstood, loadDeployed, optionOf, variablesOf } from '../support/deploy-files.ts';
import { deployPath, readDeploy } from '../support/deploy-path.ts';
import { faultsOf, kustomized } from '../support/kubernetes-objects.ts';
import type { KubernetesObject } from '../support/kubernetes-objects.ts';
import { describeWithTool } from '../support/tool.ts';

interface Pod {
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly containers: readonly Container[];
  readonly volumes: readonly Readonly<Record<string, { readonly name?: string }>>[];
}

interface Container {
  readonly args: readonly string[];
  readonly envFrom: readonly unknown[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly [probe: `${string}Probe`]: {
    readonly httpGet: { readonly path: string; readonly port: string };
  };
}

type Spec<T> = KubernetesObject & { readonly spec: T };
type Deployed = Spec<{
  readonly replicas: number;
  readonly strategy: object;
  readonly selector: { readonly matchLabels: object };
  readonly template: { readonly metadata: { readonly labels: object }; readonly spec: Pod };
}>;

describe('the check itself', () => {
  const some = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } };

  test.each([
    [{ ...some, spec: { ports: [{ port: 80 }] } }, []],
    [{ ...some, spec: { ports: [{ prot: 80, port: 80 }] } }, ['/spec/ports/0/prot is not known']],
    [{ ...some, specs: {} }, ['/specs is not known']],
    [{ ...some, spec: { ports: [{ port: 'http' }] } }, ['integer']],
    [{ ...some, kind: 'Secret' }, ['is not checked']],
  ])('%j', (object, words) => {
    const faults = faultsOf(object);
    expect(faults).toHaveLength(words.length);
    for (const [i, word] of words.entries()) expect(faults[i]).toContain(word);
  });
});

describeWithTool('kubectl', 'kubernetes-client')('kubernetes/', () => {
  describe.each(['base', 'overlays/production'])('%s', (folder) => {
    let objects: readonly KubernetesObject[];
    let deployment: Deployed;
    let pod: Pod;
    let container: Container;
    const config = readDeploy(`kubernetes/${folder}/flowkeeper.yaml`);

    beforeAll(async () => {
      objects = await kustomized(deployPath('kubernetes'), folder);
      deployment = only('Deployment') as Deployed;
      pod = deployment.spec.template.spec;
      const [first] = pod.containers;
      if (!first) throw new Error('no container');
      container = first;
    });

    function only(kind: string): unknown {
      const found = objects.filter((object) => object.kind === kind);
      expect(found).toHaveLength(1);
      return found[0];
    }

    test('is what the published API allows, without a key that it does not know', () => {
      expect(objects.flatMap(faultsOf)).toEqual([]);
    });

    test('runs one process on the state, and never two while it is replaced', () => {
      expect(deployment.spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
      const claim = only('PersistentVolumeClaim') as Spec<{
        readonly accessModes: readonly string[];
      }>;
      expect(claim.spec.accessModes).toEqual(['ReadWriteOnce']);
      const state = pod.volumes.find((volume) => volume['name'] === ('state' as never));
      expect(state).toMatchObject({ persistentVolumeClaim: { claimName: claim.metadata.name } });
    });

    test('is admitted by the restricted pod security standard', () => {
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.containers).toHaveLength(1);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const allowed = ['configMap', 'persistentVolumeClaim', 'emptyDir', 'name'];
      expect(
        pod.volumes
          .flatMap((volume) => Object.keys(volume))
          .filter((key) => !allowed.includes(key)),
      ).toEqual([]);
      expect(pod.automountServiceAccountToken).toBe(false);
      for (const shared of ['hostNetwork', 'hostPID', 'hostIPC'])
        expect(pod).not.toHaveProperty(shared);
    });

    test('gives the command what it understands, and more time than the command takes to end', async () => {
      await expectUnderstood(container.args);
      const graceSeconds = Number(optionOf(container.args, 'grace'));
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(graceSeconds + 10);
    });

    test('mounts the folders that the config and the command name', () => {
      const mounts = new Map(
        container.volumeMounts.map(({ name, mountPath }) => [name, mountPath]),
      );
      expect(optionOf(container.args, 'config')).toBe(
        `${String(mounts.get('config'))}/flowkeeper.yaml`,
      );
      expect(loadDeployed('flowkeeper.yaml', config).state.directory).toBe(mounts.get('state'));
      expect(mounts.get('tmp')).toBe('/tmp');
    });

    test('has a config without a fault, all of whose credentials come from the secret', () => {
      const loaded = loadDeployed('flowkeeper.yaml', config);
      expect(variablesOf(config).length).toBeGreaterThan(3);
      const written = [...config.matchAll(/(?:token|clientSecret|clientId): (.*)$/gm)];
      expect(
        written.map(([, value = '']) => value).filter((value) => !/^\$\{\w+\}$/.test(value)),
      ).toEqual([]);
      expect(container.envFrom).toEqual([{ secretRef: { name: 'flowkeeper' } }]);
      expect(loaded.server.host).toBe('0.0.0.0');
    });

    test('probes, serves and lets in the port that the controller listens on', () => {
      const { server } = loadDeployed('flowkeeper.yaml', config);
      expect(container.ports).toEqual([
        { name: 'http', containerPort: server.port, protocol: 'TCP' },
      ]);
      const probes = (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).map(
        (name) => container[name]?.httpGet,
      );
      expect(probes).toEqual([
        { path: '/healthz', port: 'http' },
        { path: '/healthz', port: 'http' },
        { path: '/readyz', port: 'http' },
      ]);
      const { labels } = deployment.spec.template.metadata;
      expect(deployment.spec.selector.matchLabels).toEqual(labels);
      const service = only('Service') as Spec<{
        readonly selector: object;
        readonly ports: readonly object[];
      }>;
      expect(service.spec.selector).toEqual(labels);
      expect(service.spec.ports).toMatchObject([{ targetPort: 'http' }]);
      const policy = only('NetworkPolicy') as Spec<{
        readonly podSelector: object;
        readonly ingress: readonly object[];
        readonly policyTypes: readonly string[];
      }>;
      expect(policy.spec.podSelector).toEqual({ matchLabels: labels });
      expect(policy.spec.policyTypes).toEqual(['Ingress', 'Egress']);
      expect(policy.spec.ingress).toMatchObject([{ ports: [{ port: 'http' }] }]);
    });

    test('holds no secret, and takes none but by reference', () => {
      expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
      expect(JSON.stringify(objects)).not.toMatch(/PRIVATE KEY|ghp_|glpat-/);
    });
  });

  test('the overlay has its own namespace, in which nothing less restricted runs, and its own files', async () => {
    const objects = await kustomized(deployPath('kubernetes'), 'overlays/production');
    const namespace = objects.find(({ kind }) => kind === 'Namespace');
    expect(namespace).toMatchObject({
      metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    expect(others.map(({ metadata }) => metadata.namespace)).toEqual(
      others.map(() => namespace?.metadata.name),
    );
    const config = objects.find(({ kind }) => kind === 'ConfigMap') as unknown as {
      readonly data: Readonly<Record<string, string>>;
    };
    expect(config.data['flowkeeper.yaml']).toBe(
      readDeploy('kubernetes/overlays/production/flowkeeper.yaml'),
    );
    const { verify } = loadDeployed('flowkeeper.yaml', config.data['flowkeeper.yaml'] ?? '').source;
    expect(Object.keys(config.data)).toContain(verify?.allowedSigners);
  });
});
