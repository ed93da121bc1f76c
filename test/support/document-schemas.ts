import { readFileSync, readdirSync } from 'node:fs';
import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { addOwnWords } from '../../scripts/lib/own-schema-words.ts';

const FOLDER = new URL('../../schemas/', import.meta.url);

function makeAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
  addOwnWords(ajv);
  ajv.addFormat('date-time', (text) => text.endsWith('Z') && !Number.isNaN(Date.parse(text)));
  ajv.addFormat('json-pointer', /^(\/([^~/]|~[01])*)*$/);
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.schema.json')))
    ajv.addSchema(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as object);
  return ajv;
}

let ajv: Ajv2020 | undefined;

/** The document is what schemas/<name>.schema.json describes. */
export function expectDocument(name: string, document: unknown): void {
  ajv ??= makeAjv();
  const validate = ajv.getSchema(`${name}.schema.json`);
  if (!validate) throw new Error(`there is no schema ${name}`);
  const errors = validate(document) === true ? '' : ajv.errorsText(validate.errors);
  expect(errors).toBe('');
}
