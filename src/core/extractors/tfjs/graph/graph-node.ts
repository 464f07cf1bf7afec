import { shown } from '../../refuse-extractor.ts';
import { Fields, isInteger, MOST_INTEGER } from '../json-fields.ts';
import { TfjsFault } from '../tfjs-fault.ts';

const MOST_LIST = 64;
const BASE64 = /^([a-z\d+/]{4})*([a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i;

/** A node of a GraphDef, as protobuf writes it in JSON. */
export class GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of the nodes that it reads, without those that it only waits for. */
  readonly inputs: readonly string[];
  readonly #attributes: Fields;

  constructor(value: unknown) {
    const fields = new Fields(value, 'node');
    this.name = fields.text('name');
    const own = new Fields(value, `node ${shown(this.name)}`);
    this.op = own.text('op');
    const inputs = own.has('input') ? own.list('input') : [];
    this.inputs = inputs.flatMap((input) => {
      if (typeof input !== 'string') {
        throw new TfjsFault(`is damaged: its ${own.where} reads what is no name`);
      }
      return input.startsWith('^') ? [] : [nodeNamed(input)];
    });
    const attributes = own.get('attr') ?? {};
    this.#attributes = new Fields(attributes, own.where);
  }

  has(name: string): boolean {
    return this.#attributes.has(name);
  }

  /** Protobuf leaves out false. */
  flag(name: string): boolean {
    return this.has(name) && this.#attributes.below(name).flag('b', false);
  }

  number(name: string, fallback: number): number {
    return this.has(name) ? this.#attributes.below(name).number('f', 0) : fallback;
  }

  text(name: string, fallback: string): string {
    return this.has(name) ? decoded(this.#attributes.below(name).get('s') ?? '', name) : fallback;
  }

  texts(name: string): readonly string[] {
    return this.#list(name, 's').map((value) => decoded(value, name));
  }

  integers(name: string): readonly number[] {
    return this.#list(name, 'i').map((value) => integerOf(value, name));
  }

  /** The sides of a tensor; null for one that may vary. */
  shape(): readonly (number | null)[] {
    const fields = this.has('shape') ? this.#attributes.below('shape').below('shape') : undefined;
    if (fields === undefined || fields.get('unknownRank') === true || !fields.has('dim')) {
      throw new TfjsFault('does not say how large the images are that it takes');
    }
    const dims = fields.list('dim');
    if (dims.length > MOST_LIST) throw new TfjsFault(`has an input of ${dims.length} sides`);
    return dims.map((dim) => {
      const size = integerOf(new Fields(dim, 'side of its input').get('size') ?? -1, 'shape');
      return size < 1 ? null : size;
    });
  }

  #list(name: string, kind: 'i' | 's'): readonly unknown[] {
    if (!this.has(name)) return [];
    const attribute = this.#attributes.below(name);
    const list = attribute.has('list') ? attribute.below('list') : attribute;
    const values = list.has(kind) ? list.list(kind) : [];
    if (values.length <= MOST_LIST) return values;
    throw new TfjsFault(`has ${name} of ${values.length} values`);
  }
}

/** `conv:0` is the first result of `conv`; further ones belong to no operator that is taken. */
export function nodeNamed(tensor: string): string {
  const [name = '', place = '0', ...more] = tensor.split(':');
  if (place === '0' && more.length === 0) return name;
  throw new TfjsFault(
    `reads ${shown(tensor)}, and of each operation the first result alone is taken`,
    'Give the network as an ONNX file.',
  );
}

/** Protobuf writes 64-bit integers as texts. */
function integerOf(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  if (isInteger(number, -MOST_INTEGER, MOST_INTEGER)) return number;
  throw new TfjsFault(`has ${name} with a value that is no whole number`);
}

/** Bytes are base64, or a list of their numbers. */
function decoded(value: unknown, name: string): string {
  if (typeof value === 'string' && value.length <= 1000 && BASE64.test(value)) {
    return atob(value);
  }
  if (
    Array.isArray(value) &&
    value.length <= 1000 &&
    value.every((one) => isInteger(one, 0, 255))
  ) {
    return String.fromCharCode(...value);
  }
  throw new TfjsFault(`has ${name} with a value that is no text`);
}
