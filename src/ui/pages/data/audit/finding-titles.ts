import type { FindingCode, Severity } from '#core/data/audit/finding.ts';

/** Each kind of finding in a few words, which go on with `in 12 columns`. */
export const findingTitles: Readonly<Record<FindingCode, string>> = {
  missing_values: 'Missing values',
  missing_related_to_target: 'Values missing more often for some targets',
  constant_column: 'One value only',
  near_constant_column: 'Almost one value only',
  duplicate_rows: 'Repeated rows',
  duplicate_images: 'Repeated images',
  conflicting_labels: 'Same features with different targets',
  outliers: 'Outliers',
  mixed_types: 'Mixed types',
  category_variants: 'Categories that differ by case or space',
  high_cardinality: 'Very many categories',
  identifier_column: 'Identifiers',
  class_imbalance: 'Unequal classes',
  few_rows_per_class: 'Classes with few rows',
  skew: 'Skewed values',
  dates_out_of_order: 'Dates out of order',
  dates_in_future: 'Dates in the future',
  missing_code: 'Numbers or texts that stand for missing',
  broken_encoding: 'Text with broken encoding',
  predicts_target: 'Telling the target too well',
  determines_target: 'Determining the target',
  function_of_target: 'Following from the target',
  rows_in_train_and_test: 'Rows on both sides of the split',
  entity_in_train_and_test: 'Entities on both sides of the split',
  trains_on_future: 'Training on the future',
  personal_email: 'E-mail addresses',
  personal_phone: 'Phone numbers',
  personal_card: 'Card numbers',
  personal_iban: 'Bank accounts',
  personal_national_id: 'National identifiers',
  personal_ip: 'IP addresses',
  personal_birth_date: 'Birth dates',
  personal_address: 'Postal addresses',
  personal_name: 'Names of persons',
};

/** Looked for only where a target is chosen. */
export const needsTarget: readonly FindingCode[] = [
  'missing_related_to_target',
  'conflicting_labels',
  'class_imbalance',
  'few_rows_per_class',
  'predicts_target',
  'determines_target',
  'function_of_target',
  'rows_in_train_and_test',
  'entity_in_train_and_test',
  'trains_on_future',
];

export const severityWords: Readonly<
  Record<Severity, { readonly one: string; readonly many: string }>
> = {
  severe: { one: 'severe', many: 'severe' },
  warning: { one: 'warning', many: 'warnings' },
  note: { one: 'note', many: 'notes' },
};

/** What is looked for in the lines of a text, which are no rows that repeat or lack a value. */
export function isOfTexts(code: FindingCode): boolean {
  return code.startsWith('personal_') || code === 'broken_encoding';
}
