import type { ColumnSchema, ColumnType, DatasetInfo } from '../table.ts';
import { booleanNotation, type BooleanNotation } from './boolean-notation.ts';

/** What became of the columns, told apart by their names. */
export interface SchemaChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly retyped: readonly {
    readonly name: string;
    readonly before: ColumnType;
    readonly after: ColumnType;
  }[];
  /** Columns that say yes and no in other words than before; their values are compared all the same. */
  readonly rewritten: readonly (BooleanNotation & { readonly name: string })[];
}

/** A column that both versions have. */
export interface SharedColumn {
  readonly before: ColumnSchema;
  readonly after: ColumnSchema;
}

export function schemaChanges(before: DatasetInfo, after: DatasetInfo): SchemaChanges {
  const shared = sharedColumns(before, after);
  const names = new Set(shared.map((column) => column.after.name));
  const others = (info: DatasetInfo): readonly string[] =>
    info.columns.flatMap(({ name }) => (names.has(name) ? [] : name));
  return {
    added: others(after),
    removed: others(before),
    retyped: shared.flatMap((column) =>
      column.before.type === column.after.type
        ? []
        : { name: column.after.name, before: column.before.type, after: column.after.type },
    ),
    rewritten: shared.flatMap((column) => {
      const notation = booleanNotation(column);
      return notation === null ? [] : { name: column.after.name, ...notation };
    }),
  };
}

/** The columns of one name in both, in the order of the later version. */
export function sharedColumns(before: DatasetInfo, after: DatasetInfo): readonly SharedColumn[] {
  const earlier = new Map(before.columns.map((column) => [column.name, column]));
  return after.columns.flatMap((column) => {
    const known = earlier.get(column.name);
    return known === undefined ? [] : { before: known, after: column };
  });
}
