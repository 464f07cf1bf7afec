import { type Checkpoint, type EpochEvent, type TrainedModel } from '#core/models/estimator.ts';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import { RandomStream } from '#core/random.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { trainNetworkOn } from '#engine/networks/registry.ts';
import { expect } from 'vitest';
import { drawTexts } from './training-data.ts';

type Backend = 'wasm' | 'cpu';

const data = drawTexts({ seed: 1, rows: 8 });
export const validation = drawTexts({ seed: 2, rows: 3 });
const quick = { width: '32', heads: '2', layers: 1, batch_size: 2, epochs: 25, patience: 25 };

interface Outcome {
  readonly model: TrainedModel;
  readonly events: readonly EpochEvent[];
  readonly kept: readonly Checkpoint[];
}

/** Keeps a checkpoint after each turn, and starts from the last one of before, where there is one. */
export async function trainCharacters(
  backend: Backend,
  given: Readonly<Record<string, unknown>> = {},
  last: Checkpoint | null = null,
): Promise<Outcome> {
  const kept: Checkpoint[] = [];
  const events: EpochEvent[] = [];
  const training = trainNetworkOn(
    backend,
    charTransformer,
  )({
    train: data,
    validation,
    parameters: resolveParameters(charTransformer.parameters, { ...quick, ...given }, 'test'),
    random: new RandomStream(3),
    signal: new AbortController().signal,
    checkpoints: {
      last,
      due: () => true,
      keep: (checkpoint) => {
        kept.push(structuredClone(checkpoint));
        return Promise.resolve();
      },
    },
  });
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { model: step.value, events, kept };
    events.push(step.value);
  }
}

export function expectClose(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  expect(ours.length).toBe(theirs.length);
  for (const [i, value] of Array.from(ours).entries()) {
    expect(Math.abs(value - (theirs[i] ?? NaN))).toBeLessThan(1e-4);
  }
}
