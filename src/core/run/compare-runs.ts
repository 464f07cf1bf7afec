import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord, Metrics } from '#core/spec/candidate-record.ts';
import type { MetricName } from '#core/spec/spec.ts';

export interface Comparison {
  readonly same: boolean;
  /** What was compared, in words. */
  readonly how: string;
  readonly differences: readonly string[];
}

/**
 * What a replay on another backend or device may differ by. Training amplifies rounding, so metrics on
 * the same rows may move by a row or two: shares and R² by 0.02, errors in the target's unit by 5%, log
 * loss by whichever is larger.
 */
const REPLAY_TOLERANCE = { absolute: 0.02, relative: 0.05 } as const;
/** Metrics without an upper end: errors in the target's unit or the features', and ratios of distances. */
const relativeMetrics = new Set<MetricName>([
  ...(['mae', 'rmse', 'mase', 'perplexity'] as const),
  ...(['davies_bouldin', 'calinski_harabasz', 'reconstruction_rmse'] as const),
]);

/**
 * Compares a replay with the recorded run: weights hashes where the backend gives the same bits
 * everywhere (wasm and cpu, to themselves) or where `strict` demands it, else metrics within tolerance.
 */
export function compareRuns(recorded: RunRecord, replayed: RunRecord, strict: boolean): Comparison {
  const [before, now] = [recorded.environment.backend, replayed.environment.backend];
  const sameBits = before === now && now !== 'webgpu';
  const byHash = sameBits || strict;
  const differences: string[] = recorded.candidates.flatMap((candidate) => {
    const again = replayed.candidates.find(({ name }) => name === candidate.name);
    if (again === undefined) return [`${candidate.name}: the replay has no such candidate`];
    const trained = trainings(candidate);
    const replays = trainings(again);
    return trained.flatMap((training, i) => differencesOf(training, replays[i], byHash));
  });
  if (byHash) differences.push(...failureDifferences(recorded, replayed));
  const how = byHash
    ? `data and weights hashes on the backend ${now}`
    : `metrics within the tolerance, on ${now} where the run was on ${before}`;
  return { same: differences.length === 0, how, differences };
}

type MetricMap = Readonly<Partial<Record<MetricName, number | null>>>;

/** One training of a candidate: the model itself, or that of a fold. */
interface TrainedOnce {
  readonly name: string;
  readonly weightsSha256: string;
  /** Metrics by the rows that they were measured on. */
  readonly measured: Readonly<Record<string, MetricMap>>;
}

/** What failed must fail again; on another backend or device a rounding can make the difference. */
function failureDifferences(recorded: RunRecord, replayed: RunRecord): string[] {
  const again = new Set(replayed.failures?.map(({ name, error }) => `${name} ${error.code}`));
  return (recorded.failures ?? [])
    .filter(({ name, error }) => !again.has(`${name} ${error.code}`))
    .map(
      ({ name, error }) => `${name}: failed in the run (${error.code}), and not so in the replay`,
    );
}

function trainings({
  name,
  weightsSha256,
  metrics,
  crossValidation,
}: CandidateRecord): TrainedOnce[] {
  const { validation, test } = metrics;
  const folds = crossValidation?.folds ?? [];
  return [
    { name, weightsSha256, measured: { validation: values(validation), test: values(test) } },
    ...folds.map((fold, i) => ({
      name: `${name}, fold ${i + 1}`,
      weightsSha256: fold.weightsSha256,
      measured: { 'its test': fold.metrics },
    })),
  ];
}

function values(metrics: Metrics): MetricMap {
  return Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));
}

function differencesOf(
  before: TrainedOnce,
  now: TrainedOnce | undefined,
  byHash: boolean,
): string[] {
  const { name, weightsSha256, measured } = before;
  if (now === undefined) return [`${name}: the replay did not train it`];
  if (byHash) {
    if (now.weightsSha256 === weightsSha256) return [];
    return [`${name}: weights ${now.weightsSha256}, recorded ${weightsSha256}`];
  }
  return Object.entries(measured).flatMap(([rows, metrics]) =>
    metricDifferences(`${name}, ${rows}`, metrics, now.measured[rows] ?? {}),
  );
}

function metricDifferences(place: string, before: MetricMap, now: MetricMap): string[] {
  return Object.entries(before).flatMap(([name, old]) => {
    const value = now[name as MetricName] ?? null;
    if (old === value) return [];
    if (old !== null && value !== null && withinTolerance(name as MetricName, old, value))
      return [];
    return [`${place}: ${name} is ${value ?? 'not defined'}, recorded ${old ?? 'not defined'}`];
  });
}

function withinTolerance(name: MetricName, before: number, now: number): boolean {
  const difference = Math.abs(before - now);
  const { absolute, relative } = REPLAY_TOLERANCE;
  if (relativeMetrics.has(name)) return difference <= relative * Math.abs(before);
  if (name === 'log_loss' || name === 'bits_per_character')
    return difference <= Math.max(absolute, relative * Math.abs(before));
  return difference <= absolute;
}
