import type { NetworkWriter } from '../network-writer.ts';
import type { Constant, Tensor, Value } from '../tensor.ts';
import { TfjsFault } from '../tfjs-fault.ts';
import type { GraphNode } from './graph-node.ts';

/** A node whose inputs are there. */
export interface Operation {
  readonly writer: NetworkWriter;
  readonly node: GraphNode;
  readonly inputs: readonly Value[];
}

/** Writes a node. @throws TfjsFault completing "has a node NAME (OPERATOR) that …" */
export type Operator = (operation: Operation) => Value;

/** An input that may be anything. */
export function valueAt({ inputs }: Operation, place: number): Value {
  const value = inputs[place];
  if (value !== undefined) return value;
  throw new TfjsFault(`reads ${inputs.length} tensors, and should read more than ${place}`);
}

export function tensorAt(operation: Operation, place: number): Tensor {
  const value = valueAt(operation, place);
  return value.kind === 'tensor' ? value : operation.writer.asTensor(value);
}

/** An input that has to be known before any image is. */
export function constantAt(operation: Operation, place: number): Constant {
  const value = valueAt(operation, place);
  if (value.kind === 'constant') return value;
  throw new TfjsFault(
    `reads its weights or sizes from ${JSON.stringify(operation.node.inputs[place] ?? '').slice(0, 60)}, which depends on the image`,
    'Freeze the model when it is converted, or give it as an ONNX file.',
  );
}

/** Whole numbers, as sides and axes are. */
export function integersAt(operation: Operation, place: number): readonly number[] {
  const { values } = constantAt(operation, place);
  if (values.length <= 64 && values.every(Number.isInteger)) return Array.from(values);
  throw new TfjsFault('reads sides or axes that are no whole numbers');
}
