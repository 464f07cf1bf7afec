import type { PartName, SplitRows } from '#core/data/split/parts.ts';
import { inputError } from '#core/errors.ts';
import { firstCell, type FeatureMatrix } from '#core/features/matrix.ts';
import { FeaturePipeline } from '#core/features/pipeline.ts';
import { takeRecords, type RawColumn } from '#core/features/windows/window-column.ts';
import { windowSequence } from '#core/features/windows/window-sequence.ts';
import { naiveErrorOf } from '#core/forecast/naive-error.ts';
import type { PreparedForecast } from '#core/forecast/prepare-forecast.ts';
import type { PreparedQueries } from '#core/ranking/prepare-queries.ts';
import { numbered } from '#core/ranking/query-rows.ts';
import type { RandomStream } from '#core/random.ts';
import type { TrainingData } from '#core/models/estimator.ts';
import { buildContract } from '#core/spec/build-contract.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';
import type { ColumnReading } from '#core/spec/input-columns.ts';
import type { Spec, SpecStep } from '#core/spec/spec.ts';
import type { PreparedTarget } from './prepare-target.ts';
import { refuseFarTarget } from './refuse-far-target.ts';
import { trainingWeights } from './row-counts.ts';

/** From so many features on the contract says how many there are. */
const MANY_FEATURES = 1000;

/** One part of the split: its raw columns, its features, and its target in three forms. */
export interface Part {
  readonly rows: Int32Array;
  readonly columns: readonly RawColumn[];
  readonly data: TrainingData;
  /** Of a forecast: the time and the series of each row. */
  readonly moments?: readonly Moment[];
  /** Of a ranking: what each query is called, in the order of `data.queries`. */
  readonly queryNames?: readonly string[];
  /** Class indexes, grades, or values in the target's own unit. */
  readonly target: Float64Array;
}

interface Moment {
  readonly time: string;
  readonly series?: string;
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
  readonly columns: readonly RawColumn[];
  readonly target: PreparedTarget;
  /** The rows in time, where the target is forecast. */
  readonly forecast: PreparedForecast | null;
  /** Which rows are ranked against one another, where rows are ranked. */
  readonly queries: PreparedQueries | null;
  /** How much each row of the data counts in training; null where every row counts the same. */
  readonly counts: Float64Array | null;
  /** Steps that draw at random fork it, so that each fitting draws the same. */
  readonly random: RandomStream;
}

/** What a candidate's features are made by. */
export interface FeaturePlan {
  readonly steps: readonly SpecStep[];
  /** Where it only repeats a value of the target: so many rows before the last known one. */
  readonly repeats?: number | undefined;
  /** Where it reads the windows of a forecast as they are. */
  readonly sequences?: true;
}

/** Fits contract and pipeline on the training rows alone, and puts every part through them. */
export function fitParts(
  { spec, readings, columns, target, forecast, queries, counts, random }: ReadRows,
  split: SplitRows,
  plan: FeaturePlan = spec,
): FittedParts {
  const trainColumns = columns.map((column) => takeRecords(column, split.train));
  const valueOf = targetLookup(target);
  const trainTarget = Float64Array.from(split.train, valueOf);
  const inTime = forecast && {
    ...forecast.contract,
    ...naiveErrorOf(forecast, split.train, valuesInTime(columns, spec.target)),
  };
  const inputContract = buildContract(spec, readings, trainColumns, target, trainTarget, {
    ...(inTime !== null && { forecast: inTime }),
    ...(queries !== null && { query: queries.contract }),
  });
  refuseFarTarget(inputContract, trainTarget);
  const { pipeline, features: trainFeatures } = FeaturePipeline.fit(
    ...chosenFeatures(inputContract, plan),
    trainColumns,
    {
      task: spec.task,
      target: trainTarget,
      outputs: inputContract.target.classes?.length ?? 1,
      random: random.fork('steps'),
    },
  );
  const { width } = trainFeatures;
  const seen = spec.task === 'language' ? withCharacters(inputContract, pipeline) : inputContract;
  const contract = width < MANY_FEATURES ? seen : { ...seen, features: width };
  const partOf = (name: PartName): Part => {
    const rows = split[name];
    const isTrain = name === 'train';
    const own = isTrain ? trainColumns : columns.map((column) => takeRecords(column, rows));
    const values = isTrain ? trainTarget : Float64Array.from(rows, valueOf);
    const features = isTrain ? trainFeatures : pipeline.transform(own, rows.length);
    refuseOverflow(features, rows);
    const ranked = queries === null ? null : queriesAmong(queries, rows);
    const weights = isTrain && counts !== null ? trainingWeights(counts, rows) : undefined;
    const data = {
      ...trainingData(contract, features, values),
      ...(weights && { weights }),
      ...ranked?.data,
    };
    const moments = forecast === null ? {} : { moments: momentsOf(forecast, rows) };
    return { rows, columns: own, target: values, data, ...moments, ...ranked?.names };
  };
  return {
    contract,
    pipeline,
    parts: { train: partOf('train'), validation: partOf('validation'), test: partOf('test') },
  };
}

/** A language model's classes are the characters that its step has learned from the training windows. */
function withCharacters(contract: Contract, pipeline: FeaturePipeline): Contract {
  const [first] = pipeline.meanings();
  const classes = first?.kind === 'place' ? first.categories : [];
  return { ...contract, target: { ...contract.target, classes } };
}

function momentsOf({ time, series }: PreparedForecast, rows: Int32Array): readonly Moment[] {
  return Array.from(rows, (row) => ({
    time: String(time.values[row] ?? ''),
    ...(series === null ? {} : { series: String(series.values[row] ?? '') }),
  }));
}

/** The queries of some rows, numbered among themselves. */
function queriesAmong({ ofRow, names }: PreparedQueries, rows: Int32Array) {
  const { numbers, distinct } = numbered(rows.map((row) => ofRow[row] ?? -1));
  return {
    data: { queries: numbers },
    names: { queryNames: distinct.map((query) => names[query] ?? '') },
  };
}

/** The target's values in the order of the timeline. */
function valuesInTime(columns: readonly RawColumn[], target: string | undefined): Float64Array {
  const found = columns.find(({ name, kind }) => name === target && kind === 'window');
  return found?.kind === 'window' ? found.values : new Float64Array(0);
}

/** All inputs with their steps, one value of the target as it is, or whole windows. */
function chosenFeatures(
  { inputs, target }: Contract,
  { steps, repeats, sequences }: FeaturePlan,
): readonly [readonly SpecStep[], readonly ContractInput[]] {
  if (sequences === true) return windowSequence(inputs);
  if (repeats === undefined) return [steps, inputs];
  const own = inputs.flatMap((input) =>
    input.name === target.name && input.window !== undefined
      ? [{ ...input, window: { rows: input.window.rows, lags: [repeats] } }]
      : [],
  );
  return [[], own];
}

function targetLookup(target: PreparedTarget): (row: number) => number {
  const byRow = new Map<number, number>();
  for (const [i, row] of target.rows.entries()) byRow.set(row, target.values[i] ?? NaN);
  return (row) => byRow.get(row) ?? NaN;
}

function trainingData(
  contract: Contract,
  features: FeatureMatrix,
  target: Float64Array,
): TrainingData {
  if (contract.task === 'classification') {
    return {
      task: 'classification',
      features,
      target,
      outputs: contract.target.classes?.length ?? 0,
    };
  }
  if (contract.task !== 'regression') return { task: contract.task, features, target, outputs: 1 };
  const { mean: centre = 0, standardDeviation: scale = 1 } = contract.target;
  const targetScale = { mean: centre, standardDeviation: scale };
  const standardized = target.map((value) => (value - centre) / scale);
  return { task: 'regression', features, target: standardized, targetScale, outputs: 1 };
}

/** A value so far from the training values that it has no 32-bit number after the steps. */
function refuseOverflow(features: FeatureMatrix, rows: Int32Array): void {
  const found = firstCell(features, (value) => Math.abs(value) === Infinity);
  if (found === null) return;
  const column = features.names[found.feature] ?? '';
  const row = (rows[found.row] ?? 0) + 1;
  throw inputError(
    'value_too_large',
    `Row ${row}, column "${column}": the value is too far from the others for 32-bit numbers.`,
    `Correct it, or, where it means missing, list it in the spec under columns.${column}.missing.`,
    { row, column },
  );
}
