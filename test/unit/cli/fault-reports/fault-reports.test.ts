import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { renderGithub } from '../../../../src/cli/fault-reports/github.ts';
import { renderGitlab } from '../../../../src/cli/fault-reports/gitlab.ts';
import { renderJunit } from '../../../../src/cli/fault-reports/junit.ts';
import { renderSarif } from '../../../../src/cli/fault-reports/sarif.ts';
import type { Diagnostic } from '../../../../src/domain/diagnostic.ts';

const PLAIN: Diagnostic = {
  file: 'desired-state/acme/flows/a.yaml',
  line: 4,
  column: 18,
  code: 'schema.violation',
  message: '`maxWaitTime` must be a whole number',
  hint: 'Longest wait in seconds.',
};
/** Everything that one of the formats could take for its own. */
const HOSTILE: Diagnostic = {
  file: 'desired-state/acme/flows/a,b:c%d <é> "q".yaml',
  line: 1,
  column: 1,
  code: 'yaml.syntax',
  message: '100% ::error::]]> </failure>&amp; \r\n::set-output name=x::y \u001b[31m',
};

function expectShape(schema: object, text: string): void {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  const validate = ajv.compile(schema);
  validate(JSON.parse(text));
  expect(validate.errors ?? []).toEqual([]);
}

describe('annotations of GitHub Actions', () => {
  test('stand at file, line and column, with the code as title and the hint below', () => {
    expect(renderGithub([PLAIN])).toBe(
      '::error file=desired-state/acme/flows/a.yaml,line=4,col=18,title=flowkeeper schema.violation' +
        '::`maxWaitTime` must be a whole number%0ALongest wait in seconds.\n',
    );
  });

  test('take no command from a message, and no property from a path', () => {
    expect(renderGithub([HOSTILE])).toBe(
      '::error file=desired-state/acme/flows/a%2Cb%3Ac%25d <é> "q".yaml,line=1,col=1,' +
        'title=flowkeeper yaml.syntax' +
        '::100%25 ::error::]]> </failure>&amp; \\u{d}\\u{a}::set-output name=x::y \\u{1b}[31m\n',
    );
  });

  test('of no faults are none', () => {
    expect(renderGithub([])).toBe('');
  });
});

describe('Code Quality of GitLab', () => {
  const SHAPE = {
    type: 'array',
    items: {
      type: 'object',
      required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
      properties: {
        description: { type: 'string', minLength: 1 },
        check_name: { type: 'string' },
        fingerprint: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
        location: {
          type: 'object',
          required: ['path', 'lines'],
          properties: {
            path: { type: 'string', pattern: '^[^./]' },
            lines: {
              type: 'object',
              required: ['begin'],
              properties: { begin: { type: 'integer', minimum: 1 } },
            },
          },
        },
      },
    },
  };

  test('has the shape that GitLab reads', () => {
    expectShape(SHAPE, renderGitlab([PLAIN, HOSTILE]));
    expect(renderGitlab([])).toBe('[]\n');
  });

  test('a fault keeps its fingerprint when it moves, and two of a kind have two', () => {
    const prints = (diagnostics: readonly Diagnostic[]): string[] =>
      (JSON.parse(renderGitlab(diagnostics)) as { fingerprint: string }[]).map(
        ({ fingerprint }) => fingerprint,
      );
    expect(prints([PLAIN])).toEqual(prints([{ ...PLAIN, line: 40 }]));
    expect(new Set(prints([PLAIN, { ...PLAIN, line: 40 }, HOSTILE])).size).toBe(3);
  });
});

describe('JUnit XML', () => {
  const orgs = [{ name: 'acme & co', files: [PLAIN.file, 'desired-state/acme/policy.yaml'] }];

  test('has a case for each file, and a failure with every fault of a faulty one', () => {
    const second = { ...PLAIN, line: 9, message: 'b < 1' };
    expect(renderJunit(orgs, [PLAIN, second])).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="flowkeeper validate" tests="2" failures="1" errors="0">',
        '  <testsuite name="acme &amp; co" tests="2" failures="1" errors="0" skipped="0">',
        `    <testcase classname="acme &amp; co" name="${PLAIN.file}" file="${PLAIN.file}" time="0">`,
        '      <failure type="schema.violation" message="`maxWaitTime` must be a whole number">' +
          `${PLAIN.file}:4:18: \`maxWaitTime\` must be a whole number [schema.violation]`,
        `${PLAIN.file}:9:18: b &lt; 1 [schema.violation]</failure>`,
        '    </testcase>',
        '    <testcase classname="acme &amp; co" name="desired-state/acme/policy.yaml" file="desired-state/acme/policy.yaml" time="0"/>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  test('is XML whatever a message holds', () => {
    const text = renderJunit(orgs, [HOSTILE]);
    expect(text).toContain('tests="3" failures="1"');
    expect(text).toContain('<testsuite name="shared files"');
    expect(text).toContain('a,b:c%d &lt;é&gt; &quot;q&quot;.yaml');
    expect(text).toContain(
      '100% ::error::]]&gt; &lt;/failure&gt;&amp;amp; \\u{d}\\u{a}::set-output name=x::y \\u{1b}[31m',
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('SARIF 2.1.0', () => {
  /** What the standard requires of the parts that are used (sections 3.13, 3.14, 3.18, 3.19, 3.27 to 3.30). */
  const TEXT = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
  const SHAPE = {
    type: 'object',
    required: ['version', 'runs'],
    properties: {
      version: { const: '2.1.0' },
      runs: {
        type: 'array',
        items: {
          type: 'object',
          required: ['tool', 'results'],
          properties: {
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name'],
                  properties: {
                    name: { type: 'string' },
                    version: { type: 'string' },
                    rules: {
                      type: 'array',
                      uniqueItems: true,
                      items: {
                        type: 'object',
                        required: ['id'],
                        properties: {
                          id: { type: 'string' },
                          shortDescription: TEXT,
                          fullDescription: TEXT,
                        },
                      },
                    },
                  },
                },
              },
            },
            columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['message'],
                properties: {
                  ruleId: { type: 'string' },
                  ruleIndex: { type: 'integer', minimum: -1 },
                  level: { enum: ['none', 'note', 'warning', 'error'] },
                  message: TEXT,
                  locations: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: {
                        physicalLocation: {
                          type: 'object',
                          required: ['artifactLocation'],
                          properties: {
                            artifactLocation: {
                              type: 'object',
                              properties: { uri: { type: 'string', pattern: '^[^ <>"]+$' } },
                            },
                            region: {
                              type: 'object',
                              properties: {
                                startLine: { type: 'integer', minimum: 1 },
                                startColumn: { type: 'integer', minimum: 1 },
                              },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  };

  test('has the shape of the standard, and each result finds its rule', () => {
    const text = renderSarif([PLAIN, HOSTILE, PLAIN], '1.2.3');
    expectShape(SHAPE, text);
    const [run] = (JSON.parse(text) as SarifLog).runs;
    const ids = run?.tool.driver.rules.map(({ id }) => id);
    expect(ids).toEqual(['schema.violation', 'yaml.syntax']);
    expect(run?.results.map(({ ruleIndex }) => ruleIndex)).toEqual([0, 1, 0]);
  });

  test('of no faults is a run without results, which clears old ones', () => {
    expectShape(SHAPE, renderSarif([], '1.2.3'));
    expect((JSON.parse(renderSarif([], '1.2.3')) as SarifLog).runs[0]?.results).toEqual([]);
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleIndex: number }[];
  }[];
}
