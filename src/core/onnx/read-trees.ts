import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { inputError } from '#core/errors.ts';
import { messageParts as parts } from './message-parts.ts';

/** Field numbers of onnx.proto. */
const MODEL = { graph: 7 } as const;
const GRAPH = { node: 1 } as const;
const NODE = { opType: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, floats: 7, ints: 8, strings: 9 } as const;

/** The lists among a tree ensemble's attributes. */
export interface TreeAttributes {
  readonly numbers: (name: string) => readonly number[];
  readonly texts: (name: string) => readonly string[];
}

/**
 * The attributes of an ONNX file's first TreeEnsembleRegressor, or undefined where it has none. Only they are decoded:
 * as messages, a large forest would take hundreds of bytes a node.
 * @throws TerrariumError `not_onnx` where the bytes are no ONNX file
 */
export function readTreeAttributes(bytes: Uint8Array): TreeAttributes | undefined {
  try {
    for (const graph of parts(bytes, MODEL.graph)) {
      for (const node of parts(graph, GRAPH.node)) {
        const [opType] = parts(node, NODE.opType);
        if (opType !== undefined && textOf(opType) === 'TreeEnsembleRegressor') return read(node);
      }
    }
    return undefined;
  } catch {
    throw inputError(
      'not_onnx',
      'The model file is not a readable ONNX model.',
      'Give the model.onnx that a Terrarium run wrote.',
    );
  }
}

function read(node: Uint8Array): TreeAttributes {
  const lists = new Map([...parts(node, NODE.attribute)].map(attribute));
  return {
    numbers: (name) => lists.get(name)?.numbers ?? [],
    texts: (name) => lists.get(name)?.texts ?? [],
  };
}

function attribute(message: Uint8Array) {
  const reader = new BinaryReader(message);
  let name = '';
  const numbers: number[] = [];
  const texts: string[] = [];
  const known = new Map<string, string>();
  const readNumbers = (type: WireType, next: () => number): void => {
    const end = type === WireType.LengthDelimited ? reader.uint32() + reader.pos : 0;
    do numbers.push(next());
    while (reader.pos < end);
  };
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === ATTRIBUTE.name) name = reader.string();
    else if (field === ATTRIBUTE.floats) readNumbers(type, () => reader.float());
    else if (field === ATTRIBUTE.ints) readNumbers(type, () => reader.int32());
    else if (field === ATTRIBUTE.strings) {
      // A mode's name comes once for every node, and is kept once.
      const text = textOf(reader.bytes());
      if (!known.has(text)) known.set(text, text);
      texts.push(known.get(text) ?? text);
    } else reader.skip(type, field);
  }
  return [name, { numbers, texts }] as const;
}

const decoder = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
