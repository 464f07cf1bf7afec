import type { SplitRows } from '#core/data/split/parts.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import type { Dataset } from '#core/data/table.ts';
import type { RawColumn } from '#core/features/windows/window-column.ts';
import { windowColumn } from '#core/forecast/prepare-forecast.ts';
import { inWindows } from '#core/language/windows.ts';
import type { Estimator } from '#core/models/estimator.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import { inputColumns, type ColumnReading } from '#core/spec/input-columns.ts';
import { inferredRanks } from '#core/spec/inferred-ranks.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import { RandomStream } from '#core/random.ts';
import type { Spec, SpecCandidate } from '#core/spec/spec.ts';
import { checkBalance } from './balance-training.ts';
import { checkPinnedRows } from './check-pinned-rows.ts';
import { fitParts, type FeaturePlan, type FittedParts } from './fit-parts.ts';
import { noImages, type PlannedImages } from './planned-images.ts';
import { preparationWarnings } from './preparation-warnings.ts';
import { prepareRows } from './prepare-rows.ts';
import { prepareSplit } from './prepare-split.ts';
import type { PreparedTarget } from './prepare-target.ts';
import { refuseMissing, refuseTargets } from './refuse-rows.ts';
import { refuseWide } from './refuse-wide.ts';

export interface PreparedRun extends FittedParts {
  /** The same rows as a candidate sees them that has features of its own. */
  fittedFor(candidate: FeatureChoice): FittedParts;
  /**
   * Each round of the cross-validation, fitted on its own training rows when it is asked for. Validation rows, taken
   * from these, are only for an estimator that stops early.
   */
  readonly folds: readonly ((estimator: Estimator, candidate?: FeatureChoice) => FittedParts)[];
  readonly split: RunRecord['split'];
  /** The rows to learn from and to measure on, and how many were left out. */
  readonly target: PreparedTarget;
  readonly warnings: readonly string[];
}

/** What decides a candidate's features. */
type FeatureChoice = Pick<SpecCandidate, 'steps'> & Partial<Pick<SpecCandidate, 'model'>>;

/**
 * Splits, and fits the features on the training rows: all that candidates share. The spec has been checked.
 * @param images of a data set that has some, decoded
 */
export function prepareRun(
  spec: Spec,
  given: Dataset,
  images: PlannedImages = noImages,
): PreparedRun {
  const dataset = inWindows(spec, given);
  const readings = inputColumns(spec, dataset.info);
  const rows = prepareRows(spec, dataset);
  const { target, forecast, queries, counts } = rows;
  checkPinnedRows(spec, dataset, target.rows);
  const typed = readings.map((reading: ColumnReading): RawColumn | null => {
    if (reading.type === 'image') return null;
    const ranks = inferredRanks(spec, dataset.info, reading);
    const column = typedColumn(dataset.table, ranks === null ? reading : { ...reading, ranks });
    const isWindow = forecast !== null && reading.window !== undefined;
    return isWindow ? windowColumn(forecast, column) : column;
  });
  const split = prepareSplit(spec, dataset, target, rows);
  const random = new RandomStream(spec.seed);
  const fit = (parts: SplitRows, plan: FeaturePlan = spec): FittedParts => {
    const columns = readings.map(({ name }, i) => typed[i] ?? images.columnFor(name, plan.steps));
    const read = { spec, readings, columns, target, forecast, queries, counts, random };
    return fitParts(read, parts, plan);
  };
  const fitted = fit(split.parts);
  const ofPlans = new Map([[JSON.stringify(planOf({}, spec)), fitted]]);
  const fittedFor = (candidate: FeatureChoice): FittedParts => {
    const plan = planOf(candidate, spec);
    const key = JSON.stringify(plan);
    const found = ofPlans.get(key) ?? fit(split.parts, plan);
    ofPlans.set(key, found);
    return found;
  };
  for (const [i, candidate] of spec.candidates.entries()) {
    const [seen, estimator] = [fittedFor(candidate), estimatorNamed(candidate.model)];
    const path = `candidates[${i}].parameters`;
    const parameters = resolveParameters(estimator.parameters, candidate.parameters, path);
    refuseWide(seen, estimator, candidate.name, parameters);
    refuseMissing(seen, estimator, candidate.name);
    refuseTargets(seen, estimator, candidate.name, parameters);
    estimator.check?.(seen.parts.train.data, parameters, path);
    checkBalance(candidate, seen.contract, `candidates[${i}].balance`);
  }
  const folds = split.folds.map(
    ({ train, test, stopping }) =>
      (estimator: Estimator, candidate: FeatureChoice = {}) =>
        fit(
          {
            ...(estimator.stopsEarly ? stopping : { train, validation: new Int32Array(0) }),
            test,
          },
          planOf(candidate, spec),
        ),
  );
  return {
    ...fitted,
    fittedFor,
    folds,
    split: split.record,
    target,
    warnings: [
      ...split.warnings,
      ...(forecast?.warnings ?? []),
      ...(queries?.warnings ?? []),
      ...preparationWarnings(target, fitted, split.record),
    ],
  };
}

function planOf({ steps, model }: FeatureChoice, spec: Spec): FeaturePlan {
  const { forecast } = spec;
  const estimator = model === undefined || forecast === undefined ? null : estimatorNamed(model);
  if (estimator?.readsSequences === true) return { steps: [], sequences: true };
  const repeats = forecast === undefined ? null : estimator?.repeats?.(forecast);
  return { steps: steps ?? spec.steps, ...(typeof repeats === 'number' ? { repeats } : {}) };
}
