import type { Cells } from '#core/data/cells.ts';
import { sortedPresent } from '#core/data/readings.ts';
import { columnCells, type ColumnSchema, type Table } from '#core/data/table.ts';
import { typedColumn } from '#core/data/typed-columns.ts';
import { profileNumbers } from './profile-numbers.ts';
import { profileTexts } from './profile-texts.ts';
import { profileTimes } from './profile-times.ts';
import type { ColumnProfile } from './profile.ts';
import { valueKind } from './read-values.ts';

interface Made {
  readonly key: string;
  readonly profile: ColumnProfile;
}

/** A profile is small beside its column, so that the last one made of it is kept. */
const madeOf = new WeakMap<Cells, Made>();

/** Describes a column from all of its rows. @throws TerrariumError `not_a_number` where a cell is none */
export function profileColumn(table: Table, column: ColumnSchema): ColumnProfile {
  const { name, type, missing, decimal, dates } = column;
  const cells = columnCells(table, name);
  const key = JSON.stringify([name, type, missing, decimal, dates]);
  const made = madeOf.get(cells);
  if (made?.key === key) return made.profile;
  const found = describe(table, column, cells);
  const profile: ColumnProfile =
    found === null
      ? { name, type, kind: 'empty', count: 0, missing: table.rowCount, distinct: 0 }
      : { name, type, ...found };
  madeOf.set(cells, { key, profile });
  return profile;
}

function describe(table: Table, column: ColumnSchema, cells: Cells) {
  switch (valueKind(column.type)) {
    case 'numbers': {
      const { kind, values } = typedColumn(table, column);
      if (kind !== 'numeric') throw new RangeError(`${column.name} is no column of numbers`);
      return profileNumbers(values, sortedPresent(cells, values));
    }
    case 'times':
      return profileTimes(cells, column);
    case 'texts':
      return profileTexts(cells, column.missing);
    case 'empty':
      return null;
  }
}
