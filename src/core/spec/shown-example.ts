import type { ContractInput } from './contract.ts';

/**
 * A contract's example as forms and cards write it: a number with a decimal point, without what rounding left of a median,
 * and such as the contract takes.
 */
export function shownExample({ example, integer, allowed }: ContractInput): string {
  if (typeof example !== 'number') return example;
  if (integer === true) return String(Math.round(example));
  const rounded = Number(example.toPrecision(6));
  const { min = -Infinity, max = Infinity } = allowed?.range ?? {};
  return String(rounded >= min && rounded <= max ? rounded : example);
}
