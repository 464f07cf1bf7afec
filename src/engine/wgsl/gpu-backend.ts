import type { NetworkPlan } from '#core/networks/network-plan.ts';
import { kernelBackend } from '#engine/networks/kernels/kernel-network.ts';
import type { NetworkBackend, NetworkStart } from '#engine/networks/network.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { planDense } from './dense-plan.ts';
import { denseProgram } from './dense-program.ts';
import { startGpuNetwork } from './gpu-network.ts';
import { hasShaders } from './layered-plan.ts';
import { layeredProgram } from './layered-program.ts';
import type { Program } from './program.ts';

/**
 * Networks on the GPU: by shaders of our own where these know every layer, others by tfjs. What was trained by our shaders
 * predicts on the kernels, which need no device and add in onnxruntime's order.
 */
export const gpuBackend: NetworkBackend = {
  async start(start) {
    const program = programFor(start);
    return program === null ? tensorBackend.start(start) : startGpuNetwork(program, start);
  },

  predictor(weights, plan) {
    const backend = hasProgram(plan) ? kernelBackend : tensorBackend;
    return backend.predictor(weights, plan);
  },
};

function hasProgram(plan: NetworkPlan): boolean {
  return planDense(plan) !== null || hasShaders(plan);
}

function programFor(start: NetworkStart): Program | null {
  const dense = planDense(start.plan);
  if (dense !== null) return denseProgram(dense, start);
  return hasShaders(start.plan) ? layeredProgram(start) : null;
}
