import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { makeGitCommitVerifier } from '../../../../src/adapters/git/git-commit-verifier.ts';
import type { SignatureFiles } from '../../../../src/adapters/git/signature-files.ts';
import type { SignatureFault } from '../../../../src/domain/unverified-head.ts';
import { MemoryLog } from '../../../support/fakes/memory-log.ts';
import { commitPayload, commitSigned, pushRaw, withSignature } from '../../../support/signing.ts';
import type { SshSigner } from '../../../support/signing.ts';
import { describeWithTool } from '../../../support/tool.ts';
import { VerifierRig } from '../../../support/verifier-rig.ts';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const describeSsh = describeWithTool('ssh-keygen', 'openssh-client');

let rig: VerifierRig;

beforeAll(async () => {
  rig = await VerifierRig.create();
});
afterAll(() => rig.remove());
beforeEach(() => rig.reset());

describeSsh('commits signed with SSH keys', () => {
  let ada: SshSigner;
  let eve: SshSigner;
  let allowed: SignatureFiles;

  beforeAll(async () => {
    ada = await rig.signing.ssh('ada');
    eve = await rig.signing.ssh('eve');
    allowed = await allow('allowed', `ada@example.com namespaces="git" ${ada.publicKey}\n`);
  });

  async function allow(name: string, text: string): Promise<SignatureFiles> {
    return { allowedSigners: await rig.signing.file(name, text) };
  }

  test('one by somebody who may is good', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    expect(await rig.faultOfHead(allowed)).toBeUndefined();
  });

  test.each<{
    readonly name: string;
    readonly make: () => Promise<unknown>;
    readonly fault: SignatureFault;
  }>([
    { name: 'without a signature', make: () => Promise.resolve(), fault: 'unsigned' },
    {
      name: 'by somebody who may not',
      make: () => commitSigned(rig.repository, eve, { parents: [rig.base] }),
      fault: 'unknown-signer',
    },
    {
      name: 'with the good signature of another commit',
      make: async () => {
        const signature = await ada.sign(
          await commitPayload(rig.repository, { parents: [rig.base] }),
        );
        const other = await commitPayload(rig.repository, {
          parents: [rig.base],
          message: 'Another',
        });
        return pushRaw(rig.repository, withSignature(other, signature));
      },
      fault: 'bad',
    },
    {
      name: 'of which a signed tag exists',
      make: async () => {
        const object = `object ${rig.base}\ntype commit\ntag v1\ntagger A <a@example.com> 1 +0000\n\nv1\n`;
        const bytes = `${object}${await ada.sign(object)}`;
        const file = await rig.signing.file('tag', bytes);
        const id = await rig.repository.run('hash-object', '-t', 'tag', '-w', '--literally', file);
        return rig.repository.run('update-ref', 'refs/tags/v1', id.trim());
      },
      fault: 'unsigned',
    },
    {
      name: 'with a forged signature header',
      make: async () =>
        pushRaw(
          rig.repository,
          withSignature(
            await commitPayload(rig.repository, { parents: [rig.base] }),
            '-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ==\n-----END SSH SIGNATURE-----',
          ),
        ),
      fault: 'bad',
    },
    {
      name: 'with the words of a good verification in place of a signature',
      make: async () =>
        pushRaw(
          rig.repository,
          withSignature(
            await commitPayload(rig.repository, { parents: [rig.base] }),
            'Good "git" signature for ada@example.com with ED25519 key SHA256:x',
          ),
        ),
      fault: 'unverifiable',
    },
    {
      name: 'with a signature in its message',
      make: async () => {
        const message = await ada.sign(
          await commitPayload(rig.repository, { parents: [rig.base] }),
        );
        return pushRaw(
          rig.repository,
          await commitPayload(rig.repository, { parents: [rig.base], message }),
        );
      },
      fault: 'unsigned',
    },
    {
      name: 'with a signature that was made for another purpose than git',
      make: () => commitSigned(rig.repository, ada.elsewhere, { parents: [rig.base] }),
      fault: 'unknown-signer',
    },
    {
      name: 'with a certificate of X.509, which the files say nothing of',
      make: async () =>
        pushRaw(
          rig.repository,
          withSignature(
            await commitPayload(rig.repository, { parents: [rig.base] }),
            '-----BEGIN SIGNED MESSAGE-----\nMIAG\n-----END SIGNED MESSAGE-----',
          ),
        ),
      fault: 'unknown-signer',
    },
  ])('one $name is $fault', async ({ make, fault }) => {
    await make();
    const head = await rig.repository.head();
    const found = await rig.faultOfHead(allowed);
    // what else git says of a signature that is none is its own affair
    if (fault === 'unknown-signer') expect(found?.fault).not.toBeUndefined();
    else expect(found?.fault).toBe(fault);
    expect(found?.commit).toBe(head);
  });

  test('a key counts only in its time, by the time of the commit', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    const until = (date: string): Promise<SignatureFiles> =>
      allow('dated', `ada@example.com valid-before="${date}" ${ada.publicKey}\n`);
    expect(await rig.faultOfHead(await until('20260303'))).toBeUndefined();
    expect(await rig.faultOfHead(await until('20260301'))).toMatchObject({ fault: 'expired' });
  });

  test('a key that is taken out of the file, or revoked, counts no more', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    const gone = await allow('gone', `eve@example.com ${eve.publicKey}\n`);
    expect(await rig.faultOfHead(gone)).toMatchObject({ fault: 'unknown-signer' });
    const revokedKeys = await rig.signing.file('revoked', `${ada.publicKey}\n`);
    expect(await rig.faultOfHead({ ...allowed, revokedKeys })).toBeDefined();
    const others = await rig.signing.file('revoked-others', `${eve.publicKey}\n`);
    expect(await rig.faultOfHead({ ...allowed, revokedKeys: others })).toBeUndefined();
  });

  test('a commit that brings its own file of allowed signers does not let itself in', async () => {
    const mine = await rig.repository.commit({
      allowed_signers: `* ${eve.publicKey}\n`,
      '.gitconfig': '[gpg "ssh"]\n\tallowedSignersFile = allowed_signers\n',
    });
    await commitSigned(rig.repository, eve, { treeOf: mine, parents: [rig.base] });
    expect(await rig.faultOfHead(allowed)).toMatchObject({ fault: 'unknown-signer' });
  });

  test('a file that is not there lets nobody in, and says so', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    const found = await rig.faultOfHead({ allowedSigners: '/nowhere/allowed' });
    expect(found).toMatchObject({
      fault: 'unverifiable',
      reason: '`source.verify.allowedSigners`: /nowhere/allowed cannot be read (ENOENT)',
    });
  });

  describe('what is beside the commits', () => {
    /** As somebody might who can write into the mirror; and takes it away again. */
    async function beside(file: string, text: string, body: () => Promise<void>): Promise<void> {
      const path = join(rig.repository.path, file);
      const before = await readFile(path, 'utf8').catch(() => undefined);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${before ?? ''}${text}`);
      try {
        await body();
      } finally {
        await (before === undefined ? rm(path) : writeFile(path, before));
      }
    }

    test('an object that stands in for another is not looked at', async () => {
      const good = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const bad = await rig.repository.commit({ 'desired-state/a.yaml': 'a: 2\n' });
      await beside(`refs/replace/${bad}`, `${good}\n`, async () => {
        expect(await rig.faultOfHead(allowed)).toMatchObject({ fault: 'unsigned', commit: bad });
      });
    });

    test('a graft does not hide a commit', async () => {
      const first = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const hidden = await rig.repository.commit({ 'desired-state/a.yaml': 'a: 2\n' });
      const tip = await commitSigned(rig.repository, ada, { parents: [hidden] });
      await beside('info/grafts', `${tip} ${first}\n`, async () => {
        expect(await rig.faultOfHead(allowed, { since: first })).toMatchObject({ commit: hidden });
      });
    });

    test('a program or a file that a repository’s configuration names is not used', async () => {
      await commitSigned(rig.repository, eve, { parents: [rig.base] });
      const liar = await rig.signing.file(
        'liar',
        '#!/bin/sh\necho \'Good "git" signature for x\'\n',
      );
      await chmod(liar, 0o755);
      const eves = await rig.signing.file('eves', `* ${eve.publicKey}\n`);
      const config = `[gpg]\n\tprogram = ${liar}\n[gpg "ssh"]\n\tprogram = ${liar}\n\tallowedSignersFile = ${eves}\n`;
      await beside('config', config, async () => {
        expect(await rig.faultOfHead(allowed)).toMatchObject({ fault: 'unknown-signer' });
      });
    });
  });

  describe('every commit since another', () => {
    test('is good when all are, on every side of a merge', async () => {
      const one = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const side = await commitSigned(rig.repository, ada, { parents: [rig.base], branch: 'side' });
      await commitSigned(rig.repository, ada, { parents: [one, side] });
      expect(await rig.faultOfHead(allowed, { since: rig.base })).toBeUndefined();
    });

    test('is at fault for one below a good head, the oldest first', async () => {
      const one = await rig.repository.commit({ 'desired-state/a.yaml': 'a: 2\n' });
      const two = await commitSigned(rig.repository, eve, { parents: [one] });
      await commitSigned(rig.repository, ada, { parents: [two] });
      expect(await rig.faultOfHead(allowed)).toBeUndefined();
      expect(await rig.faultOfHead(allowed, { since: rig.base })).toMatchObject({
        fault: 'unsigned',
        commit: one,
      });
      expect(await rig.faultOfHead(allowed, { since: one })).toMatchObject({
        fault: 'unknown-signer',
        commit: two,
      });
      expect(await rig.faultOfHead(allowed, { since: two })).toBeUndefined();
    });

    test('is at fault for one on the other side of a good merge', async () => {
      const one = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const side = await rig.repository.commit({ x: '1' }, { branch: 'side', parent: rig.base });
      await commitSigned(rig.repository, ada, { parents: [one, side] });
      expect(await rig.faultOfHead(allowed, { since: rig.base })).toMatchObject({
        fault: 'unsigned',
        commit: side,
      });
    });

    test('a branch that was moved back, or elsewhere, is at fault', async () => {
      const one = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const two = await commitSigned(rig.repository, ada, { parents: [one] });
      await rig.repository.run('update-ref', 'refs/heads/main', one);
      expect(await rig.faultOfHead(allowed, { since: two })).toMatchObject({
        fault: 'rewritten',
        commit: one,
      });
      await commitSigned(rig.repository, ada, { parents: [one], message: 'Elsewhere' });
      expect(await rig.faultOfHead(allowed, { since: two })).toMatchObject({ fault: 'rewritten' });
      expect(await rig.faultOfHead(allowed, { since: 'f'.repeat(40) })).toMatchObject({
        fault: 'rewritten',
      });
    });

    test('of more than one process verifies, the last ones are looked at as well', async () => {
      const one = await commitSigned(rig.repository, ada, { parents: [rig.base] });
      const two = await commitSigned(rig.repository, ada, { parents: [one] });
      const three = await commitSigned(rig.repository, eve, { parents: [two] });
      const some = { ...rig.options(allowed), atOnce: 2 };
      const several = makeGitCommitVerifier(some, { log: new MemoryLog() });
      expect(await several.findFault({ tip: two, since: rig.base }, signal)).toBeUndefined();
      expect(await several.findFault({ tip: three, since: rig.base }, signal)).toMatchObject({
        commit: three,
      });
    });
  });
});

test('commits that cannot be read are no verdict', async () => {
  const nowhere = { ...rig.options({}), mirrorDirectory: join(rig.repository.folder, 'nowhere') };
  const blind = makeGitCommitVerifier(nowhere, { log: new MemoryLog() });
  await expect(blind.findFault({ tip: rig.base, since: rig.base }, signal)).rejects.toMatchObject({
    code: 'git.failed',
  });
});

describe('without any file', () => {
  test('nobody is allowed', async () => {
    expect(await rig.faultOfHead({})).toMatchObject({ fault: 'unsigned' });
  });
});
