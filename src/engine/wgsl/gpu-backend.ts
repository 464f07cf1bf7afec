import { kernelBackend } from '#engine/networks/kernels/kernel-network.ts';
import type { NetworkBackend } from '#engine/networks/network.ts';
import { tensorBackend } from '#engine/networks/tensors/tensor-network.ts';
import { startDenseNetwork } from './dense-network.ts';
import { planDense } from './dense-plan.ts';

/**
 * Networks on the GPU: those of fully connected layers by shaders of our own, others by tfjs. What was trained by our shaders
 * predicts on the kernels, which need no device and add in onnxruntime's order.
 */
export const gpuBackend: NetworkBackend = {
  async start(start) {
    const plan = planDense(start.plan);
    return plan === null ? tensorBackend.start(start) : startDenseNetwork(plan, start);
  },

  predictor(weights, plan) {
    const backend = planDense(plan) === null ? tensorBackend : kernelBackend;
    return backend.predictor(weights, plan);
  },
};
