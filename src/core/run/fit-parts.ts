import type { PartName, SplitRows } from '#core/data/split/parts.ts';
import { takeRows } from '#core/data/typed-columns.ts';
import { inputError } from '#core/errors.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import type { FeatureColumn } from '#core/features/step.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { buildContract } from '#core/spec/build-contract.ts';
import type { Contract } from '#core/spec/contract.ts';
import type { ColumnReading } from '#core/spec/input-columns.ts';
import type { Spec } from '#core/spec/spec.ts';
import type { PreparedTarget } from './prepare-target.ts';

/** One part of the split: its raw columns, its features, and its target in three forms. */
export interface Part {
  readonly rows: Int32Array;
  readonly columns: readonly FeatureColumn[];
  readonly data: TrainingData;
  /** Class indexes, or values in the target's own unit. */
  readonly target: Float64Array;
}

/** What was fitted on training rows, and the parts as it sees them. */
export interface FittedParts {
  readonly contract: Contract;
  readonly pipeline: FeaturePipeline;
  readonly parts: Readonly<Record<PartName, Part>>;
}

/** All rows, as the spec has them read. */
export interface ReadRows {
  readonly spec: Spec;
  readonly readings: readonly ColumnReading[];
  /** One per reading, of every row of the data. */
  readonly columns: readonly FeatureColumn[];
  readonly target: PreparedTarget;
}

/** Fits contract and pipeline on the training rows alone, and puts every part through them. */
export function fitParts(
  { spec, readings, columns, target }: ReadRows,
  split: SplitRows,
): FittedParts {
  const trainColumns = columns.map((column) => takeRows(column, split.train));
  const valueOf = targetLookup(target);
  const trainTarget = Float64Array.from(split.train, valueOf);
  const contract = buildContract(spec, readings, trainColumns, target, trainTarget);
  const pipeline = FeaturePipeline.fit(spec.steps, contract.inputs, trainColumns);
  const partOf = (name: PartName): Part => {
    const rows = split[name];
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
