import type { BalanceMethod } from './balance-method.ts';
import { rowsOfClasses, withRows } from './class-rows.ts';

export const undersample: BalanceMethod = {
  name: 'undersample',
  title: 'Leave out rows of frequent classes',
  summary:
    'Keeps as many rows of each class, drawn without replacement, as the rarest one has; the rows keep their order.',
  givesWeights: false,
  parameters: [],
  apply(data, { random }) {
    const classes = rowsOfClasses(data).filter((rows) => rows.length > 0);
    const least = Math.min(...classes.map((rows) => rows.length));
    const kept = classes.flatMap((rows) => [...random.shuffle(rows.slice()).subarray(0, least)]);
    return Promise.resolve(withRows(data, Int32Array.from(kept).sort()));
  },
};
