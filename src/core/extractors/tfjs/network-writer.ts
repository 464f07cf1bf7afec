import { create } from '@bufbuild/protobuf';
import {
  GraphProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from 'onnx-buf';
import { attributeProto, tensorProto, valueInfo, type Attribute } from '#core/onnx/proto-parts.ts';
import { checkedShape, type Constant, type Size, type Tensor } from './tensor.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** More than any network for images has; layers that are used within layers multiply. */
const MOST_NODES = 10_000;
const TO_FIRST = [0, 3, 1, 2];
const TO_PLAIN = [0, 2, 3, 1];

/**
 * Writes ONNX nodes for operations as TensorFlow.js means them. Images come with their channels last and are turned where
 * an operator wants them first; what was turned once stays, so that a network of convolutions is turned at its two ends.
 */
export class NetworkWriter {
  readonly #nodes: NodeProto[] = [];
  readonly #constants: TensorProto[] = [];
  readonly #inputs: ValueInfoProto[] = [];
  /** Names, and up to where they are counted. */
  readonly #taken = new Map<string, number>();
  /** Tensors that have the name of a layer. */
  readonly #labelled = new Set<string>();

  /** An input of the network; null stands for a side that may vary. */
  input(label: string, shape: readonly Size[]): Tensor {
    const name = this.#fresh(label);
    this.#labelled.add(name);
    const dims = shape.map((size, i) => size ?? `side_${i}`);
    this.#inputs.push(create(ValueInfoProtoSchema, valueInfo(name, 'float32', dims)));
    return { kind: 'tensor', shape: checkedShape(shape), forms: { plain: name } };
  }

  constant(data: Float32Array | BigInt64Array, dims: readonly number[]): string {
    const name = this.#fresh(`constant_${this.#constants.length}`);
    this.#constants.push(create(TensorProtoSchema, tensorProto(name, data, dims)));
    return name;
  }

  integers(values: readonly number[]): string {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** A number that goes with each of a tensor's. */
  scalar(value: number): string {
    return this.constant(Float32Array.of(value), []);
  }

  /** Adds a node of one output, and gives that output's name. @throws TfjsFault where there are too many */
  node(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    if (this.#nodes.length >= MOST_NODES) {
      throw new TfjsFault(
        `has more than ${MOST_NODES.toLocaleString('en')} operations`,
        'Choose a smaller network.',
      );
    }
    const name = this.#fresh(`${opType}_${this.#nodes.length}`);
    const attribute = Object.entries(attributes).map(([key, value]) => attributeProto(key, value));
    const node = { opType, name, input: [...input], output: [name], attribute };
    this.#nodes.push(create(NodeProtoSchema, node));
    return name;
  }

  /** A tensor as TensorFlow.js has it. */
  plain(shape: readonly Size[], name: string): Tensor {
    return { kind: 'tensor', shape: checkedShape(shape), forms: { plain: name } };
  }

  /** Images whose channels stand first; the shape is still the one with channels last. */
  first(shape: readonly Size[], name: string): Tensor {
    return { kind: 'tensor', shape: checkedShape(shape), forms: { first: name } };
  }

  asPlain({ forms }: Tensor): string {
    forms.plain ??= this.node('Transpose', [forms.first ?? ''], { perm: TO_PLAIN });
    return forms.plain;
  }

  /** @throws TfjsFault where it holds no images */
  asFirst({ forms, shape }: Tensor): string {
    if (shape.length !== 4) {
      throw new TfjsFault(`reads places and channels of ${shape.length} sides, and images have 4`);
    }
    forms.first ??= this.node('Transpose', [forms.plain ?? ''], { perm: TO_FIRST });
    return forms.first;
  }

  /** A constant as a tensor among others. */
  asTensor({ shape, values }: Constant): Tensor {
    return this.plain(shape, this.constant(Float32Array.from(values), shape));
  }

  /** Gives a layer's result the layer's name; images have it with channels first, from where features are read. */
  label(tensor: Tensor, label: string): Tensor {
    const { forms, shape } = tensor;
    if (shape.length === 4) this.asFirst(tensor);
    const form = shape.length === 4 ? 'first' : 'plain';
    const before = forms[form] ?? '';
    const node = this.#nodes.at(-1);
    if (node?.output[0] !== before || this.#labelled.has(before)) {
      const name = this.#named(this.node('Identity', [before]), label);
      return { ...tensor, forms: { ...forms, [form]: name } };
    }
    return { ...tensor, forms: { ...forms, [form]: this.#named(before, label) } };
  }

  /** Renames what the last node gives, which nothing has read yet. */
  #named(name: string, label: string): string {
    const node = this.#nodes.at(-1);
    const given = this.#fresh(label === '' ? name : label);
    this.#labelled.add(given);
    if (node !== undefined && node.output[0] === name) {
      node.output = [given];
      node.name = given;
    }
    return given;
  }

  /** The network whose results these are. */
  finish(name: string, outputs: readonly Tensor[]): GraphProto {
    const output = outputs.map((tensor) => ({
      name: tensor.shape.length === 4 ? this.asFirst(tensor) : this.asPlain(tensor),
    }));
    return create(GraphProtoSchema, {
      ...{ name, output, input: this.#inputs, node: this.#nodes },
      initializer: this.#constants,
    });
  }

  /** A layer that is used a thousand times is not counted through each time. */
  #fresh(label: string): string {
    let name = label;
    for (let i = this.#taken.get(label) ?? 1; this.#taken.has(name); i += 1) {
      name = `${label}_${i + 1}`;
      this.#taken.set(label, i + 1);
    }
    this.#taken.set(name, 1);
    return name;
  }
}
