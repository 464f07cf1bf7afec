/**
 * What gradients of this length are times so that they are no longer than `most`: at most 1 (Pascanu et al., 2013), with
 * the same small number as PyTorch's `clip_grad_norm_`.
 */
export function clipFactor(length: number, most: number): number {
  return Math.min(1, most / (length + 1e-6));
}
