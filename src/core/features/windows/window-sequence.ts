import type { ContractInput } from '#core/spec/contract.ts';
import type { SpecStep } from '#core/spec/spec.ts';
import { impute } from '../missing/impute.ts';
import { sequence } from '../sequences/sequence.ts';

/**
 * The windows of a forecast as one sequence with a channel for each column that is looked back at, oldest first; other
 * inputs are left out. Where a value is missing it becomes the median of the training rows at its position.
 */
export function windowSequence(
  inputs: readonly ContractInput[],
): readonly [readonly SpecStep[], readonly ContractInput[]] {
  const windows = inputs.flatMap((input) => {
    if (input.window === undefined) return [];
    const { rows } = input.window;
    const lags = Array.from({ length: rows }, (_, k) => rows - 1 - k);
    return [{ ...input, window: { rows, lags } }];
  });
  const columns = windows.map(({ name }) => name);
  const steps: readonly SpecStep[] = [
    { step: impute.name, columns, parameters: {} },
    { step: sequence.name, columns, parameters: { channels: windows.length } },
  ];
  return [steps, windows];
}
