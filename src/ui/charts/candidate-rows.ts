import { scaleLinear, type ScaleLinear } from 'd3';

/** One row of a chart of candidates. */
export interface CandidateRow {
  readonly name: string;
  readonly colour: string;
  readonly baseline?: boolean;
  /** Its figure in a few characters. */
  readonly text: string;
}

/** A scale in pixels that holds all of some values. */
export function spanScale(
  values: readonly (number | null)[],
  width: number,
): ScaleLinear<number, number> {
  const known = values.filter((value) => value !== null);
  let low = known.length === 0 ? 0 : Math.min(...known);
  let high = known.length === 0 ? 1 : Math.max(...known);
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return scaleLinear().domain([low, high]).nice(6).range([0, width]);
}
