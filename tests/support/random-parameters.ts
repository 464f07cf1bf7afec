import type { RandomStream } from '#core/random.ts';
import {
  resolveParameters,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';

/** What a test can spend: fewer trees, passes and features than there may be. */
const most: Readonly<Record<string, number>> = {
  ...{ n_estimators: 6, max_iter: 12, n_init: 3, max_leaf_nodes: 40, max_samples: 300, k: 12 },
  ...{ max_features: 40, max_length: 12, max_words: 40, n_features: 64, n_bins: 20 },
};

/** Values within their ranges, often at one of the ends; a third of them the defaults. */
export function randomParameters(
  specs: readonly ParameterSpec[],
  random: RandomStream,
  owner: string,
): ParameterValues {
  const given = specs.flatMap((spec): [string, unknown][] => {
    const value = random.uniform() < 1 / 3 ? undefined : valueOf(spec, random);
    return value === undefined ? [] : [[spec.name, value]];
  });
  return resolveParameters(specs, Object.fromEntries(given), owner);
}

/** Undefined where a number drawn says nothing: lists of names and of sizes. */
function valueOf(spec: ParameterSpec, random: RandomStream): unknown {
  switch (spec.kind) {
    case 'choice':
      return spec.choices[random.integer(spec.choices.length)];
    case 'choice_list':
      return spec.choices.filter(() => random.uniform() < 0.5);
    case 'choice_or_number': {
      const place = random.integer(spec.choices.length + 1);
      return spec.choices[place] ?? numberIn({ ...spec, kind: 'number' }, random);
    }
    case 'boolean':
      return random.uniform() < 0.5;
    case 'text':
      return ['', 'x', '😀'][random.integer(3)];
    case 'number':
    case 'integer':
      return numberIn(spec, random);
    default:
      return undefined;
  }
}

function numberIn(
  {
    kind,
    min,
    max,
    name,
  }: Pick<Extract<ParameterSpec, { kind: 'number' | 'integer' }>, 'kind' | 'min' | 'max' | 'name'>,
  random: RandomStream,
): number {
  const high = Math.max(min, Math.min(max, most[name] ?? max));
  const place = random.uniform();
  if (place < 0.25) return min;
  if (place < 0.5) return high;
  // Ranges of several powers of ten are drawn by their logarithm.
  const isWide = min >= 0 && high > 1000 * Math.max(min, 1e-6);
  const [from, to] = isWide ? [Math.log(Math.max(min, 1e-6)), Math.log(high)] : [min, high];
  const drawn = from + random.uniform() * (to - from);
  const value = Math.min(high, Math.max(min, isWide ? Math.exp(drawn) : drawn));
  return kind === 'integer' ? Math.round(value) : value;
}
