import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';
import { ROOT } from '../built.ts';
import { serve } from '../rpc.ts';

const ajv = new Ajv2020({ strict: false, logger: false });
ajv.addSchema(schema('base'));
const validate = ajv.compile(schema('flow'));

function schema(name: string): object {
  return JSON.parse(readFileSync(new URL(`schemas/${name}.schema.json`, ROOT), 'utf8')) as object;
}

const handlers = {
  /** The libraries alone: no positions, no guard against hostile text, no hash, nothing kept. */
  parseAll: (texts: readonly string[]) => {
    for (const text of texts) {
      const document = parseDocument(text);
      if (document.errors.length > 0 || !validate(document.toJS()))
        throw new Error(`a file of the bench has faults: ${text}`);
    }
  },
};

export type ParserHandlers = typeof handlers;

serve(handlers);
