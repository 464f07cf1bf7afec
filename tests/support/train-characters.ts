import type { Checkpoint } from '#core/checkpoints/checkpoint.ts';
import { charTransformer } from '#core/models/networks/char-transformer.ts';
import { drawTexts } from './training-data.ts';
import { trainNetwork, type Given, type KeptTraining, type NodeBackend } from './train-network.ts';

const train = drawTexts({ seed: 1, rows: 8 });
export const validation = drawTexts({ seed: 2, rows: 3 });
const quick = { width: '32', heads: '2', layers: 1, batch_size: 2, epochs: 25, patience: 25 };

export function trainCharacters(
  backend: NodeBackend,
  given: Given,
  last?: Checkpoint,
): Promise<KeptTraining> {
  const data = { train, validation, given: { ...quick, ...given } };
  return trainNetwork(backend, charTransformer, data, last);
}
