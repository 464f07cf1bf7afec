import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';

/** The validator that a contract's schema is held against; it refuses a schema that is not valid itself. */
export function validatorOf(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  ajv.addKeyword('x-terrarium');
  expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true);
  return ajv.compile(schema);
}
