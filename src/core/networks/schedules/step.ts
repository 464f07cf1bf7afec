import type { Schedule } from './schedule.ts';

/** Drops after every so many epochs, as PyTorch's `StepLR`. */
export const step: Schedule = ({ step, batches }, { learningRate, dropEpochs, dropFactor }) => {
  const drops = Math.floor(step / (batches * dropEpochs));
  let rate = learningRate;
  for (let i = 0; i < drops; i += 1) rate *= dropFactor;
  return rate;
};
