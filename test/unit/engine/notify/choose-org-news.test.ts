import { describe, expect, test } from '@jest/globals';
import type { Destination } from '../../../../src/domain/destination.ts';
import type { OrgStatus } from '../../../../src/domain/org-status.ts';
import { chooseNews } from '../../../../src/engine/notify/choose-news.ts';
import type { News } from '../../../../src/ports/notice-store.ts';
import { aDestination } from '../../../support/destinations.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');

describe('chooseNews, of an org', () => {
  const rows: readonly {
    readonly name: string;
    readonly state: OrgStatus['state'];
    readonly before?: OrgStatus['state'];
    readonly alert?: string;
    readonly to?: Partial<Destination>;
    readonly told?: string;
  }[] = [
    { name: 'an org begins', state: 'Ready' },
    {
      name: 'it cannot be read',
      state: 'Unreadable',
      before: 'Ready',
      told: 'state-changed error',
    },
    { name: 'it is held', state: 'Held', before: 'Ready', told: 'state-changed warning' },
    { name: 'held is too little', state: 'Held', before: 'Ready', to: { severity: 'error' } },
    {
      name: 'it can be read again',
      state: 'Ready',
      before: 'Unreadable',
      alert: 'Unreadable',
      told: 'recovered error',
    },
    { name: 'again, for who was not told', state: 'Ready', before: 'Unreadable' },
    {
      name: 'flows that are filtered leave news of the org',
      state: 'Unreadable',
      to: { flows: ['x'] },
      told: 'state-changed error',
    },
    {
      name: 'it is only reported on',
      state: 'Reporting',
      before: 'Ready',
      to: { states: ['Reporting'] },
      told: 'state-changed info',
    },
  ];
  test.each(rows)('$name -> $told', ({ state, before, alert, to, told }) => {
    const status: OrgStatus = {
      org: 'acme-prod',
      state,
      since: '2026-11-24T07:59:00.000Z',
      unmanaged: [],
      faults: [],
    };
    const news: News = {
      org: 'acme-prod',
      flows: [],
      orgNews: { status, ...(before && { before }) },
      alerts: alert ? [{ destination: 'ops', state: alert }] : [],
      gone: [],
    };
    const { orgChange } = chooseNews(news, aDestination(to), NOW);
    expect(orgChange && `${orgChange.event} ${orgChange.severity}`).toBe(told);
  });
});
