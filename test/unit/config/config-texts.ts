import type { Config } from '../../../src/config/config.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

export const ORG_ID = '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11';

/** A config with just what is needed; the arguments are put in at their place. */
export const aConfig = ({
  source = '# nothing',
  org = '',
  more = '',
  name = 'acme',
  url = 'https://api.example.com',
} = {}): string =>
  [
    'source:',
    '  repository: ../repo',
    `  ${source}`,
    'orgs:',
    `  ${name}:`,
    '    backend: architect-settings',
    `    environment: "${url}"`,
    `    orgId: ${ORG_ID}`,
    '    clientId: client',
    '    clientSecret: ${SECRET}',
    ...(org === '' ? [] : [`    ${org}`]),
    ...(more === '' ? [] : [more]),
    '',
  ].join('\n');

export const ENV = { SECRET: 's3cret', TOKEN: 't0ken', EMPTY: '', constructor: undefined };

export const load = (text: string, env = ENV as Record<string, string | undefined>): Config => {
  const loaded = loadConfig('flowkeeper.yaml', text, env);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.value;
};

export const told = (text: string): readonly string[] => {
  const loaded = loadConfig('flowkeeper.yaml', text, ENV);
  if (loaded.ok) return [];
  return loaded.diagnostics.map(
    ({ line, column, message, code }) => `${String(line)}:${String(column)} ${message} [${code}]`,
  );
};
