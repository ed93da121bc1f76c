import { ANY, FLAG, OBJECT, STRING, listOf, oneOf, problemsOf, required } from './input.ts';
import type { Field, Fields } from './input.ts';
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
  return Object.entries(KNOWN_BLOCKS).flatMap(([name, fields]) => {
    if (!Object.hasOwn(settings, name)) return [];
    const block = settings[name];
    const at = `${where}.${name}`;
    const problems = problemsOf(block, { ...openFields(block), ...fields }, at);
    return name === 'configurationMatrix' && isObject(block)
      ? [...problems, ...matrixProblems(block, at)]
      : problems;
  });
}

function matrixProblems(matrix: Readonly<Record<string, unknown>>, where: string) {
  return Object.entries(matrix).flatMap(([name, entry]) =>
    problemsOf(entry, { ...openFields(entry), ...MATRIX_ENTRY }, `${where}.${name}`),
  );
}

/** Lets every field that is there be whatever it is. */
function openFields(value: unknown): Fields {
  const free: Field = { is: () => true, wants: '' };
  return isObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, free])) : {};
}
