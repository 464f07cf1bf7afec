import * as v from 'valibot';
import type { TrainingCost } from '#core/models/training-pulse.ts';
import type { Network } from './network.ts';

export const keptCost = v.object({
  /** Milliseconds since 1970. */
  startedAt: v.number(),
  peakBytes: v.number(),
  deviceMs: v.nullable(v.number()),
});

/** What a training has cost, as its checkpoints keep it. */
export type KeptCost = v.InferOutput<typeof keptCost>;

/** What a training costs, over all its sittings. */
export class CostMeter {
  readonly #network: Network;
  #before: KeptCost = { startedAt: Date.now(), peakBytes: 0, deviceMs: 0 };

  constructor(network: Network) {
    this.#network = network;
  }

  /** Goes on from what it had cost before. */
  restore(kept: KeptCost): void {
    this.#before = kept;
  }

  get kept(): KeptCost {
    const { startedAt, peakBytes, deviceMs } = this.#before;
    const { memory, deviceMs: now } = this.#network;
    return {
      startedAt,
      peakBytes: Math.max(peakBytes, memory.peakBytes),
      deviceMs: deviceMs === null || now === null ? null : deviceMs + now,
    };
  }

  get cost(): TrainingCost {
    const { startedAt, peakBytes, deviceMs } = this.kept;
    return {
      wallMs: Date.now() - startedAt,
      ...(deviceMs === null ? {} : { deviceMs }),
      memory: { of: this.#network.memory.of, peakBytes },
    };
  }
}
