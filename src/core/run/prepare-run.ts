import type { PartName } from '#core/data/split/parts.ts';
import { takeRows, typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { FeatureColumn } from '#core/features/step.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { buildContract } from '#core/spec/build-contract.ts';
import type { Contract } from '#core/spec/contract.ts';
import { inputColumns } from '#core/spec/input-columns.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { Spec } from '#core/spec/spec.ts';
import { checkPinnedRows } from './check-pinned-rows.ts';
import { prepareSplit } from './prepare-split.ts';
import { prepareTarget, type PreparedTarget } from './prepare-target.ts';

/** Names of small classes that a warning lists. */
const FEW_SHOWN = 10;

/** One part of the split: its raw columns, its features, and its target in three forms. */
export interface Part {
  readonly rows: Int32Array;
  readonly columns: readonly FeatureColumn[];
  readonly data: TrainingData;
  /** Class indexes, or values in the target's own unit. */
  readonly target: Float64Array;
}

export interface PreparedRun {
  readonly contract: Contract;
  readonly pipeline: FeaturePipeline;
  readonly parts: Readonly<Record<PartName, Part>>;
  readonly split: RunRecord['split'];
  readonly rowsWithoutTarget: number;
  readonly rowsRepeated: number;
  readonly warnings: readonly string[];
}

/** Splits, and fits the features on the training rows: all that candidates share. The spec has been checked. */
export function prepareRun(spec: Spec, dataset: Dataset): PreparedRun {
  const readings = inputColumns(spec, dataset.info);
  const target = prepareTarget(spec, dataset);
  checkPinnedRows(spec, dataset, target.rows);
  const columns = readings.map((reading) => typedColumn(dataset.table, reading));
  const split = prepareSplit(spec, dataset, target);
  const trainColumns = columns.map((column) => takeRows(column, split.parts.train));
  const valueOf = targetLookup(target);
  const trainTarget = Float64Array.from(split.parts.train, valueOf);
  const contract = buildContract(spec, readings, trainColumns, target, trainTarget);
  const pipeline = FeaturePipeline.fit(spec.steps, contract.inputs, trainColumns);
  const partOf = (name: PartName): Part => {
    const rows = split.parts[name];
    const own = name === 'train' ? trainColumns : columns.map((column) => takeRows(column, rows));
    const values = Float64Array.from(rows, valueOf);
    return {
      rows,
      columns: own,
      target: values,
      data: trainingData(contract, pipeline, own, values, rows),
    };
  };
  return {
    contract,
    pipeline,
    parts: { train: partOf('train'), validation: partOf('validation'), test: partOf('test') },
    split: split.record,
    rowsWithoutTarget: target.rowsWithoutTarget,
    rowsRepeated: target.rowsRepeated,
    warnings: [...split.warnings, ...warningsFor(target, trainColumns, split.record)],
  };
}

function targetLookup(target: PreparedTarget): (row: number) => number {
  const byRow = new Map<number, number>();
  for (const [i, row] of target.rows.entries()) byRow.set(row, target.values[i] ?? NaN);
  return (row) => byRow.get(row) ?? NaN;
}

function trainingData(
  contract: Contract,
  pipeline: FeaturePipeline,
  columns: readonly FeatureColumn[],
  target: Float64Array,
  rows: Int32Array,
): TrainingData {
  const features = pipeline.transform(columns, target.length);
  refuseOverflow(features, rows);
  if (contract.task === 'classification') {
    return {
      task: 'classification',
      features,
      target,
      outputs: contract.target.classes?.length ?? 0,
    };
  }
  const { mean: centre = 0, standardDeviation: scale = 1 } = contract.target;
  const standardized = target.map((value) => (value - centre) / scale);
  return { task: 'regression', features, target: standardized, outputs: 1 };
}

/** A value so far from the training values that it has no 32-bit number after the steps. */
function refuseOverflow({ values, width, names }: FeatureMatrix, rows: Int32Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const column = names[at % width] ?? '';
  const row = (rows[Math.floor(at / width)] ?? 0) + 1;
  throw inputError(
    'value_too_large',
    `Row ${row}, column "${column}": the value is too far from the others for 32-bit numbers.`,
    `Correct it, or, where it means missing, list it in the spec under columns.${column}.missing.`,
    { row, column },
  );
}

function warningsFor(
  target: PreparedTarget,
  trainColumns: readonly FeatureColumn[],
  { leftOut }: RunRecord['split'],
): string[] {
  const warnings: string[] = [];
  if (target.rowsWithoutTarget > 0) {
    warnings.push(`Rows left out because they have no target: ${target.rowsWithoutTarget}.`);
  }
  if (target.rowsRepeated > 0) {
    warnings.push(`Rows left out because they repeat an earlier one: ${target.rowsRepeated}.`);
  }
  if (leftOut > 0) {
    warnings.push(`Rows left out because they lie in the gap of the split: ${leftOut}.`);
  }
  for (const column of trainColumns) {
    const empty =
      column.kind === 'numeric'
        ? column.values.every((value) => Number.isNaN(value))
        : column.values.every((value) => value === '');
    if (empty) {
      warnings.push(
        `Column "${column.name}" has no value in the training rows, so nothing is learned from it.`,
      );
    }
  }
  const few = target.classes?.filter((_, k) => count(target.values, k) < 5) ?? [];
  if (few.length > 0) {
    warnings.push(
      `Classes with fewer than 5 rows, whose figures mean little: ${few.slice(0, FEW_SHOWN).join(', ')}${few.length > FEW_SHOWN ? ` and ${few.length - FEW_SHOWN} more` : ''}.`,
    );
  }
  return warnings;
}

function count(values: Float64Array, wanted: number): number {
  return values.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0);
}
