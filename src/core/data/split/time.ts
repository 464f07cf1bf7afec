import { isoMilliseconds } from '#core/data/iso-time.ts';
import { LEFT_OUT, partNames, type Fold } from './parts.ts';
import {
  columnOf,
  refuseMissing,
  splitRefused,
  type SplitInput,
  type SplitMethod,
} from './split-method.ts';

const MS_PER_DAY = 86_400_000;

export const timeSplit: SplitMethod = {
  name: 'time',
  title: 'By time',
  summary:
    'The earliest rows are for training, then validation, the latest for the test. For predicting the future.',
  reads: ['by', 'gap', 'shares'],
  by: { title: 'Time column', help: 'It holds dates, or numbers that grow with time.' },

  holdOut(input, shares) {
    const { order, times, gap } = timeline(input);
    const ideals = [shares.train, shares.train + shares.validation].map(
      (share) => share * order.length,
    );
    const [first = 0, second = 0] = cutsBetween(times, ideals, input);
    const partOf = new Int8Array(order.length).fill(LEFT_OUT);
    const edges = [0, first, second, order.length];
    for (const part of partNames.keys()) {
      const [from = 0, to = 0] = edges.slice(part);
      const boundary = part === 0 ? -Infinity : (times[from - 1] ?? 0) + gap;
      for (let i = from; i < to; i += 1) {
        if ((times[i] ?? 0) > boundary) partOf[order[i] ?? 0] = part;
      }
      if (!partOf.includes(part)) throw eatenByGap(input, partNames[part] ?? '');
    }
    return partOf;
  },

  /**
   * Expanding windows, as in scikit-learn's TimeSeriesSplit: ⌊n ÷ (folds + 1)⌋ rows for each test, the latest
   * at the end, everything before for training, less what lies within the gap before the test.
   */
  folds(input, count) {
    const { order, times, gap } = timeline(input);
    const n = order.length;
    const size = Math.floor(n / (count + 1));
    const ideals = Array.from({ length: count }, (_, fold) => n - (count - fold) * size);
    const cuts = cutsBetween(times, ideals, input);
    return cuts.map((from, fold): Fold => {
      const latest = (times[from] ?? 0) - gap;
      const end = times.subarray(0, from).findLastIndex((time) => time < latest) + 1;
      if (end === 0) throw eatenByGap(input, `training part of fold ${fold + 1}`);
      const rowsOf = (entries: Int32Array): Int32Array =>
        entries.map((entry) => input.rows[entry] ?? 0).sort();
      return {
        train: rowsOf(order.slice(0, end)),
        test: rowsOf(order.slice(from, cuts[fold + 1] ?? n)),
      };
    });
  },
};

/** Entries from the earliest to the latest, their times in that order, and the gap in the times' unit. */
function timeline(input: SplitInput): {
  readonly order: Int32Array;
  readonly times: Float64Array;
  readonly gap: number;
} {
  const column = columnOf(input, 'by');
  const isDates = column.kind === 'text';
  const values = isDates ? Float64Array.from(column.values, isoMilliseconds) : column.values;
  refuseMissing(input, 'by', (i) => Number.isNaN(values[i]));
  const order = Int32Array.from(values.keys()).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b,
  );
  return {
    order,
    times: Float64Array.from(order, (entry) => values[entry] ?? 0),
    gap: isDates ? input.gap * MS_PER_DAY : input.gap,
  };
}

/**
 * Where to cut the sorted times: as near to the ideal places as rows of one time stay together, with rows
 * before the first cut, between two and after the last.
 * @returns strictly ascending indexes into `times`
 */
function cutsBetween(
  times: Float64Array,
  ideals: readonly number[],
  input: SplitInput,
): readonly number[] {
  const changes: number[] = [];
  for (let i = 1; i < times.length; i += 1) if (times[i] !== times[i - 1]) changes.push(i);
  if (changes.length < ideals.length) {
    const { name } = columnOf(input, 'by');
    throw splitRefused(
      'too_few_times',
      'split.by',
      `column "${name}" has ${changes.length + 1} distinct times, and a split by time needs at least ${ideals.length + 1}, since rows of one time stay together.`,
      'Choose a column with finer times, or split another way.',
      { column: name },
    );
  }
  const cuts: number[] = [];
  let next = 0;
  for (const [i, ideal] of ideals.entries()) {
    const last = changes.length - (ideals.length - i);
    while (next < last && nearer(changes, next + 1, next, ideal)) next += 1;
    cuts.push(changes[next] ?? 0);
    next += 1;
  }
  return cuts;
}

function nearer(changes: readonly number[], a: number, b: number, ideal: number): boolean {
  return Math.abs((changes[a] ?? 0) - ideal) < Math.abs((changes[b] ?? 0) - ideal);
}

function eatenByGap(input: SplitInput, part: string): Error {
  const unit = columnOf(input, 'by').kind === 'text' ? ' days' : '';
  return splitRefused(
    'gap_too_large',
    'split.gap',
    `a gap of ${input.gap}${unit} leaves no row for the ${part}${part.includes(' ') ? '' : ' part'}.`,
    'Make the gap smaller, or the share of that part larger.',
    { column: columnOf(input, 'by').name },
  );
}
