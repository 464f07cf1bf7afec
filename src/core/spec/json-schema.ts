import { dataUrlPattern } from '#core/images/data-url.ts';
import { parseNumber } from '#core/data/normalize.ts';
import { answerSchema, type JsonSchema } from './answer-schema.ts';
import type { Contract, ContractInput } from './contract.ts';
import { isoPattern } from './iso-pattern.ts';
import { categoriesText, rangeText } from './pins.ts';
import { hasTarget } from './tasks.ts';

/** What a schema is made of: a trained contract has it all, and a spec with its data set (`outline-contract.ts`) too. */
export interface ContractOutline extends Pick<
  Contract,
  'name' | 'task' | 'primaryMetric' | 'terms' | 'forecast' | 'query'
> {
  readonly target: Pick<Contract['target'], 'name' | 'classes'>;
  readonly inputs: readonly InputOutline[];
}
export type InputOutline = Omit<ContractInput, 'tensor' | 'example'>;

/**
 * The contract as JSON Schema (draft 2020-12): the root describes one record, `$defs.answer` what the model gives for
 * it. Only what is pinned refuses a record; what was seen in the data stands in descriptions. Records may have further
 * columns, which the model does not read. What the schema takes, `predictRecords` takes too, unless the model has no
 * number for it: for a missing value without an impute step, one past its 32-bit inputs, or bytes that are no image; or a date whose
 * offset leads out of the years 0000 to 9999.
 */
export function contractJsonSchema(contract: ContractOutline): JsonSchema {
  const { inputs, target, terms = {} } = contract;
  const { row, label, ...wanted } = terms;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: contract.name,
    description: [
      row === undefined ? 'One record.' : `One record: ${sentence(row)}`,
      `The model ${hasTarget(contract.task) ? 'predicts' : 'finds of each record its'} ${target.name}${label === undefined ? '.' : `: ${sentence(label)}`}`,
    ].join(' '),
    type: 'object',
    properties: Object.fromEntries(inputs.map((input) => [input.name, valueSchema(input)])),
    required: inputs
      .filter((input) => !isNullable(input) || input.window !== undefined)
      .map(({ name }) => name),
    additionalProperties: true,
    $defs: { answer: answerSchema(contract.task, target) },
    'x-terrarium': {
      task: contract.task,
      ...(hasTarget(contract.task) ? { target: target.name } : { answer: target.name }),
      primaryMetric: contract.primaryMetric,
      ...(contract.query === undefined ? {} : { query: contract.query }),
      ...(contract.forecast === undefined ? {} : { forecast: contract.forecast }),
      ...wanted,
    },
  };
}

function valueSchema(input: InputOutline): JsonSchema {
  const description = [readAs(input), seen(input)].filter((part) => part !== '').join(' ');
  return {
    ...schemaOf(input),
    ...(description === '' ? {} : { description }),
  };
}

function schemaOf(input: InputOutline): JsonSchema {
  if (input.window !== undefined) return windowSchema(input, input.window.rows);
  if (input.type === 'image') return { type: 'string', pattern: dataUrlPattern };
  if (input.type === 'numeric') return numberSchema(input);
  return input.type === 'datetime' ? dateSchema(input) : textSchema(input);
}

/** The last values of a forecast's column, oldest first. */
function windowSchema(input: InputOutline, rows: number): JsonSchema {
  return { type: 'array', items: numberSchema(input), minItems: rows, maxItems: rows };
}

/** ISO 8601; `predict` reads other forms too, which a schema of its own would not make clearer. */
function dateSchema(input: InputOutline): JsonSchema {
  return { type: typeOf(input, 'string'), pattern: isoPattern };
}

function numberSchema(input: InputOutline): JsonSchema {
  const { min, max } = input.allowed?.range ?? {};
  const codes = isNullable(input) ? [] : missingNumbers(input);
  return {
    type: typeOf(input, input.integer === true ? 'integer' : 'number'),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...(codes.length === 0 ? {} : { not: { enum: codes } }),
  };
}

function textSchema(input: InputOutline): JsonSchema {
  const known = input.allowed?.categories ?? input.order?.filter(isPresent(input));
  const type = typeOf(input, 'string');
  if (known !== undefined) return { type, enum: isNullable(input) ? [...known, null] : known };
  return isNullable(input) ? { type } : { type, not: { pattern: missingPattern(input) } };
}

function typeOf(input: InputOutline, type: string): string | readonly string[] {
  return isNullable(input) ? [type, 'null'] : type;
}

function isNullable({ allowed, type }: InputOutline): boolean {
  return allowed?.nullable !== false && type !== 'image';
}

function isPresent({ missing }: InputOutline): (text: string) => boolean {
  return (text) => text !== '' && !missing.includes(text);
}

/** Numbers that mean missing as JSON writes them, such as -999. */
function missingNumbers({ missing, decimal }: InputOutline): readonly number[] {
  return missing
    .map((text) => ({ text, value: parseNumber(text, decimal) ?? NaN }))
    .filter(({ text, value }) => String(value).replace('.', decimal ?? '.') === text)
    .map(({ value }) => value);
}

/** Texts that mean missing, with any white space around them. */
function missingPattern({ missing }: InputOutline): string {
  const texts = missing.filter((text) => text !== '').map(escaped);
  return `^\\s*(?:${texts.join('|')})?\\s*$`;
}

/** A text as a regular expression that matches it alone. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function readAs({ type, fold, masked, salt, window }: InputOutline): string {
  if (window !== undefined) {
    return `The last ${window.rows} values, oldest first; the last one is known when the forecast is made.`;
  }
  if (type === 'image') {
    return 'A PNG, JPEG, GIF, WebP or BMP file as a data URL: data:image/png;base64, and its bytes.';
  }
  if (type === 'datetime') return 'A date, or a date with a time, in ISO 8601.';
  if (masked === true) return 'The model sees only whether there is a value.';
  if (salt !== undefined) return 'The model sees a salted hash of the value.';
  return fold === true ? 'Case, white space and Unicode form make no difference.' : '';
}

/** What the data held. Of masked and hashed columns nothing is told. */
function seen({ range, period, categories = [], masked, salt }: InputOutline): string {
  if (masked === true || salt !== undefined) return '';
  if (period !== undefined) return `Seen in the data: ${period.from} to ${period.to}.`;
  if (range !== undefined) return `Seen in the data: ${rangeText(range)}.`;
  return categories.length === 0 ? '' : `Seen in the data: ${categoriesText(categories)}.`;
}

/** A text that ends like a sentence. */
function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
