import type { SpecChange } from '#core/spec/change-spec.ts';

/** How much a finding weighs: severe stops an audit in CI, a warning should be settled, a note is worth knowing. */
export const severities = ['severe', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

export const findingCodes = [
  'missing_values',
  'missing_related_to_target',
  'constant_column',
  'near_constant_column',
  'duplicate_rows',
  'duplicate_images',
  'conflicting_labels',
  'outliers',
  'mixed_types',
  'category_variants',
  'high_cardinality',
  'identifier_column',
  'class_imbalance',
  'few_rows_per_class',
  'skew',
  'dates_out_of_order',
  'dates_in_future',
  'missing_code',
  'broken_encoding',
  'predicts_target',
  'determines_target',
  'function_of_target',
  'rows_in_train_and_test',
  'entity_in_train_and_test',
  'trains_on_future',
  'personal_email',
  'personal_phone',
  'personal_card',
  'personal_iban',
  'personal_national_id',
  'personal_ip',
  'personal_birth_date',
  'personal_address',
  'personal_name',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** One thing that an audit found: what, by which evidence, why it matters, and what can be done about it. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The columns it is about; none where it is about rows. */
  readonly columns: readonly string[];
  /** One sentence with the counts. */
  readonly message: string;
  /** Why it matters, in one sentence. */
  readonly why: string;
  /** How many rows or values are concerned. */
  readonly count: number;
  /** Up to 20 rows that show it, from 1. */
  readonly rows: readonly number[];
  readonly remedies: readonly Remedy[];
}

/** A change of the spec that settles a finding; the raw data stays as it is. */
export interface Remedy {
  readonly label: string;
  /** Fields of the spec to set, for example `columns.weight.missing`. */
  readonly changes: readonly SpecChange[];
}
