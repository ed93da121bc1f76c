import { expect, test } from '@jest/globals';
import { checkOrgFolders } from '../../../src/config/check-org-folders.ts';
import { renderDiagnostics } from '../../../src/config/render-diagnostics.ts';

const told = (...paths: string[]): string =>
  renderDiagnostics(checkOrgFolders('desired-state', paths, ['acme-prod', 'acme-test']));

test.each([
  'desired-state/acme-prod/flows/a.yaml',
  'desired-state/_shared/a.yaml',
  'desired-state/.github/a.yaml',
  'desired-state/base.yaml',
  'desired-state/docs/README.md',
  'elsewhere/acme/flows/a.yaml',
])('%s is no fault', (path) => {
  expect(told(path)).toBe('');
});

test('each unknown folder is told once, with the org that was probably meant', () => {
  expect(
    told(
      'desired-state/acme-prd/flows/b.yaml',
      'desired-state/acme-prd/flows/a.yaml',
      'desired-state/other/policy.yaml',
    ),
  ).toBe(
    [
      'desired-state/acme-prd:1:1: `acme-prd` is no org of the config; did you mean `acme-prod`? [desired.unknown-org]',
      '  Name the org in the config, or let the name of a shared folder begin with `_`.',
      'desired-state/other:1:1: `other` is no org of the config [desired.unknown-org]',
      '  Name the org in the config, or let the name of a shared folder begin with `_`.',
      '',
    ].join('\n'),
  );
});
