import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  type NodeProtoSchema,
  type NodeProto,
  type TensorProto,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import {
  attributeProto,
  elementTypes,
  renamedTensor,
  tensorProto,
  valueInfo,
  type Attribute,
  type ElementType,
  type TensorData,
} from './proto-parts.ts';

/** Name of a tensor in the graph under construction. */
export type TensorName = string;
/** ONNX 1.16: Equal over strings needs opset 19, and onnxruntime has read opset 21 since 1.18. */
const IR_VERSION = 10n;
const OPSET = 21n;
const ML_OPSET = 3n;
const ML_DOMAIN = 'ai.onnx.ml';
/** onnxruntime's own operators; a graph says that it needs them only where it does. */
const MICROSOFT_DOMAIN = 'com.microsoft';
const MICROSOFT_OPSET = 1n;
type Domain = '' | typeof ML_DOMAIN | typeof MICROSOFT_DOMAIN;

/** Nodes of a graph that somebody else wrote, in their order, and the constants that they read. */
export interface OtherGraph {
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
}

/**
 * Writes one ONNX graph. Names given by people (columns, outputs) are reserved first; every inner
 * tensor gets a fresh name, so that a column may be called anything.
 */
export class GraphBuilder {
  #nodes: MessageInitShape<typeof NodeProtoSchema>[] = [];
  readonly #initializers: MessageInitShape<typeof TensorProtoSchema>[] = [];
  readonly #inputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  readonly #outputs: MessageInitShape<typeof ValueInfoProtoSchema>[] = [];
  readonly #taken = new Set<string>();

  constructor(reservedNames: readonly string[]) {
    for (const name of reservedNames) this.#taken.add(name);
  }

  /** Declares a graph input of shape [N, …sizes]. */
  input(name: string, type: ElementType, ...sizes: readonly number[]): TensorName {
    this.#taken.add(name);
    this.#inputs.push(valueInfo(name, type, ['N', ...sizes]));
    return name;
  }

  /** Gives a tensor its public name; `width` is absent for shape [N], and a name where only running it tells. */
  output(name: string, type: ElementType, tensor: TensorName, width?: number | string): void {
    this.#nodes.push({ opType: 'Identity', name, input: [tensor], output: [name] });
    this.#outputs.push(valueInfo(name, type, width === undefined ? ['N'] : ['N', width]));
  }

  constant(data: TensorData, dims: readonly number[], hint = 'constant'): TensorName {
    const name = this.#fresh(hint);
    this.#initializers.push(tensorProto(name, data, dims));
    return name;
  }

  /** Adds a node of one output, and gives that output's name. */
  node(
    opType: string,
    input: readonly TensorName[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain: Domain = '',
  ): TensorName {
    const output = this.#fresh(opType);
    this.#add(opType, input, [output], attributes, domain);
    return output;
  }

  /** The parts of texts between delimiters, on a further axis as long as the longest text has parts; '' after the last. */
  splitTexts(texts: TensorName, delimiter: string): TensorName {
    const [parts, counts] = [this.#fresh('StringSplit'), this.#fresh('counts')];
    this.#add('StringSplit', [texts], [parts, counts], { delimiter }, '');
    return parts;
  }

  /** The k smallest along the last axis, ascending, and where they are; of equal ones the first first. */
  smallest(values: TensorName, k: number): readonly [found: TensorName, places: TensorName] {
    const [found, places] = [this.#fresh('TopK'), this.#fresh('places')];
    const count = this.constant(BigInt64Array.of(BigInt(k)), [1]);
    this.#add('TopK', [values, count], [found, places], { largest: 0 }, '');
    return [found, places];
  }

  #add(
    opType: string,
    input: readonly TensorName[],
    output: readonly TensorName[],
    attributes: Readonly<Record<string, Attribute>>,
    domain: Domain,
  ): void {
    this.#nodes.push({
      opType,
      domain,
      name: output[0] ?? opType,
      input: [...input],
      output: [...output],
      attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
    });
  }

  mlNode(
    opType: string,
    input: readonly TensorName[],
    attributes: Readonly<Record<string, Attribute>>,
  ): TensorName {
    return this.node(opType, input, attributes, ML_DOMAIN);
  }

  microsoftNode(
    opType: string,
    input: readonly TensorName[],
    attributes: Readonly<Record<string, Attribute>>,
  ): TensorName {
    return this.node(opType, input, attributes, MICROSOFT_DOMAIN);
  }

  cast(tensor: TensorName, to: ElementType): TensorName {
    return this.node('Cast', [tensor], { to: elementTypes[to] });
  }

  /**
   * Goes along the first axis of the sequences, one element of each at a time (ONNX's Scan).
   * @param states what a round hands to the next, at the start
   * @param body gets the states and an element of each sequence; gives the next states and what to stack
   * @returns the last states, then what the rounds stacked, along a new first axis
   */
  scan(
    states: readonly TensorName[],
    sequences: readonly TensorName[],
    body: (
      states: readonly TensorName[],
      elements: readonly TensorName[],
    ) => { readonly states: readonly TensorName[]; readonly stacked: readonly TensorName[] },
  ): readonly TensorName[] {
    const [stateNames, elements] = [states, sequences].map((list) =>
      list.map(() => this.#fresh('element')),
    );
    const outside = this.#nodes;
    this.#nodes = [];
    const round = body(stateNames ?? [], elements ?? []);
    const results = [...round.states, ...round.stacked];
    const output = results.map(() => this.#fresh('Scan'));
    const g = {
      name: `body_of_${output[0] ?? ''}`,
      node: this.#nodes,
      input: [...(stateNames ?? []), ...(elements ?? [])].map((name) => ({ name })),
      output: results.map((name) => ({ name })),
    };
    this.#nodes = outside;
    this.#nodes.push({
      opType: 'Scan',
      name: output[0] ?? 'Scan',
      input: [...states, ...sequences],
      output,
      attribute: [
        attributeProto('num_scan_inputs', sequences.length),
        { name: 'body', type: AttributeType.GRAPH, g },
      ],
    });
    return output;
  }

  /**
   * Puts nodes of another graph here, under names of our own. They must be of this graph's operator set.
   * @param bound tensors of this graph by the names that the others have for them
   * @returns what each of the other graph's tensors is called here
   */
  inline(
    { nodes, initializers }: OtherGraph,
    bound: ReadonlyMap<string, TensorName>,
  ): ReadonlyMap<string, TensorName> {
    const names = new Map(bound);
    const named = (name: string, hint: string): TensorName => {
      const found = names.get(name) ?? this.#fresh(hint);
      names.set(name, found);
      return found;
    };
    for (const tensor of initializers) {
      this.#initializers.push(renamedTensor(tensor, named(tensor.name, 'weights')));
    }
    for (const { opType, input, output, attribute } of nodes) {
      const inputs = input.map((name) => (name === '' ? '' : named(name, opType)));
      const outputs = output.map((name) => (name === '' ? '' : named(name, opType)));
      const name = outputs.find((one) => one !== '') ?? opType;
      this.#nodes.push({ opType, name, input: inputs, output: outputs, attribute });
    }
    return names;
  }

  /** Joins tensors of shape [N, …] side by side. */
  concat(tensors: readonly TensorName[]): TensorName {
    const [only] = tensors;
    return tensors.length === 1 && only !== undefined
      ? only
      : this.node('Concat', tensors, { axis: 1 });
  }

  /** The model file's bytes. */
  finish(description: {
    readonly graphName: string;
    readonly producerVersion: string;
    readonly docString: string;
    readonly metadata: Readonly<Record<string, string>>;
  }): Uint8Array {
    const model = create(ModelProtoSchema, {
      irVersion: IR_VERSION,
      producerName: 'terrarium',
      producerVersion: description.producerVersion,
      docString: description.docString,
      opsetImport: [
        { domain: '', version: OPSET },
        { domain: ML_DOMAIN, version: ML_OPSET },
        ...(this.#nodes.some(({ domain }) => domain === MICROSOFT_DOMAIN)
          ? [{ domain: MICROSOFT_DOMAIN, version: MICROSOFT_OPSET }]
          : []),
      ],
      metadataProps: Object.entries(description.metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: description.graphName,
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
    return toBinary(ModelProtoSchema, model);
  }

  #fresh(hint: string): string {
    for (let i = this.#taken.size; ; i += 1) {
      const name = `${hint}_${i}`;
      if (!this.#taken.has(name)) {
        this.#taken.add(name);
        return name;
      }
    }
  }
}
