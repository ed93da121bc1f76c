import { _ } from 'ajv';
import type { CodeKeywordDefinition } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { DURATION_LIMITS, FORMATS } from '../../src/config/schema-formats.ts';

/** Teaches what the `format`s and `x-` keywords of schemas/ mean. */
export function addOwnWords(ajv: Ajv2020): void {
  for (const [format, holds] of Object.entries(FORMATS)) ajv.addFormat(format, holds);
  for (const [keyword, holds] of Object.entries(DURATION_LIMITS))
    ajv.addKeyword(limitKeyword(keyword, holds));
}

/** A keyword whose function is called by name, so that it can stand in a module. */
function limitKeyword(
  keyword: string,
  holds: (value: unknown, limit: string) => boolean,
): CodeKeywordDefinition {
  return {
    keyword,
    schemaType: 'string',
    code: (context) => {
      const name = context.gen.scopeValue('func', {
        ref: holds,
        code: _`DURATION_LIMITS[${keyword}]`,
      });
      context.fail(_`!${name}(${context.data}, ${context.schema as string})`);
    },
  };
}
