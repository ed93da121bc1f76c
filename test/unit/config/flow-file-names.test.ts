import { describe, expect, test } from '@jest/globals';
import { flowFileNames } from '../../../src/config/flow-file-names.ts';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
/** Begins as A does. */
const A2 = 'aaaaaaaa-0000-4000-8000-000000000003';

const named = (name: string, taken: readonly string[] = []): string | undefined =>
  flowFileNames([{ id: A, name }], (file) => taken.includes(file)).get(A);

describe('flowFileNames', () => {
  test.each([
    { name: 'Primary Architecture Flow', file: 'primary-architecture-flow.yaml' },
    { name: '  Größe/Überlauf: Süd ', file: 'grosse-uberlauf-sud.yaml' },
    { name: 'Ærø & Łódź', file: 'aero-lodz.yaml' },
    { name: '../../etc/passwd', file: 'etc-passwd.yaml' },
    { name: '予約', file: 'flow-aaaaaaaa.yaml' },
    { name: 'CON', file: 'flow-aaaaaaaa.yaml' },
    { name: 'x'.repeat(200), file: `${'x'.repeat(60)}.yaml` },
  ])('$name -> $file', ({ name, file }) => {
    expect(named(name)).toBe(file);
  });

  test('a name that the folder has already gets the id', () => {
    expect(named('Support', ['support.yaml'])).toBe('support-aaaaaaaa.yaml');
    expect(named('Support', ['support.yaml', 'support-aaaaaaaa.yaml'])).toBe(`support-${A}.yaml`);
  });

  test('all of several flows of one name get their ids, as much of them as it takes, in any order', () => {
    const flows = [
      { id: A, name: 'Support' },
      { id: B, name: 'support!' },
      { id: A2, name: 'SUPPORT' },
    ];
    const names = flowFileNames(flows, () => false);
    expect(Object.fromEntries(names)).toEqual({
      [A]: 'support-aaaaaaaa.yaml',
      [B]: 'support-bbbbbbbb.yaml',
      [A2]: `support-${A2}.yaml`,
    });
    expect(flowFileNames(flows.toReversed(), () => false)).toEqual(names);
  });
});
