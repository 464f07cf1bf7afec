import type { FeatureMatrix } from '#core/features/matrix.ts';
import type { NetworkPlan } from '#core/networks/network-plan.ts';

/**
 * Features as shaders read them, [rows, width]: a code of a category that is missing or unknown becomes the number behind the
 * last one, so that every code is a whole number. A shader need not tell NaN from a number.
 */
export function settledCodes(
  { values, width }: Pick<FeatureMatrix, 'values' | 'width'>,
  { layers }: Pick<NetworkPlan, 'layers'>,
): Float32Array {
  const [first] = layers;
  if (first?.kind !== 'embedding') return values;
  const settled = values.slice();
  for (const { feature, categories } of first.codes) {
    for (let at = feature; at < settled.length; at += width) {
      const code = settled[at] ?? NaN;
      if (!(code >= 0 && code < categories)) settled[at] = categories;
    }
  }
  return settled;
}
