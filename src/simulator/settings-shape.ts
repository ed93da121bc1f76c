import { ANY, FLAG, OBJECT, STRING, listOf, oneOf, openProblemsOf, required } from './input.ts';
import type { Fields } from './input.ts';
import { isObject } from './json.ts';

/** Fields that the contract types in a block; others are allowed beside them. */
const KNOWN_BLOCKS: Readonly<Record<string, Fields>> = {
  routing: {},
  configurationMatrix: {},
  scopeDirectives: {
    applyTo: listOf(oneOf('queue', 'user', 'team')),
    enforceHierarchy: FLAG,
  },
};

const MATRIX_ENTRY: Fields = { key: required(STRING), value: required(ANY) };

/**
 * Faults of the blocks that the contract describes (FlowSettings). Any other block may hold
 * anything, and so may fields beside the described ones.
 */
export function knownBlockProblems(settings: unknown, where: string): readonly string[] {
  if (!isObject(settings)) return [`${where} must be ${OBJECT.wants}`];
  const problems: string[] = [];
  for (const [name, fields] of Object.entries(KNOWN_BLOCKS)) {
    if (!Object.hasOwn(settings, name)) continue;
    const block = settings[name];
    problems.push(...openProblemsOf(block, fields, `${where}.${name}`));
    if (name !== 'configurationMatrix' || !isObject(block)) continue;
    for (const [parameter, entry] of Object.entries(block)) {
      problems.push(...openProblemsOf(entry, MATRIX_ENTRY, `${where}.${name}.${parameter}`));
    }
  }
  return problems;
}
