import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { characters } from '#core/features/texts/characters.ts';
import { resolveParameters } from './parameters.ts';
import type { Spec, SpecStep } from './spec.ts';

/** Whether a table has a text that a language model could learn from: a column of texts, or one column and no other. */
export function holdsText({ columns }: DatasetInfo): boolean {
  const filled = columns.filter(({ type }) => type !== 'empty');
  return (
    filled.some(({ type }) => type === 'text') || (filled.length === 1 && filled.every(isOfTexts))
  );
}

/** The columns of a language model's spec: the one text of a table is its input, and all others are left out. */
export function textAlone({ columns }: DatasetInfo): Spec['columns'] {
  const text = columns.find(({ type }) => type === 'text') ?? onlyTexts(columns);
  return Object.fromEntries(
    columns
      .filter((one) => one !== text || one.type !== 'text')
      .map((one) => [one.name, { type: one === text ? 'text' : 'ignore' } as const]),
  );
}

export function characterSteps(): SpecStep[] {
  const parameters = resolveParameters(characters.parameters, {}, characters.name);
  return [{ step: characters.name, columns: 'text', parameters }];
}

/** Lines that are all different, or few, look like names or categories. */
function onlyTexts(columns: readonly ColumnSchema[]): ColumnSchema {
  const [only, second] = columns.filter(isOfTexts);
  if (only !== undefined && second === undefined) return only;
  throw inputError(
    'no_text_column',
    `columns: a language model learns from one column of texts, and the data has ${only === undefined ? 'none' : 'several that could be it'}.`,
    'Set columns.NAME.type of one to text.',
    { path: 'columns' },
  );
}

function isOfTexts({ dtype, type }: ColumnSchema): boolean {
  return dtype === 'string' && type !== 'empty' && type !== 'image';
}
