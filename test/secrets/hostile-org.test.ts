import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { seedOrg } from '../../src/simulator/seed.ts';
import { ACME, IntegrationRig } from '../support/integration-rig.ts';
import { IS_WHOLE_PROOF } from '../support/proof-size.ts';
import { runRigCli } from '../support/run-cli.ts';
import { ENCODINGS, tellTale } from './encodings.ts';
import { servedBy } from './served.ts';

const SECRET = 'Canary/s3cret+90ab"12\\cd=<e>&fg\'_hijkl~0123';
const CLIENT_ID = 'flowkeeper-acme';

/** Where a service can put what it was given, so that it would be told further as data. */
const PLACES = [
  'the name of a flow',
  'a setting that git declares',
  'a setting that it does not',
  'the name of a setting',
  'who wrote it last',
  'the name of a flow that git does not describe',
] as const;
type Place = (typeof PLACES)[number];

/** All that prints what is known of an org, in every form that it can have. */
const COMMANDS: readonly (readonly string[])[] = [
  ...['text', 'json', 'yaml', 'markdown'].map((output) => ['plan', '--output', output]),
  ['reconcile', '--verbose'],
  ['reconcile', '--output', 'json'],
  ...['markdown', 'json', 'html', 'csv'].map((output) => ['report', '--output', output]),
  ['status'],
  ['status', '--output', 'json'],
  ['audit', 'verify'],
  ['doctor', '--output', 'json'],
];

/** That each encoding is found is shown for the answers alone; a whole installation shows what comes of that. */
const SHOWN = IS_WHOLE_PROOF ? Object.keys(ENCODINGS) : ['JSON', 'Base64 between other text'];

describe.each(SHOWN)('an org that shows our client secret as %s', (encoding) => {
  const form = ENCODINGS[encoding]!(SECRET);
  const tells = tellTale(encoding, form);
  let rig: IntegrationRig;
  const told = new Map<string, string>();

  beforeAll(async () => {
    rig = await IntegrationRig.start({
      speed: 50,
      orgs: [
        {
          flows: PLACES.length + 1,
          live: { clients: [{ ...seedOrg().clients[0], id: CLIENT_ID, secret: SECRET }] },
          config: { clientSecret: '${CLIENT_SECRET}' },
        },
      ],
      env: { CLIENT_SECRET: SECRET },
    });
    PLACES.forEach((place, nth) => {
      plant(place, nth);
    });
    rig.org().edit(rig.flows()[PLACES.length]!.id, { routing: { maxWaitTime: 9 } }, { by: 'Sam' });
    for (const command of COMMANDS) {
      const { stdout, stderr } = await runRigCli(rig, ...command);
      told.set(command.join(' '), `${stdout}\n${stderr}`);
    }
    const answers = await servedBy(rig);
    expect(answers.get(`/api/v1/orgs/${ACME}/flows`)).toMatch(/^200 .*Failed/);
    told.set('the controller', [...answers.values()].join('\n'));
    told.set('the branches', await rig.repository.run('log', '-p', '--all', '--format=%B'));
    told.set('the state folder', await readFolder(rig.stateFolder));
  });

  afterAll(() => rig.close());

  test.each([
    ...COMMANDS.map((words) => words.join(' ')),
    'the controller',
    'the branches',
    'the state folder',
  ])('does not get it into what %s shows', (sink) => {
    expect(told.get(sink)).not.toBe('');
    expect(told.get(sink)).not.toContain(tells);
  });

  test('fails alone with each flow that shows it: a healthy one is put right', () => {
    const { id, settings } = rig.flows()[PLACES.length]!;
    expect(rig.org().flow(id).settings).toEqual(settings);
    expect(rig.patches().map(({ flowId }) => flowId)).toEqual([id]);
  });

  function plant(place: Place, nth: number): void {
    const { id } = rig.flows()[nth]!;
    const org = rig.org();
    const by = { by: 'Sam' };
    const plants: Readonly<Record<Place, () => unknown>> = {
      'the name of a flow': () => org.renameFlow(id, `Flow ${form}`, by),
      'a setting that git declares': () => org.edit(id, { routing: { type: form } }, by),
      'a setting that it does not': () =>
        org.edit(id, { other: { note: form }, routing: { maxWaitTime: 9 } }, by),
      'the name of a setting': () =>
        org.edit(id, { other: { [form]: 1 }, routing: { maxWaitTime: 9 } }, by),
      'who wrote it last': () => org.edit(id, { routing: { maxWaitTime: 9 } }, { by: form }),
      'the name of a flow that git does not describe': () =>
        org.addFlow({ id: 'f0e1d2c3-b4a5-4968-8776-655443322110', name: form, settings: {} }),
    };
    plants[place]();
  }
});

async function readFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
