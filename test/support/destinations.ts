import type { Destination } from '../../src/domain/destination.ts';

export function aDestination(overrides: Partial<Destination> = {}): Destination {
  const channel = { kind: 'slack', url: 'https://hooks.example.com' } as const;
  return { name: 'ops', tell: ['changes'], severity: 'warning', channel, ...overrides };
}
