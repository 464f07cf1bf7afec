import type { TrainingSettings } from '#core/networks/training.ts';
import type { DenseBuffers } from './dense-buffers.ts';
import type { DenseNetworkPlan } from './dense-plan.ts';
import type { Gpu } from './gpu.ts';
import { compilePasses } from './pass.ts';
import { rowPass } from './shaders/row-pass.ts';
import { weightGroups, weightPass } from './shaders/weight-pass.ts';
import { quadsOf, type Step } from './steps.ts';
import type { Dispatch } from './submits.ts';

/** A step of training is `train` and then `update`; `measure` gives losses alone. */
export type DensePasses = Readonly<Record<'train' | 'update' | 'measure', Dispatch>>;

export async function compileDense(
  gpu: Gpu,
  plan: DenseNetworkPlan,
  buffers: DenseBuffers,
  settings: TrainingSettings,
): Promise<DensePasses> {
  const { features, targets, order, weights, moments, values, losses, layers, steps } = buffers;
  const [rows, { update }] = await Promise.all([
    compilePasses(gpu, rowPass(plan), ['train', 'measure'], {
      ...{ steps, layers },
      read: [features, targets, order, weights],
      written: [values, losses],
    }),
    compilePasses(gpu, weightPass(plan, settings), ['update'], {
      ...{ steps, layers },
      read: [values],
      written: [weights, moments],
    }),
  ]);
  const overQuads = (step: Step): number => quadsOf(step.rows);
  const groups = weightGroups(plan);
  return {
    train: { pass: rows.train, workgroups: overQuads },
    update: { pass: update, workgroups: () => groups },
    measure: { pass: rows.measure, workgroups: overQuads },
  };
}
