import type { FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet/src/metadata.js';
import { inputError } from '#core/errors.ts';
import { leafKind, type LeafKind } from './leaf-values.ts';

/** A stored column: one leaf of the schema. */
export interface Leaf {
  /** From the top, as the column chunks name it. */
  readonly path: readonly string[];
  readonly element: SchemaElement;
  readonly kind: LeafKind;
  readonly definitionLevel: number;
  readonly repetitionLevel: number;
}

/** A column of the table: a leaf outside lists, or a list with all that is in it. */
export interface Column {
  readonly name: string;
  readonly leaves: readonly Leaf[];
  /** The list's place in the schema; null for a leaf. */
  readonly list: SchemaTree | null;
}

/** The columns of the table: fields of structs join with a dot, lists and maps stay whole. */
export function columnsOf(metadata: FileMetaData): readonly Column[] {
  const columns: Column[] = [];
  const visit = (node: SchemaTree, outer: Levels): void => {
    const levels = levelsOf(node, outer);
    const isWhole = levels.repetition > 0 || isListOrMap(node.element);
    if (node.children.length > 0 && !isWhole) {
      for (const child of node.children) visit(child, levels);
      return;
    }
    columns.push({
      name: node.path.join('.'),
      leaves: leavesOf(node, outer),
      list: isWhole ? node : null,
    });
  };
  for (const node of parquetSchema(metadata).children) {
    visit(node, { definition: 0, repetition: 0 });
  }
  return columns;
}

/** The same file as one of bare storage types, so that nothing is converted on the way. */
export function withoutAnnotations(metadata: FileMetaData): FileMetaData {
  const bare = (element: SchemaElement): SchemaElement => {
    const { type, type_length, repetition_type, name, num_children, converted_type } = element;
    const isList = converted_type === 'LIST';
    const list = isList ? { converted_type } : {};
    return { type, type_length, repetition_type, name, num_children, ...list } as SchemaElement;
  };
  return { ...metadata, schema: metadata.schema.map(bare) };
}

interface Levels {
  readonly definition: number;
  readonly repetition: number;
}

function levelsOf({ element }: SchemaTree, { definition, repetition }: Levels): Levels {
  return {
    definition: definition + (element.repetition_type === 'REQUIRED' ? 0 : 1),
    repetition: repetition + (element.repetition_type === 'REPEATED' ? 1 : 0),
  };
}

export function isListOrMap({ converted_type: converted, logical_type: logical }: SchemaElement) {
  return (
    ['LIST', 'MAP', 'MAP_KEY_VALUE'].includes(converted ?? '') ||
    ['LIST', 'MAP'].includes(logical?.type ?? '')
  );
}

function leavesOf(node: SchemaTree, outer: Levels): Leaf[] {
  const levels = levelsOf(node, outer);
  if (node.children.length > 0) return node.children.flatMap((child) => leavesOf(child, levels));
  const kind = leafKind(node.element);
  if (kind === null || node.element.type === undefined) throw unreadable(node);
  return [
    {
      path: node.path,
      element: node.element,
      kind,
      definitionLevel: levels.definition,
      repetitionLevel: levels.repetition,
    },
  ];
}

function unreadable({ path, element }: SchemaTree): Error {
  const what = element.logical_type?.type ?? element.converted_type ?? 'no known kind';
  const column = path.join('.');
  return inputError(
    'parquet_type',
    `Column "${column}" holds values of type ${what}, which no table cell can hold.`,
    'Leave the column out when writing the file, or write it as text.',
    { column },
  );
}
