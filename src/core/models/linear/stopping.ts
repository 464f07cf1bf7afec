import type { NumberParameter } from '#core/spec/parameters.ts';

/** When an optimizer stops: the parameters `max_iter` and `tol`. */
export function stoppingParameters(stopping: {
  readonly iterations: { readonly max: number; readonly default: number };
  readonly tolerance: number;
  /** What the tolerance is compared with, as a sentence. */
  readonly help: string;
}): readonly NumberParameter[] {
  return [
    {
      name: 'max_iter',
      label: 'Most iterations',
      kind: 'integer',
      min: 1,
      ...stopping.iterations,
      help: 'The optimizer stops here even where it has not converged, and says so.',
    },
    {
      name: 'tol',
      label: 'Tolerance',
      kind: 'number',
      min: 1e-12,
      max: 1,
      default: stopping.tolerance,
      help: stopping.help,
    },
  ];
}
