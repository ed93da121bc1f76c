import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTemplate, renderTemplate } from '../../../src/domain/template.ts';

const angle = (text: string): string => text.replaceAll('<', '&lt;');

describe('isTemplate', () => {
  test.each([
    ['plain words', 'nothing happened', true],
    ['names and sections', '{{org}}{{#flows}}{{name}}{{^name}}?{{/name}}{{/flows}}', true],
    ['three deep', '{{#a}}{{#b}}{{#c}}x{{/c}}{{/b}}{{/a}}', true],
    ['four deep', '{{#a}}{{#b}}{{#c}}{{#d}}x{{/d}}{{/c}}{{/b}}{{/a}}', false],
    ['an open section', '{{#flows}}', false],
    ['an open tag', '{{org', false],
    ['what would come unescaped', '{{{org}}}', false],
    ['the same in the other writing', '{{&org}}', false],
    ['the same inside a section', '{{#flows}}{{{name}}}{{/flows}}', false],
    ['a partial', '{{> other}}', false],
    ['other delimiters', '{{=<% %>=}}<% org %>', false],
  ])('%s -> %s', (_name, text, is) => {
    expect(isTemplate(text)).toBe(is);
  });
});

describe('renderTemplate', () => {
  test('escapes what the view brings, and not the words of the template', () => {
    expect(renderTemplate('<b>{{name}}', { name: '<a>&{{x}}' }, angle)).toBe('<b>&lt;a>&{{x}}');
  });

  test('leaves out what is not there, prototypes included', () => {
    const view = { flows: [{ name: 'a' }] };
    const template = '[{{nope}}{{constructor}}{{#flows}}{{__proto__}}{{toString}}{{/flows}}]';
    expect(renderTemplate(template, view, angle)).toBe('[]');
  });

  test('whatever is accepted can be filled in, and lets no text through unescaped', () => {
    const piece = fc.constantFrom(
      ...['{{a}}', '{{b.c}}', '{{#a}}', '{{/a}}', '{{^b}}', '{{/b}}', '{{.}}', '{{!x}}'],
      ...['{{{a}}}', '{{&a}}', '{{=[ ]=}}', '[a]', '{{> a}}', '\n', '{', '}', ' ', 'text'],
    );
    const value = fc.jsonValue({ maxDepth: 3 });
    const unsafe = fc.record({
      a: value,
      b: fc.record({ c: fc.constant('<!channel>') }),
      x: value,
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), unsafe, (pieces, view) => {
        const template = pieces.join('');
        if (!isTemplate(template)) return;
        expect(renderTemplate(template, view as never, angle)).not.toContain('<');
      }),
      { numRuns: 2_000 },
    );
  });

  test('anything at all is accepted or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        if (isTemplate(text)) renderTemplate(text, { org: 'acme' }, angle);
      }),
      { numRuns: 2_000 },
    );
  });
});
