import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { SignatureFiles } from '../../../../src/adapters/git/signature-files.ts';
import { commitPayload, commitSigned, pushRaw, withSignature } from '../../../support/signing.ts';
import type { GpgSigner } from '../../../support/signing.ts';
import { describeWithTool } from '../../../support/tool.ts';
import { VerifierRig } from '../../../support/verifier-rig.ts';

jest.setTimeout(60_000);

const describeGpg = describeWithTool('gpg', 'gnupg');

let rig: VerifierRig;

beforeAll(async () => {
  rig = await VerifierRig.create();
});
afterAll(() => rig.remove());
beforeEach(() => rig.reset());

describeGpg('commits signed with OpenPGP keys', () => {
  let ada: GpgSigner;
  let eve: GpgSigner;

  beforeAll(async () => {
    ada = await rig.signing.gpg('ada');
    eve = await rig.signing.gpg('eve');
  });

  async function keysOf(...signers: readonly GpgSigner[]): Promise<SignatureFiles> {
    const keys = await Promise.all(signers.map((signer) => signer.publicKey()));
    return { openpgpKeys: await rig.signing.file('keys.asc', keys.join('\n')) };
  }

  test('one by a key of the file is good, among several', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    expect(await rig.faultOfHead(await keysOf(ada))).toBeUndefined();
    expect(await rig.faultOfHead(await keysOf(eve, ada))).toBeUndefined();
    expect(await rig.faultOfHead(await keysOf(eve))).toMatchObject({ fault: 'unknown-signer' });
    expect(await rig.faultOfHead({})).toMatchObject({ fault: 'unknown-signer' });
  });

  test('a key of the user’s own key ring does not count', async () => {
    await commitSigned(rig.repository, ada, { parents: [rig.base] });
    const home = join(rig.signing.folder, 'gpg-ada');
    await symlink(home, join(rig.signing.folder, '.gnupg'));
    const env = { HOME: rig.signing.folder, GNUPGHOME: home };
    const found = await rig.faultOfHead(await keysOf(eve), { env });
    expect(found).toMatchObject({ fault: 'unknown-signer' });
  });

  test('one with the good signature of another commit is bad', async () => {
    const signature = await ada.sign(await commitPayload(rig.repository, { parents: [rig.base] }));
    const other = await commitPayload(rig.repository, { parents: [rig.base], message: 'Another' });
    await pushRaw(rig.repository, withSignature(other, signature));
    expect(await rig.faultOfHead(await keysOf(ada))).toMatchObject({ fault: 'bad' });
  });

  test('two signatures, one of them good, do not make a good one', async () => {
    const payload = await commitPayload(rig.repository, { parents: [rig.base] });
    const both = `${await eve.sign(payload)}${await ada.sign(payload)}`;
    await pushRaw(rig.repository, withSignature(payload, both));
    expect(await rig.faultOfHead(await keysOf(ada))).toBeDefined();
  });

  test('a key that has expired, or was revoked, counts no more', async () => {
    const old = await rig.signing.gpg('old', '20260301T000000');
    await commitSigned(rig.repository, old, { parents: [rig.base] });
    expect(await rig.faultOfHead(await keysOf(old))).toMatchObject({ fault: 'expired' });

    const lost = await rig.signing.gpg('lost');
    await commitSigned(rig.repository, lost, { parents: [rig.base] });
    expect(await rig.faultOfHead(await keysOf(lost))).toBeUndefined();
    await lost.revoke();
    expect(await rig.faultOfHead(await keysOf(lost))).toMatchObject({ fault: 'revoked' });
  });

  test('both kinds count side by side', async () => {
    const ssh = await rig.signing.ssh('both');
    const allowedSigners = await rig.signing.file('both-allowed', `* ${ssh.publicKey}\n`);
    const files = { ...(await keysOf(ada)), allowedSigners };
    const one = await commitSigned(rig.repository, ada, { parents: [rig.base] });
    await commitSigned(rig.repository, ssh, { parents: [one] });
    expect(await rig.faultOfHead(files, { since: rig.base })).toBeUndefined();
    expect(await rig.faultOfHead({ allowedSigners }, { since: rig.base })).toMatchObject({
      commit: one,
    });
  });
});
