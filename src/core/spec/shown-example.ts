import type { ContractInput } from './contract.ts';

/** A contract's example as forms and cards write it: a number without what rounding left of a median. */
export function shownExample({ example }: ContractInput): string {
  return typeof example === 'number' ? String(Number(example.toPrecision(6))) : example;
}
