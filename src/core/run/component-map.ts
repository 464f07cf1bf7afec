import { sampleRows } from '#core/data/profile/sample-rows.ts';
import { RandomStream } from '#core/random.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { UntargetedAnswers } from '#core/untargeted-answers.ts';
import type { Part } from './fit-parts.ts';

/** Rows on a map; of more as many are drawn, by a seed of its own. */
const MAP_ROWS = 1000;
const SAMPLE_SEED = 1;
/** Digits of a place: a map needs no more. */
const DIGITS = 5;

type ComponentMap = NonNullable<CandidateRecord['map']>['test'];

/** Where rows lie by their first two components, in the data's order; of one component the second is 0. */
export function componentMap(
  { rows }: Pick<Part, 'rows'>,
  { numbers, width }: UntargetedAnswers,
): ComponentMap {
  const drawn = Array.from(sampleRows(rows.length, MAP_ROWS, new RandomStream(SAMPLE_SEED)));
  const placeOf = (row: number, k: number): number =>
    k < width - 1 ? Number((numbers[row * width + k] ?? 0).toPrecision(DIGITS)) : 0;
  return {
    rows: drawn.map((at) => (rows[at] ?? 0) + 1),
    first: drawn.map((at) => placeOf(at, 0)),
    second: drawn.map((at) => placeOf(at, 1)),
  };
}
