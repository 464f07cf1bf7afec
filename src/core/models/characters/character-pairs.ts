import type { Estimator } from '#core/models/estimator.ts';
import { numberOf, type ParameterValues } from '#core/spec/parameters.ts';
import { singleCounts } from './character-counts.ts';
import { characterModel, smoothedShares, trainTable } from './character-model.ts';

/** A Markov chain: each character as often as it follows on the one before it (Shannon, 1948, section 3). */
export const characterPairs: Estimator = {
  ...characterModel,
  name: 'character_pairs',
  title: 'Character pairs',
  shortName: 'pairs',
  summary:
    'Baseline: each character as often as the training text has it behind the one before (a Markov chain); seldom pairs lean on the frequencies alone.',
  baseline: true,
  carriesData:
    'The table holds how often each character follows on each other in the training text.',
  complexity: 1,
  parameters: [
    {
      name: 'smoothing',
      label: 'Smoothing',
      kind: 'number',
      min: 1e-6,
      max: 1e6,
      default: 1,
      help: 'So many times the frequencies of all characters are added to what was counted behind each.',
    },
  ],
  train: (input) => trainTable(input, shares),
};

function shares(
  counts: Float64Array,
  characters: number,
  parameters: ParameterValues,
): Float64Array {
  const all = smoothedShares(singleCounts(counts, characters), () => 1 / characters, characters);
  const pairs = counts.slice();
  for (let row = 0; row <= characters; row += 1) {
    const from = row * characters;
    const behind = counts.subarray(from, from + characters);
    const smoothing = numberOf(parameters, 'smoothing');
    pairs.set(
      smoothedShares(behind, (k) => all[k] ?? NaN, smoothing),
      from,
    );
  }
  return pairs;
}
