import type { Estimator } from '#core/models/estimator.ts';
import { characterModel, smoothedShares, trainTable } from './character-model.ts';

/** Each character as often as in training, whatever stands before it. */
export const characterCounts: Estimator = {
  ...characterModel,
  name: 'character_counts',
  title: 'Character frequencies',
  shortName: 'baseline',
  summary:
    'Baseline: each character as often as the training text has it, whatever stands before; one is added to every count.',
  baseline: true,
  carriesData: 'The table holds how often each character occurs in the training text.',
  complexity: 0,
  parameters: [],
  train: (input) => trainTable(input, shares),
};

function shares(counts: Float64Array, characters: number): Float64Array {
  const own = singleCounts(counts, characters);
  const row = smoothedShares(own, () => 1 / characters, characters);
  return Float64Array.from(counts, (_, at) => row[at % characters] ?? NaN);
}

/** How often each character occurs. */
export function singleCounts(counts: Float64Array, characters: number): Float64Array {
  const own = new Float64Array(characters);
  for (const [at, count] of counts.entries()) {
    own[at % characters] = (own[at % characters] ?? 0) + count;
  }
  return own;
}
