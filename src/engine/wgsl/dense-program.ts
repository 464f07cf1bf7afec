import type { NetworkStart } from '#engine/networks/network.ts';
import type { DenseNetworkPlan } from './dense-plan.ts';
import type { Gpu } from './gpu.ts';
import { compilePasses } from './pass.ts';
import type { NetworkBuffers, Passes, Program } from './program.ts';
import { packLayers } from './shaders/layer-table.ts';
import { rowPass } from './shaders/row-pass.ts';
import { WEIGHT_THREADS, weightGroups, weightPass } from './shaders/weight-pass.ts';
import { quadsOf, type Step } from './steps.ts';
import { packTensors } from './stored-tensors.ts';

/**
 * A network of fully connected layers in two dispatches a step, whatever its depth: rows from their features through all
 * layers and back, and then weights.
 */
export function denseProgram(plan: DenseNetworkPlan, start: NetworkStart): Program {
  const { stored, trainedLength, quadLength } = plan;
  const groups = start.settings.clipNorm === 0 ? 0 : weightGroups(plan);
  return {
    network: plan.network,
    trained: stored,
    kept: [],
    names: stored.map(({ name }) => name),
    trainedLength,
    quadLength,
    lengths: {
      weights: 2 * trainedLength,
      kept: 0,
      gradients: 4 * WEIGHT_THREADS * groups,
      squares: groups,
    },
    table: packLayers(plan),
    pack(weights) {
      const packed = packTensors(stored, trainedLength, weights);
      const both = new Float32Array(2 * packed.length);
      both.set(packed);
      both.set(transposeKernels(plan, packed), packed.length);
      return both;
    },
    compile: (gpu, buffers) => compileDense(gpu, plan, buffers, start),
  };
}

/** Kernels transposed, as the way back reads them: each where it stands, its rows now the outputs. */
function transposeKernels(
  { layers, trainedLength }: DenseNetworkPlan,
  packed: Float32Array,
): Float32Array<ArrayBuffer> {
  const turned = new Float32Array(4 * trainedLength);
  for (const { inputWidth, outputWidth, kernel } of layers) {
    for (let row = 0; row < inputWidth; row += 1) {
      for (let column = 0; column < outputWidth; column += 1) {
        turned[4 * kernel + column * inputWidth + row] =
          packed[4 * kernel + row * outputWidth + column] ?? 0;
      }
    }
  }
  return turned;
}

async function compileDense(
  gpu: Gpu,
  plan: DenseNetworkPlan,
  buffers: NetworkBuffers,
  start: NetworkStart,
): Promise<Passes> {
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
  const overQuads = ({ rows }: Pick<Step, 'rows'>): readonly [number] => [quadsOf(rows)];
  const groups = weightGroups(plan);
  return {
    training: [
      { pass: train, workgroups: overQuads },
      ...Object.values(changing).map((pass) => ({ pass, workgroups: () => [groups] as const })),
    ],
    measuring: [{ pass: measure, workgroups: overQuads }],
  };
}
