import { inputError } from '#core/errors.ts';
import { TextCellsBuilder } from '../../cells.ts';
import type { Doubt, Table } from '../../table.ts';
import { columnNames, MAX_COLUMNS } from '../column-names.ts';
import type { JsonText } from './json-text.ts';

/** Cells of keys that rows do not have: a row of two bytes must not take the memory of ten thousand cells. */
const MAX_ABSENT = 100_000_000;
/** Beyond this many, there must be one value for every 50 of them. */
const HARMLESS_ABSENT = 5_000_000;

/** What one path of keys leads to: a value, further keys, or now one and now the other. */
interface Node {
  readonly name: string;
  readonly keys: Map<string, Node>;
  cells: TextCellsBuilder | null;
  /** Rows that `cells` has. */
  filled: number;
  /** Row that had this path last. */
  seenIn: number;
  /** Rows where it led to an array. */
  arrays: number;
}

/** Collects objects into columns: keys of inner objects join with a dot, in the order in which they come. */
export class JsonRows {
  readonly #root = newNode('');
  readonly #columns: Node[] = [];
  readonly #byName = new Map<string, Node>();
  #absent = 0;
  #present = 0;
  rowCount = 0;

  /** Takes the next row, which must be an object. */
  take(json: JsonText): void {
    json.row = this.rowCount + 1;
    if (json.peek() !== '{') {
      throw json.fault(
        `a row must be an object with named values, and this is ${json.kind()}`,
        'json_not_rows',
        'Write rows as objects, such as [{"a": 1, "b": 2}, …].',
      );
    }
    this.rowCount += 1;
    this.#object(json, this.#root, 1);
  }

  finish(): { table: Table; doubts: readonly Doubt[] } {
    if (this.rowCount === 0 || this.#columns.length === 0) {
      const what = this.rowCount === 0 ? 'no rows' : 'rows without a value';
      throw inputError(
        'no_rows',
        `The file holds ${what}, and so no table.`,
        'Open a file with at least one row of data.',
      );
    }
    const { names, doubts } = this.#named();
    for (const node of this.#columns) this.#fill(node, this.rowCount);
    const columns = this.#columns.map(({ cells }) => (cells ?? new TextCellsBuilder()).finish());
    const arrays = this.#columns.flatMap((node, i) => {
      const column = names[i] ?? '';
      const rows = node.arrays === 1 ? '1 row' : `${node.arrays} rows`;
      const message = `Column "${column}" holds arrays in ${rows}; they are kept as JSON text.`;
      return node.arrays === 0 ? [] : [{ column, message }];
    });
    return {
      table: { names, columns, rowCount: this.rowCount },
      doubts: [...doubts, ...arrays],
    };
  }

  #object(json: JsonText, parent: Node, depth: number): void {
    json.eachEntry(depth, (key) => {
      const node = parent.keys.get(key) ?? this.#newKey(parent, key);
      if (node.seenIn === this.rowCount) {
        throw json.fault(`the key "${key}" stands twice in one object`, 'duplicate_key');
      }
      node.seenIn = this.rowCount;
      const next = json.peek();
      if (next === '{') this.#object(json, node, depth + 1);
      else if (next === '[') {
        node.arrays += 1;
        this.#put(json, node, json.raw(depth + 1));
      } else if (next === '"') this.#put(json, node, json.string());
      else {
        const literal = json.literal();
        this.#put(json, node, literal === 'null' ? '' : literal);
      }
    });
  }

  #newKey(parent: Node, key: string): Node {
    // A key cut out of the text would keep all of the text in memory.
    const own = JSON.parse(JSON.stringify(key)) as string;
    const node = newNode(parent === this.#root ? own : `${parent.name}.${own}`);
    parent.keys.set(own, node);
    return node;
  }

  #put(json: JsonText, node: Node, text: string): void {
    if (node.cells === null) this.#newColumn(json, node);
    this.#fill(node, this.rowCount - 1);
    node.cells?.push(text);
    node.filled = this.rowCount;
    this.#present += 1;
  }

  #newColumn(json: JsonText, node: Node): void {
    if (this.#byName.has(node.name)) {
      throw json.fault(
        `"${node.name}" is the name of a column twice: once as a key with a dot, once as a key inside an object`,
        'duplicate_column',
        'Rename one of the two.',
      );
    }
    this.#byName.set(node.name, node);
    this.#columns.push(node);
    node.cells = new TextCellsBuilder();
    if (this.#columns.length > MAX_COLUMNS) this.#named();
  }

  /** Empty cells up to a row. */
  #fill(node: Node, rows: number): void {
    this.#absent += rows - node.filled;
    const allowed = Math.min(MAX_ABSENT, Math.max(HARMLESS_ABSENT, 50 * this.#present));
    if (this.#absent > allowed) {
      throw inputError(
        'too_sparse',
        `Rows lack so many of the ${this.#columns.length} keys that others have, that the table would be nearly empty.`,
        'Write rows of one kind into one file.',
      );
    }
    for (; node.filled < rows; node.filled += 1) node.cells?.push('');
  }

  #named(): ReturnType<typeof columnNames> {
    return columnNames(
      this.#columns.map(({ name }) => name),
      'The file',
    );
  }
}

function newNode(name: string): Node {
  return { name, keys: new Map(), cells: null, filled: 0, seenIn: 0, arrays: 0 };
}
