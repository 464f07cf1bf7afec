import type { Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import type { Cells } from '../../cells.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import { leafKind } from './leaf-values.ts';
import { isListOrMap } from './schema.ts';
import { checkUtf8 } from './text-sink.ts';

/** Values of lists, maps and all that is in them, as JSON text. */
export class ListColumn {
  readonly #node: SchemaTree;
  readonly #cells = new TextCellsBuilder();

  constructor(node: SchemaTree) {
    this.#node = node;
  }

  /** Reads the rows of a group, whose pages were checked before. */
  async read(
    bytes: Uint8Array<ArrayBuffer>,
    metadata: FileMetaData,
    compressors: Compressors,
    { from, to }: { from: number; to: number },
  ): Promise<void> {
    const { parquetRead } = await import('hyparquet');
    const [top = '', ...inner] = this.#node.path;
    const values: unknown[] = [];
    await parquetRead({
      file: {
        byteLength: bytes.length,
        slice: (start, end) => bytes.slice(start, end).buffer,
      },
      metadata,
      columns: [top],
      rowStart: from,
      rowEnd: to,
      compressors,
      utf8: false,
      onChunk: ({ columnData }) => {
        for (let i = 0; i < columnData.length; i += 1) values.push(columnData[i]);
      },
    });
    if (values.length !== to - from) throw new RangeError('it has not the rows that it says');
    for (const value of values) {
      const own = inner.reduce<unknown>((outer, name) => fieldOf(outer, name), value);
      this.#cells.push(own === undefined || own === null ? '' : jsonOf(own, this.#node));
    }
  }

  finish(): Cells {
    return this.#cells.finish();
  }
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** A value as JSON: numbers and decimals keep their digits, dates are texts in ISO 8601. */
function jsonOf(value: unknown, node: SchemaTree, isItem = false): string {
  if (value === undefined || value === null) return 'null';
  if (node.element.repetition_type === 'REPEATED' && !isItem) {
    return `[${asArray(value)
      .map((item) => jsonOf(item, node, true))
      .join(',')}]`;
  }
  const { children } = node;
  const [inner] = children;
  if (inner === undefined) return leafJson(value, node);
  if (isListOrMap(node.element) && children.length === 1) {
    const items = Array.isArray(value) ? value : fieldOf(value, inner.element.name);
    const [only] = inner.children;
    const item =
      inner.children.length === 1 && only !== undefined && Array.isArray(value) ? only : inner;
    return `[${asArray(items)
      .map((one) => jsonOf(one, item, item === inner))
      .join(',')}]`;
  }
  const fields = children.map(
    (child) =>
      `${JSON.stringify(child.element.name)}:${jsonOf(fieldOf(value, child.element.name), child)}`,
  );
  return `{${fields.join(',')}}`;
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function leafJson(value: unknown, { element }: SchemaTree): string {
  const kind = leafKind(element);
  if (kind !== null && kind.as !== 'number') {
    const text = kind.text === null ? checkUtf8(value as Uint8Array) : kind.text(value);
    return element.type === 'BOOLEAN' ? text : JSON.stringify(text);
  }
  const isUnsigned = kind?.unsigned === true;
  const number =
    typeof value === 'bigint' && isUnsigned
      ? BigInt.asUintN(64, value)
      : isUnsigned
        ? Number(value) >>> 0
        : (value as number | bigint);
  return typeof number === 'number' && !Number.isFinite(number)
    ? JSON.stringify(String(number))
    : String(number);
}
