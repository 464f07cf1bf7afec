import type { FeatureMatrix } from '#core/features/matrix.ts';
import { emitCodesBefore } from '#core/language/emit-codes-before.ts';
import { emitNextCharacter } from '#core/language/emit-next-character.ts';
import { answersOf, movedOn, withNext } from '#core/language/next-character.ts';
import { ln } from '#core/math.ts';
import type {
  EmittedModel,
  Estimator,
  TrainedModel,
  Training,
  TrainingInput,
} from '#core/models/estimator.ts';
import { onlyEpoch } from '#core/models/only-epoch.ts';
import { weightOf } from '#core/models/weight-tensor.ts';
import type { GraphBuilder, TensorName } from '#core/onnx/graph-builder.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';

/** Texts whose logits are looked up at once. */
const BLOCK_ROWS = 64;

/** How often each character follows on each other, [characters + 1, characters]; the last row is for what begins a window. */
export type PairCounts = Float64Array;

/**
 * What baselines of texts share: a table of the logarithms of probabilities, [characters + 1, characters], in which the
 * character before says the row.
 */
export const characterModel: Pick<
  Estimator,
  'tasks' | 'answers' | 'stopsEarly' | 'proposed' | 'acceptsMissing' | 'embedsCodes' | 'emit'
> = {
  tasks: ['language'],
  answers: 'text',
  proposed: true,
  embedsCodes: true,
  emit: (graph, features, model) => emitTable(graph, features, model),
};

/** @param probabilities from counts: [characters + 1, characters], each row of sum 1 and all above 0 */
export async function* trainTable(
  { train, validation, parameters }: TrainingInput,
  probabilities: (counts: PairCounts, characters: number, given: ParameterValues) => Float64Array,
): Training {
  const characters = charactersOf(train.features);
  const counts = countPairs(train.features, characters);
  const shares = probabilities(counts, characters, parameters);
  const values = Float32Array.from(shares, (share) => ln(share));
  yield await onlyEpoch(train, validation, (part) => meanNats(part.features, values, characters));
  const shape = [characters + 1, characters];
  return tableModel({ weights: [{ name: 'log_probabilities', shape, values }] }, characters);
}

/** How many codes there are. @throws RangeError for features that are no codes of characters */
export function charactersOf({ categories }: Pick<FeatureMatrix, 'categories'>): number {
  const [characters = 0] = categories ?? [];
  if (characters > 0) return characters;
  throw new RangeError('a language model needs codes of characters');
}

function tableModel({ weights }: Pick<TrainedModel, 'weights'>, characters: number): TrainedModel {
  const { values } = weightOf(weights, 'log_probabilities');
  const answers = (features: FeatureMatrix): Float32Array => {
    const all = new Float32Array(features.rows * (characters + 1));
    const { width } = features;
    for (let from = 0; from < features.rows; from += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, features.rows - from);
      const texts = {
        ...{ rows, width },
        values: features.values.subarray(from * width, (from + rows) * width),
      };
      const logits = lookedUp(texts.values, width, values, characters);
      const step = characters;
      all.set(answersOf(texts, { values: logits, step, characters }), from * (characters + 1));
    }
    return all;
  };
  return {
    weights,
    warnings: [],
    predict: (features) =>
      Promise.resolve(withNext(answers(features), answers(movedOn(features)), characters)),
    dispose() {
      // Nothing is held.
    },
  };
}

/** The table's row of the character before each place. */
function lookedUp(
  codes: Float32Array,
  width: number,
  table: Float32Array,
  characters: number,
): Float32Array {
  const logits = new Float32Array(codes.length * characters);
  for (let at = 0; at < codes.length; at += 1) {
    const row = rowBefore(codes, at, width, characters) * characters;
    logits.set(table.subarray(row, row + characters), at * characters);
  }
  return logits;
}

function rowBefore(codes: Float32Array, at: number, width: number, characters: number): number {
  const before = at % width === 0 ? NaN : (codes[at - 1] ?? NaN);
  return before >= 0 && before < characters ? before : characters;
}

function countPairs({ values, width }: FeatureMatrix, characters: number): PairCounts {
  const counts = new Float64Array((characters + 1) * characters);
  for (const [at, code] of values.entries()) {
    if (Number.isNaN(code)) continue;
    const place = rowBefore(values, at, width, characters) * characters + code;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** −Σ ln p ÷ characters; null without any. */
function meanNats(
  { values, width }: FeatureMatrix,
  table: Float32Array,
  characters: number,
): number | null {
  let [sum, count] = [0, 0];
  for (const [at, code] of values.entries()) {
    if (Number.isNaN(code)) continue;
    sum -= table[rowBefore(values, at, width, characters) * characters + code] ?? NaN;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** Shares of counts, each raised by as much as `smoothing` times its share in `prior`. */
export function smoothedShares(
  counts: Float64Array,
  prior: (k: number) => number,
  smoothing: number,
): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, smoothing);
  return counts.map((count, k) => (count + smoothing * prior(k)) / total);
}

function emitTable(graph: GraphBuilder, features: TensorName, model: EmittedModel): TensorName {
  const { shape, values } = weightOf(model.weights, 'log_probabilities');
  const [, characters = 0] = shape;
  const { width } = model;
  const table = graph.constant(values, shape, 'log_probabilities');
  return emitNextCharacter(graph, features, { width, characters }, (texts) =>
    graph.node('Gather', [table, emitCodesBefore(graph, texts, width, characters)], { axis: 0 }),
  );
}
