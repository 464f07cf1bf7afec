import { create } from '@bufbuild/protobuf';
import { TensorProtoSchema, type NodeProto, type TensorProto } from 'onnx-buf';
import { tensorProto } from '#core/onnx/proto-parts.ts';
import type { Extractor } from './extractor.ts';
import { attributeOf, changedNode, int64ValuesOf } from './node-parts.ts';
import { NodeFault, operators, type KeepConstant } from './operators.ts';
import { refuseExtractor, shown } from './refuse-extractor.ts';

interface Network {
  readonly nodes: readonly NodeProto[];
  readonly initializer: readonly TensorProto[];
}

interface Origin {
  /** The version of ONNX's operators that it is written in. */
  readonly opset: number;
  /** Whether it says that it takes one image at a time. */
  readonly isForOne: boolean;
  readonly file: string;
}

/**
 * A network's nodes as our graphs' operator set has them, and the constants that they read. Where it was exported for one
 * image at a time, shapes that say so let the number of images be.
 * @throws TerrariumError `bad_extractor` naming an operator that is not taken
 */
export function modernNetwork(
  { nodes, initializer }: Network,
  { opset, isForOne, file }: Origin,
): Pick<Extractor, 'nodes' | 'initializers'> {
  const constants = new Map(initializer.map((tensor) => [tensor.name, tensor]));
  const taken = new Set([...constants.keys(), ...nodes.flatMap(({ output }) => output)]);
  const keep: KeepConstant = (data, dims) => {
    let name = `kept_${taken.size}`;
    while (taken.has(name)) name += '_';
    taken.add(name);
    constants.set(name, create(TensorProtoSchema, tensorProto(name, data, dims)));
    return name;
  };
  const inline = new Map(
    nodes.flatMap((node) => {
      const tensor = node.opType === 'Constant' ? attributeOf(node, 'value')?.t : undefined;
      return tensor === undefined ? [] : [[node.output[0] ?? '', tensor] as const];
    }),
  );
  const made = nodes.map((node) => {
    const adapted = modernNode(node, { opset, isForOne, file }, keep);
    const shape = isForOne ? shapeForMany(adapted, new Map([...inline, ...constants])) : undefined;
    if (shape === undefined) return adapted;
    const tensor = keep(BigInt64Array.from(shape), [shape.length]);
    return changedNode(adapted, { input: [adapted.input[0] ?? '', tensor] });
  });
  const read = new Set(made.flatMap(({ input }) => input));
  return {
    nodes: made,
    initializers: [...constants.values()].filter(({ name }) => read.has(name)),
  };
}

function modernNode(node: NodeProto, { opset, file }: Origin, keep: KeepConstant): NodeProto {
  const operator =
    node.domain === '' || node.domain === 'ai.onnx' ? operators.get(node.opType) : undefined;
  if (operator === undefined) {
    const name = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
    throw refuseExtractor(
      file,
      `has the operator ${shown(name)}, which is not taken`,
      'Export the network in float32 with ONNX’s own operators; quantized ones and control flow are not taken.',
    );
  }
  if (opset < operator.since) {
    throw refuseExtractor(
      file,
      `has the operator ${node.opType} as version ${opset} of ONNX’s operators means it`,
      `Export it with an opset from ${operator.since} on, or name a layer before that operator.`,
    );
  }
  try {
    return operator.adapt?.(node, opset, keep) ?? changedNode(node, {});
  } catch (thrown) {
    if (!(thrown instanceof NodeFault)) throw thrown;
    throw refuseExtractor(
      file,
      `has a node ${shown(node.name || node.opType)} that ${thrown.message}`,
      'Export the network for inference.',
    );
  }
}

/** Of a Reshape to a shape that begins with 1, for one image: the shape that keeps as many as there are. */
function shapeForMany(
  node: NodeProto,
  constants: ReadonlyMap<string, TensorProto>,
): readonly bigint[] | undefined {
  if (node.opType !== 'Reshape' || attributeOf(node, 'allowzero')?.i === 1n) return undefined;
  const shape = int64ValuesOf(constants.get(node.input[1] ?? ''));
  return shape?.[0] === 1n ? [0n, ...shape.slice(1)] : undefined;
}
