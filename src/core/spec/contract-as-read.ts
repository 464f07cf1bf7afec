import type { ReadSettings } from '#core/data/read/settings.ts';
import type { Contract } from './contract.ts';

/**
 * A model's contract for a file whose numbers or dates are written otherwise than those of the training rows: a settled decimal mark
 * and order of day and month hold for all columns of the file, and what is not settled is as it was in training.
 */
export function contractAsRead(contract: Contract, { decimal, dates }: ReadSettings): Contract {
  if (decimal === undefined && dates === undefined) return contract;
  const settled = {
    ...(decimal === undefined ? {} : { decimal }),
    ...(dates === undefined ? {} : { dates }),
  };
  const { inputs, forecast } = contract;
  return {
    ...contract,
    inputs: inputs.map((input) => ({ ...input, ...settled })),
    ...(forecast === undefined
      ? {}
      : { forecast: { ...forecast, time: { ...forecast.time, ...settled } } }),
  };
}
