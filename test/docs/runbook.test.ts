import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import orgStatus from '../../schemas/org-status.schema.json' with { type: 'json' };
import status from '../../schemas/status.schema.json' with { type: 'json' };
import { endNameOf, FLOW_MACHINE, isEnd } from '../../src/engine/flow-machine.ts';

const PAGE = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

interface Section {
  readonly title: string;
  readonly text: string;
}

/** The sections below a heading of the page, by their titles without what only tells them apart. */
function sectionsOf(part: string): readonly Section[] {
  const [, ...parts] = PAGE.split(/^## /m);
  const text = parts.find((each) => each.startsWith(`${part}\n`)) ?? '';
  const [, ...sections] = text.split(/^### /m);
  return sections.map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title: title.replace(/ \(.*\)$/, ''), text: lines.join('\n') };
  });
}

const titlesOf = (part: string): string[] => sectionsOf(part).map(({ title }) => title);

/** Every way a flow's way through the machine can end, as a report tells it. */
const OUTCOMES = [
  ...new Set(
    Object.values(FLOW_MACHINE)
      .flatMap((row): string[] => Object.values(row))
      .filter(isEnd)
      .map(endNameOf)
      .filter((end) => end !== 'abandoned' && end !== 'pending'),
  ),
  'cancelled',
];

describe('docs/runbook.md has a heading for', () => {
  test('each state of a flow, and for no other', () => {
    const states = [...status.$defs.state.enum, 'cancelled'];
    expect(titlesOf('States of a flow').toSorted()).toEqual(states.toSorted());
  });

  test('each condition of a flow, and for no other', () => {
    const types = status.$defs.condition.properties.type.enum;
    expect(titlesOf('Conditions of a flow').toSorted()).toEqual(types.toSorted());
  });

  test('each state of an org, and for no other', () => {
    const states = orgStatus.properties.state.enum;
    expect(titlesOf('States of an org').toSorted()).toEqual(states.toSorted());
  });

  test('the state that each outcome leads to, which names it, and no outcome that there is not', () => {
    const named = sectionsOf('States of a flow').flatMap(({ title, text }) => {
      const sentences = [...text.matchAll(/Outcomes? (`[^.;,]*`)/g)].map(([, words]) => words);
      const names = sentences.flatMap((words) => [...(words ?? '').matchAll(/`([a-z-]+)`/g)]);
      return title === 'cancelled' ? ['cancelled'] : names.map(([, name]) => name ?? '');
    });
    expect(named.toSorted()).toEqual(OUTCOMES.toSorted());
  });
});

test.each(['States of a flow', 'Conditions of a flow', 'States of an org'])(
  'each heading of "%s" says what flowkeeper does, where to look and what to do',
  (part) => {
    for (const { title, text } of sectionsOf(part)) {
      const bullets = [...text.matchAll(/^- (flowkeeper|Look|Do): \S/gm)].map(([, word]) => word);
      expect([title, bullets]).toEqual([title, ['flowkeeper', 'Look', 'Do']]);
    }
  },
);
