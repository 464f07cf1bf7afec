import type { EpochEvent } from './estimator.ts';

/** The curve of a training without iterations: one point. @param lossOf null over no rows */
export async function onlyEpoch<Data>(
  train: Data,
  validation: Data,
  lossOf: (data: Data) => Promise<number | null> | number | null,
): Promise<EpochEvent> {
  const trainLoss = (await lossOf(train)) ?? 0;
  return { epoch: 1, epochs: 1, trainLoss, validationLoss: await lossOf(validation) };
}
