import { describeConfig } from './describe-config.ts';
import type { ConfigAnswers } from './describe-config.ts';
import { loadConfig } from '../config/load-config.ts';

/** Without a fault, whatever one of them is replaced by. */
const GOOD: ConfigAnswers = {
  repository: 'https://git.example.com/acme/contact-centre.git',
  branch: 'main',
  org: 'acme-prod',
  environment: 'https://api.example.com',
  orgId: '0b1e5f0c-3c1c-4a52-9a0e-0f6b3e1f2a11',
  clientId: 'client',
  clientSecretEnv: 'CLIENT_SECRET',
};

/** Why answers cannot stand in a config, in the words that the config gets; undefined: they can. Asks nobody. */
export function faultOfAnswers(answers: Partial<ConfigAnswers>): string | undefined {
  for (const [key, name] of Object.entries(answers))
    if (key.endsWith('Env') && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      return `${JSON.stringify(name)} is no name of an environment variable; never give the secret itself`;
  const text = describeConfig({ ...GOOD, ...answers });
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name);
  const env = Object.fromEntries(names.map((name) => [name, 'a-value-of-enough-characters']));
  const loaded = loadConfig('flowkeeper.yaml', text, env);
  if (loaded.ok) return undefined;
  const [first] = loaded.diagnostics;
  return [first?.message, first?.hint].filter((part) => part !== undefined).join('. ');
}
