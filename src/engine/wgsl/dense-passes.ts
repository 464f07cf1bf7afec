import type { NetworkStart } from '#engine/networks/network.ts';
import type { DenseBuffers } from './dense-buffers.ts';
import type { DenseNetworkPlan } from './dense-plan.ts';
import type { Gpu } from './gpu.ts';
import { compilePasses } from './pass.ts';
import { rowPass } from './shaders/row-pass.ts';
import { weightGroups, weightPass } from './shaders/weight-pass.ts';
import { quadsOf, type Step } from './steps.ts';
import type { Dispatch } from './submits.ts';

/** What is dispatched for each step of training, one behind the other, and for losses alone. */
export interface DensePasses {
  readonly training: readonly Dispatch[];
  readonly measuring: readonly Dispatch[];
}

export async function compileDense(
  gpu: Gpu,
  plan: DenseNetworkPlan,
  buffers: DenseBuffers,
  start: NetworkStart,
): Promise<DensePasses> {
  const { features, targets, counts, order, weights, values, losses, layers, steps } = buffers;
  const { settings } = start;
  const { moments, gradients, squares } = buffers;
  const changes = settings.clipNorm === 0 ? ['update'] : ['gather', 'apply'];
  const [{ train, measure }, changing] = await Promise.all([
    compilePasses(gpu, rowPass(plan, start), ['train', 'measure'], {
      ...{ steps, layers },
      read: [features, targets, counts, order, weights],
      written: [values, losses],
    }),
    compilePasses(gpu, weightPass(plan, settings), changes, {
      ...{ steps, layers },
      read: [values],
      written: [weights, moments, gradients, squares],
    }),
  ]);
  const overQuads = (step: Step): number => quadsOf(step.rows);
  const groups = weightGroups(plan);
  return {
    training: [
      { pass: train, workgroups: overQuads },
      ...Object.values(changing).map((pass) => ({ pass, workgroups: () => groups })),
    ],
    measuring: [{ pass: measure, workgroups: overQuads }],
  };
}
