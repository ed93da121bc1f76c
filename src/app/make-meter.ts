import { makePromMeter } from '../adapters/metrics/prom-meter.ts';
import type { PromMeter } from '../adapters/metrics/prom-meter.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import type { Generation } from './controller.ts';
import { readOrgFacts } from './org-facts.ts';
import { packageVersion } from './package-folder.ts';

/** The metrics of a controller. @param current undefined before there is one */
export function makeMeter(current: () => Generation | undefined): PromMeter {
  return makePromMeter({
    version: packageVersion(),
    clock: systemClock,
    isHooked: () => Object.keys(current()?.config.server.webhooks ?? {}).length > 0,
    facts: async () => {
      const generation = current();
      return generation ? readOrgFacts(generation) : [];
    },
    notices: async () => (await current()?.app.noticeCounts()) ?? [],
  });
}
