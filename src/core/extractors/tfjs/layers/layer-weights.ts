import { shown } from '../../refuse-extractor.ts';
import type { Weights } from '../read-weights.ts';
import type { Constant } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';

/** Gives a weight of a layer by both their names. */
export type LayerWeight = (layer: string, weight: string) => Constant;

/**
 * Finds the weights of layers. A file calls them `layer/weight`, or with the names of the models around the layer in
 * front, or of its parts in between.
 */
export function layerWeights(weights: Weights): LayerWeight {
  const byLast = new Map<string, string[]>();
  for (const name of weights.keys()) {
    const last = name.slice(name.lastIndexOf('/') + 1);
    const known = byLast.get(last);
    if (known === undefined) byLast.set(last, [name]);
    else known.push(name);
  }
  return (layer, weight) => {
    const exact = weights.get(`${layer}/${weight}`);
    if (exact !== undefined) return exact;
    const names = byLast.get(weight)?.filter((name) => `/${name}`.includes(`/${layer}/`)) ?? [];
    const [only] = names;
    const found = names.length === 1 ? weights.get(only ?? '') : undefined;
    if (found !== undefined) return found;
    throw new TfjsFault(
      names.length === 0
        ? `has no weight ${shown(weight)} in its file`
        : `could have ${names.length} weights of its file, ${names.slice(0, 3).map(shown).join(', ')}`,
    );
  };
}
