import { inputError } from '#core/errors.ts';
import type { Doubt } from '../table.ts';

/** No model has more inputs, and no page shows more columns. */
export const MAX_COLUMNS = 10_000;

/**
 * The names of a table's columns: given ones as they are, blank ones made up.
 * @param where says in errors where the names stand, for example `Line 1`
 * @throws TerrariumError where a name stands twice, or there are too many
 */
export function columnNames(
  given: readonly string[],
  where: string,
): { readonly names: readonly string[]; readonly doubts: readonly Doubt[] } {
  if (given.length > MAX_COLUMNS) {
    throw inputError(
      'too_many_columns',
      `${where} names ${given.length} columns, and at most ${MAX_COLUMNS} can be read.`,
      'Leave out columns that are not needed. If a row was taken for the header, check the line ends.',
      { columns: given.length },
    );
  }
  const taken = new Set(given);
  const places = new Map<string, number>();
  const doubts: Doubt[] = [];
  const names = given.map((cell, i) => {
    const isBlank = cell.trim() === '';
    const name = isBlank ? freeName(`column_${i + 1}`, taken) : cell;
    if (isBlank) {
      doubts.push({
        column: name,
        message: `Column ${i + 1} has no name in the header; it is called ${name} here.`,
      });
    } else if (name !== name.trim()) {
      doubts.push({
        column: name,
        message: `Column ${i + 1} is called "${name}", with white space around its name.`,
      });
    }
    const twin = places.get(name);
    if (twin !== undefined) {
      throw inputError(
        'duplicate_column',
        `${where}: columns ${twin + 1} and ${i + 1} are both named "${name}".`,
        'Give every column a name of its own.',
        { column: name },
      );
    }
    places.set(name, i);
    return name;
  });
  return { names, doubts };
}

/** A name that no column has, which is taken then. */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name += '_';
  taken.add(name);
  return name;
}
