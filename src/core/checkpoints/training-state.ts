import * as v from 'valibot';
import type { Checkpoint } from './checkpoint.ts';
import type { Kept } from './kept-bytes.ts';

/** How far a training had come when its checkpoint was kept. */
export interface TrainingState {
  readonly checkpoint: Checkpoint;
  /** The last epoch that was told; 0 within the first. */
  readonly epoch: number;
  /** Milliseconds that it had taken, over all sittings. */
  readonly trainMs: number;
}

const schema = v.object({
  kind: v.literal('training'),
  epoch: v.number(),
  trainMs: v.number(),
  position: v.unknown(),
  tensors: v.array(v.object({ name: v.string(), shape: v.array(v.number()) })),
});

export function keptState({ checkpoint, epoch, trainMs }: TrainingState): Kept {
  const { position, tensors } = checkpoint;
  const named = tensors.map(({ name, shape }) => ({ name, shape }));
  return {
    about: { kind: 'training', epoch, trainMs, position, tensors: named },
    arrays: tensors.map(({ values }) => values),
  };
}

/** The state of a training; null where something else was kept. */
export function stateOf({ about, arrays }: Kept): TrainingState | null {
  const parsed = v.safeParse(schema, about);
  if (!parsed.success) return null;
  const { epoch, trainMs, position, tensors } = parsed.output;
  const named = tensors.flatMap(({ name, shape }, i) => {
    const values = arrays[i];
    return values instanceof Float32Array ? [{ name, shape, values }] : [];
  });
  return { checkpoint: { position, tensors: named }, epoch, trainMs };
}
