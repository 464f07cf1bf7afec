import { splitMethodNamed } from '#core/data/split/registry.ts';
import { partNames } from '#core/data/split/parts.ts';
import type { DatasetInfo } from '#core/data/table.ts';
import { columnsHint, refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** Checks the split apart from any data: the settings that its method reads, and no others; shares that sum to 1. */
export function checkSplit(split: Spec['split']): void {
  const { reads, name, by: column } = splitMethodNamed(split.method);
  if (reads.includes('by') && split.by === undefined) {
    throw refuse(
      'split.by',
      `is missing, and the method ${name} needs a column`,
      column?.help ?? 'Name one.',
    );
  }
  for (const setting of ['by', 'gap', 'key'] as const) {
    const value = split[setting];
    if (value !== undefined && value !== 0 && !reads.includes(setting)) {
      throw refuse(
        `split.${setting}`,
        `is ${value}, and the method ${name} does not read it`,
        'Remove it, or choose another method.',
      );
    }
  }
  checkFolds(split);
  if (reads.includes('shares')) checkShares(split);
}

function checkFolds({ method, folds, foldsBy: column }: Spec['split']): void {
  const { foldsBy } = splitMethodNamed(method);
  if (folds !== undefined && foldsBy !== undefined && column === undefined) {
    throw refuse(
      'split.foldsBy',
      `is missing, and folds of the method ${method} need a column`,
      foldsBy.help,
    );
  }
  if (column !== undefined && (folds === undefined || foldsBy === undefined)) {
    const without = folds === undefined ? 'without split.folds' : `with the method ${method}`;
    throw refuse('split.foldsBy', `is ${column}, and ${without} it is not read`, 'Remove it.');
  }
}

function checkShares(split: Spec['split']): void {
  for (const part of partNames) {
    if (split[part] <= 0) {
      throw refuse(
        `split.${part}`,
        `must be more than 0, and got ${split[part]}`,
        'Every part needs rows.',
      );
    }
  }
  const sum = split.train + split.validation + split.test;
  if (Math.abs(sum - 1) > 1e-9) {
    throw refuse(
      'split',
      `has parts that sum to ${Number(sum.toFixed(6))} and not to 1`,
      'For example 0.6, 0.2 and 0.2.',
    );
  }
}

/** Holds the split's columns against the data. @throws TerrariumError naming the path in the spec */
export function checkSplitColumns({ split, target }: Spec, info: DatasetInfo): void {
  for (const setting of ['by', 'key', 'foldsBy'] as const) {
    const name = split[setting];
    if (name === undefined) continue;
    const path = `split.${setting}`;
    const column = info.columns.find((one) => one.name === name);
    if (column === undefined) {
      throw refuse(
        path,
        `is "${name}", and the data has no such column`,
        columnsHint(
          name,
          info.columns.map((one) => one.name),
        ),
      );
    }
    if (name === target) {
      throw refuse(
        path,
        `is "${name}", which is the target`,
        'Rows cannot be dealt by what is to be predicted. Choose another column.',
      );
    }
    if (column.type === 'empty') {
      throw refuse(path, `is "${name}", which has no value in any row`, 'Choose another column.');
    }
  }
}
