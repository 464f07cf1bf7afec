import { trimmed } from '#core/data/normalize.ts';
import type { ColumnSchema, DatasetInfo } from '#core/data/table.ts';
import { inputKind, missingTexts } from './input-columns.ts';
import { listed, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

type ColumnSettings = Spec['columns'][string];

/**
 * What is pinned of each column can hold: ranges of numbers, categories of texts, and nothing of the target. Whether
 * the rows keep to it is for `run/check-rows.ts`.
 */
export function checkPins(spec: Spec, info: DatasetInfo): void {
  for (const column of info.columns) {
    const settings = spec.columns[column.name];
    if (settings === undefined) continue;
    if (column.name === spec.target) checkTargetPins(column.name, settings);
    else {
      checkRange(column, settings);
      checkCategories(column, settings);
    }
  }
}

function checkTargetPins(name: string, settings: ColumnSettings): void {
  if (settings.known === false) {
    throw refuse(
      `columns.${name}.known`,
      'is false, and the column is the target',
      'A target is what is predicted, so it need not be said. Remove it.',
    );
  }
  for (const pin of ['range', 'categories', 'nullable'] as const) {
    if (settings[pin] === undefined) continue;
    throw refuse(
      `columns.${name}.${pin}`,
      'is for inputs, and the column is the target',
      'Remove it, or choose another target.',
    );
  }
}

function checkRange(column: ColumnSchema, settings: ColumnSettings): void {
  const { range } = settings;
  if (range === undefined) return;
  const path = `columns.${column.name}.range`;
  if (inputKind(typeOf(column, settings)) !== 'numeric') {
    throw refuse(
      path,
      `is for numbers, and the column is read as ${typeOf(column, settings)}`,
      'Remove it, or give the column another type.',
    );
  }
  if (range.min === undefined && range.max === undefined) {
    throw refuse(path, 'has neither min nor max', 'Give one of them, or remove it.');
  }
  if (range.min !== undefined && range.max !== undefined && range.min > range.max) {
    throw refuse(
      path,
      `begins at ${range.min}, after its end at ${range.max}`,
      'Exchange min and max.',
    );
  }
}

function checkCategories(column: ColumnSchema, settings: ColumnSettings): void {
  const { categories, order, personal } = settings;
  if (categories === undefined) return;
  const path = `columns.${column.name}.categories`;
  if (personal?.decision === 'mask' || personal?.decision === 'hash') {
    throw refuse(
      path,
      `would carry the texts that ${personal.decision} is to hide into the model’s file`,
      'Remove it.',
    );
  }
  if (inputKind(typeOf(column, settings)) !== 'categorical') {
    throw refuse(
      path,
      `is for categories, and the column is read as ${typeOf(column, settings)}`,
      'Remove it, or give the column another type.',
    );
  }
  const twin = categories.find((value, i) => categories.indexOf(value) !== i);
  if (twin !== undefined) throw refuse(path, `names "${twin}" twice`, 'Name every value once.');
  const missing = missingTexts(settings, 'categorical');
  const absent = categories.find((value) => missing.includes(trimmed(value)));
  if (absent !== undefined) {
    throw refuse(
      path,
      `names "${absent}", which means missing in this column`,
      `Remove it there, or set columns.${column.name}.missing to other texts.`,
    );
  }
  const padded = categories.find((value) => trimmed(value) !== value);
  if (padded !== undefined) {
    throw refuse(
      path,
      `names "${padded}", with white space around it`,
      'Cells are read without it. Remove it.',
    );
  }
  const stray = order === undefined ? undefined : categories.find((one) => !order.includes(one));
  if (stray !== undefined) {
    throw refuse(
      path,
      `names "${stray}", which is not in the column's order`,
      `It has: ${listed(order ?? [])}.`,
    );
  }
}

/** As what a column's values are read: what is ignored keeps what was pinned of the type it has. */
function typeOf(
  column: ColumnSchema,
  { type, personal }: ColumnSettings,
): Parameters<typeof inputKind>[0] {
  // A mask and a hash are texts, whatever they stand for.
  if (personal?.decision === 'mask' || personal?.decision === 'hash') return 'categorical';
  return type === undefined || type === 'ignore' ? column.type : type;
}
