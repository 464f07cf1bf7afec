import { inputError } from '#core/errors.ts';
import type { Doubt, Table } from '../../table.ts';
import { columnNames, MAX_COLUMNS } from '../column-names.ts';
import { SparseColumn, Sparseness } from '../sparse-columns.ts';
import type { JsonText } from './json-text.ts';

/** What one path of keys leads to: a value, further keys, or now one and now the other. */
interface Node {
  readonly name: string;
  readonly keys: Map<string, Node>;
  cells: SparseColumn | null;
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
  readonly #sparseness = new Sparseness();
  readonly #objects = new Map<string, number>();
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
    const columns = this.#columns.flatMap(({ cells }) => cells?.finish(this.rowCount) ?? []);
    const arrays = this.#columns.flatMap((node, i) => {
      const column = names[i] ?? '';
      const rows = node.arrays === 1 ? '1 row' : `${node.arrays} rows`;
      const message = `Column "${column}" holds arrays in ${rows}; they are kept as JSON text.`;
      return node.arrays === 0 ? [] : [{ column, message }];
    });
    return {
      table: { names, columns, rowCount: this.rowCount, records: { objects: this.#objects } },
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
      if (next === '{') {
        if (!this.#objects.has(node.name)) this.#objects.set(node.name, this.rowCount - 1);
        this.#object(json, node, depth + 1);
      } else if (next === '[') {
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
    node.cells ??= this.#newColumn(json, node);
    node.cells.put(this.rowCount - 1, text);
  }

  #newColumn(json: JsonText, node: Node): SparseColumn {
    if (this.#byName.has(node.name)) {
      throw json.fault(
        `"${node.name}" is the name of a column twice: once as a key with a dot, once as a key inside an object`,
        'duplicate_column',
        'Rename one of the two.',
      );
    }
    this.#byName.set(node.name, node);
    this.#columns.push(node);
    if (this.#columns.length > MAX_COLUMNS) this.#named();
    return new SparseColumn(this.#sparseness);
  }

  #named(): ReturnType<typeof columnNames> {
    return columnNames(
      this.#columns.map(({ name }) => name),
      'The file',
    );
  }
}

function newNode(name: string): Node {
  return { name, keys: new Map(), cells: null, seenIn: 0, arrays: 0 };
}
