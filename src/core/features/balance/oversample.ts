import type { BalanceMethod } from './balance-method.ts';
import { rowsOfClasses, withRows } from './class-rows.ts';

export const oversample: BalanceMethod = {
  name: 'oversample',
  title: 'Repeat rows of rare classes',
  summary:
    'Draws rows of each class again, with replacement, until every class has as many as the most frequent one.',
  givesWeights: false,
  parameters: [],
  apply(data, { random }) {
    const classes = rowsOfClasses(data);
    const most = Math.max(...classes.map((rows) => rows.length));
    const added = classes.flatMap((rows) =>
      rows.length === 0
        ? []
        : Array.from({ length: most - rows.length }, () => rows[random.integer(rows.length)] ?? 0),
    );
    const all = new Int32Array(data.target.length + added.length);
    for (let row = 0; row < data.target.length; row += 1) all[row] = row;
    all.set(added, data.target.length);
    return Promise.resolve(withRows(data, all));
  },
};
