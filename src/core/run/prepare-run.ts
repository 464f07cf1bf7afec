import type { SplitRows } from '#core/data/split/parts.ts';
import type { FeatureMatrix } from '#core/features/matrix.ts';
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
import { prepareRows } from './prepare-rows.ts';
import { prepareSplit } from './prepare-split.ts';
import type { PreparedTarget } from './prepare-target.ts';
import { refuseMissing, refuseTargets } from './refuse-rows.ts';
import { refuseWide } from './refuse-wide.ts';

/** Names of small classes that a warning lists. */
const FEW_SHOWN = 10;
/** Features from which on a warning says what they cost. */
const MANY_FEATURES = 2000;

export interface PreparedRun extends FittedParts {
  /** The same rows as a candidate sees them that has features of its own. */
  fittedFor(candidate: FeatureChoice): FittedParts;
  /**
   * Each round of the cross-validation, fitted on its own training rows when it is asked for. Validation rows, taken
   * from these, are only for an estimator that stops early.
   */
  readonly folds: readonly ((estimator: Estimator, candidate?: FeatureChoice) => FittedParts)[];
  readonly split: RunRecord['split'];
  readonly rowsWithoutTarget: number;
  readonly rowsRepeated: number;
  readonly rowsConflicting?: number | undefined;
  readonly rowsWithoutHistory?: number | undefined;
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
    rowsWithoutTarget: target.rowsWithoutTarget,
    rowsRepeated: target.rowsRepeated,
    rowsConflicting: target.rowsConflicting,
    rowsWithoutHistory: target.rowsWithoutHistory,
    warnings: [
      ...split.warnings,
      ...(forecast?.warnings ?? []),
      ...(queries?.warnings ?? []),
      ...warningsFor(target, fitted, split.record),
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

function warningsFor(
  target: PreparedTarget,
  { parts: { train } }: FittedParts,
  { leftOut }: RunRecord['split'],
): string[] {
  const warnings: string[] = [];
  if (target.rowsWithoutTarget > 0) {
    warnings.push(`Rows left out because they have no target: ${target.rowsWithoutTarget}.`);
  }
  if (target.rowsRepeated > 0) {
    warnings.push(`Rows left out because they repeat an earlier one: ${target.rowsRepeated}.`);
  }
  const { rowsConflicting = 0 } = target;
  if (rowsConflicting > 0) {
    warnings.push(
      `Rows left out because they contradict others of the same inputs: ${rowsConflicting}. Such rows will come again, and no figure here tells how they are answered.`,
    );
  }
  if (target.rowsWithoutHistory !== undefined && target.rowsWithoutHistory > 0) {
    warnings.push(
      `Rows left out because the rows that their forecast looks back on are not all there: ${target.rowsWithoutHistory}.`,
    );
  }
  if (leftOut > 0) {
    warnings.push(`Rows left out because they lie in the gap of the split: ${leftOut}.`);
  }
  if (train.data.features.width > MANY_FEATURES) warnings.push(manyFeatures(train.data.features));
  for (const column of train.columns) {
    if (column.kind === 'image') continue;
    const empty =
      column.kind === 'text'
        ? column.values.every((value) => value === '')
        : column.values.every((value) => Number.isNaN(value));
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

/** What very many features cost, and what was done about it. */
function manyFeatures({ rows, width, sparse, image }: FeatureMatrix): string {
  const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString('en');
  const all = megabytes(rows * width * Float32Array.BYTES_PER_ELEMENT);
  const made = `The steps make ${width.toLocaleString('en')} features of each row`;
  const less =
    image === undefined
      ? 'fewer categories, or target or frequency encoding, need less.'
      : 'fewer pixels, or grey ones, need less.';
  if (sparse === undefined) {
    return `${made}, which take ${all} MB for the training rows alone and make training slow; ${less}`;
  }
  const kept = megabytes(sparse.values.byteLength + sparse.places.byteLength);
  const share = ((100 * sparse.values.length) / (rows * width)).toPrecision(2);
  return `${made}, of which ${share}% are not 0: only these are kept, ${kept} MB in the place of ${all} MB for the training rows. Linear models and naive Bayes train on them as they are; other models need them written out, and are slow; ${less}`;
}

function count(values: Float64Array, wanted: number): number {
  return values.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0);
}
